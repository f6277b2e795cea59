"""Forecasts of real exports at the command line: what is shown, what is withheld, what is refused and why.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.forecast.expectation import SERIES
from analytics.forecast.fan import BANDS
from tests.cli.command_line import CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], CommandLine]
ORDER = ("lo95", "lo80", "lo50", "hi50", "hi80", "hi95")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    done: dict[str, CommandLine] = {}

    def load(name: str) -> CommandLine:
        if name not in done:
            done[name] = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert done[name]("import", str(EXPORTS / FILES[name]), "--json").code == 0
        return done[name]

    return load


def _rows(document: dict[str, Any], series: str) -> list[dict[str, Any]]:
    return [row for row in document["forecast"] if row["series"] == series]


@pytest.mark.parametrize("name", ["italian", "chicago", "apache"])
def test_weekly_all_three_series_are_shown_and_beat_naive(loaded: Loaded, name: str) -> None:
    document = loaded(name)("forecast", "--json").document
    assert "refused" not in document
    assert document["withheld"] == {}
    for series in SERIES:
        assert document["backtest"]["by_series"][series]["relative_error"] < 1
        for row in _rows(document, series):
            assert [row[bound] for bound in ORDER] == sorted(row[bound] for bound in ORDER)
            assert row["lo95"] >= 0
    most = max(row["backlog"] for row in document["history"])
    assert all(row["hi95"] < 5 * most for row in _rows(document, "backlog"))


def test_the_italian_desk_is_forecast_from_where_its_feed_stops(loaded: Loaded) -> None:
    document = loaded("italian")("forecast", "--json").document
    assert document["known_until"] == "2013-11-24"
    assert any(note.startswith("The forecast begins on 25 Nov 2013") for note in document["notes"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("uci", ("the sound records end on 29 May 2016, long before the data do", "the feed stopped")),
        ("volvo", ("no whole week whose records are sound", "the export holds closed tickets only")),
    ],
)
def test_what_does_not_carry_a_forecast_is_refused_with_the_reason(
    loaded: Loaded, name: str, words: tuple[str, ...]
) -> None:
    for grain in ("week", "day"):
        document = loaded(name)("forecast", "--grain", grain, "--json").document
        assert document["forecast"] == []
        assert all(word in document["refused"] for word in words)


def test_a_series_that_loses_to_naive_is_withheld_alone(loaded: Loaded) -> None:
    document = loaded("chicago")("forecast", "--grain", "day", "--json").document
    for series in SERIES:
        error = document["backtest"]["by_series"][series]["relative_error"]
        assert (series in document["withheld"]) == (error >= 1) == (not _rows(document, series))


def test_a_desk_s_arrivals_given_as_a_file_are_forecast_alike(loaded: Loaded, tmp_path: Path) -> None:
    """The same number by two routes: from the tickets, and from their weekly counts as a series of one's own."""
    ours = loaded("chicago")("forecast", "--json").document
    path = tmp_path / "inflow.csv"
    counts = [f"{row['period']},{row['inflow']}" for row in ours["history"]]
    path.write_text("\n".join(["week,count", *counts]), encoding="utf-8")
    own = loaded("chicago")("forecast", "--series", str(path), "--json").document
    for mine, theirs in zip(own["forecast"], _rows(ours, "inflow"), strict=True):
        assert mine["period"] == theirs["period"]
        assert mine["mean"] == pytest.approx(theirs["mean"], rel=0.1)
        assert set(mine) == {"period", "series", "mean", *BANDS}
