"""Odd desks at the command line: refused with a sentence or shown with a sound fan, never a traceback."""

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from analytics.forecast.expectation import SERIES
from analytics.forecast.fan import BANDS
from tests.cli.command_line import CommandLine
from tests.forecast.odd_desks import DESKS, stream
from tests.warehouse_of import snapshot_of

ORDER = ("lo95", "lo80", "lo50", "hi50", "hi80", "hi95")
# Bounds are whole tickets.
ROUNDING = 0.5 + 1e-6


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CommandLine]:
    made = {}
    for name, tickets in DESKS.items():
        made[name] = CommandLine(tmp_path_factory.mktemp("desk"))
        snapshot_of(tickets(), made[name].folder)
    return made


def _sound(document: dict[str, Any]) -> None:
    """What holds of every forecast, shown or not."""
    json.dumps(document, allow_nan=False)
    assert document["sentence"].endswith(".")
    assert not any(word in document["sentence"] for word in ("nan", "inf ", "None", "-0"))
    shown = {row["series"] for row in document["forecast"]}
    if "refused" in document:
        assert document["refused"].endswith(".")
        assert document["forecast"] == []
    else:
        assert shown
        assert shown.isdisjoint(document["withheld"])
        assert shown | set(document["withheld"]) == set(SERIES)
    for series in shown:
        _sound_fan(document, series)


def _sound_fan(document: dict[str, Any], series: str) -> None:
    rows = [row for row in document["forecast"] if row["series"] == series]
    assert len({row["period"] for row in rows}) == len(rows)
    assert all(before["period"] < after["period"] for before, after in pairwise(rows))
    assert rows[0]["period"] > document["history"][-1]["period"]
    seen = [row[series] for row in document["history"]]
    # A stock may go where it has not been, as far as arrivals take it; all that is open may go out.
    arrivals = len(rows) * max(row["inflow"] for row in document["history"])
    more = {"inflow": 0, "outflow": document["history"][-1]["backlog"], "backlog": arrivals}[series]
    for row in rows:
        assert math.isfinite(row["mean"])
        assert row["mean"] >= 0
        bounds = [row[name] for name in ORDER]
        assert all(bound is None for bound in bounds) or all(bound is not None and bound >= 0 for bound in bounds)
        if bounds[0] is None:
            continue
        assert bounds == sorted(bounds), row
        assert row["lo95"] - ROUNDING <= row["mean"] <= row["hi95"] + ROUNDING, row
        assert row["hi95"] <= 20 * max(*seen, 1) + more, (row, max(seen))


@pytest.mark.parametrize("grain", ["week", "day"])
@pytest.mark.parametrize("name", DESKS)
def test_an_odd_desk_is_refused_or_its_fan_is_sound(desks: dict[str, CommandLine], name: str, grain: str) -> None:
    answer = desks[name]("forecast", "--grain", grain, "--json")
    assert answer.err == ""
    _sound(answer.document)


@pytest.mark.parametrize("name", ["one ticket", "a stopped feed", "20 weeks", "48 weeks", "exactly constant"])
def test_at_a_terminal_it_begins_with_the_sentence(desks: dict[str, CommandLine], name: str) -> None:
    sentence = desks[name]("forecast", "--json").document["sentence"]
    assert desks[name]("forecast").out.splitlines()[0] == sentence


REFUSED = {
    "one ticket": "no whole week whose records are sound",
    "one closed ticket": "no whole week whose records are sound",
    "all on one day": "No forecast",
    "nought to the end": "long before the data do",
    "a stopped feed": "long before the data do",
    "two centuries": "No forecast",
    "no opening times": "no tickets match the filters",
    "one a month": "too few tickets",
    "12 weeks": "it takes 13 whole weeks",
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_tells_nothing_is_refused(desks: dict[str, CommandLine], name: str) -> None:
    document = desks[name]("forecast", "--json").document
    assert REFUSED[name] in document["refused"]
    assert document["sentence"] == document["refused"]


def test_what_never_closes_grows_on(desks: dict[str, CommandLine]) -> None:
    document = desks["none ever closed"]("forecast", "--json").document
    backlog = [row["mean"] for row in document["forecast"] if row["series"] == "backlog"]
    assert backlog == sorted(backlog)
    assert backlog[-1] > document["history"][-1]["backlog"] + 13 * 10 / 2


def test_bands_come_with_the_42nd_week(desks: dict[str, CommandLine]) -> None:
    few, enough = (desks[f"{weeks} weeks"]("forecast", "--json").document for weeks in (20, 48))
    assert all(row[name] is None for row in few["forecast"] for name in BANDS)
    assert few["forecast"] or few["refused"]
    assert all(row[name] is not None for row in enough["forecast"] for name in BANDS)
    assert enough["forecast"]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    cli = CommandLine(tmp_path_factory.mktemp("desk"))
    snapshot_of(stream(110, category="network"), cli.folder)
    return cli


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        (("--where", "category=nothing"), "no tickets match the filters"),
        (("--to", "2015-01-01"), "no tickets match the filters before the end of the period"),
        (("--to", "2022-01-05"), "no whole week"),
        (("--to", "2022-03-14"), "it takes 13 whole weeks"),
    ],
)
def test_a_selection_of_nothing_is_refused(usual: CommandLine, chosen: tuple[str, str], why: str) -> None:
    document = usual("forecast", *chosen, "--json").document
    _sound(document)
    assert why in document["refused"]


@pytest.mark.parametrize("chosen", [("--from", "2031-01-01"), ("--to", "2031-01-01"), ("--from", "1900-01-01")])
def test_a_period_beyond_the_data_forecasts_from_its_end(usual: CommandLine, chosen: tuple[str, str]) -> None:
    plain, document = usual("forecast", "--json").document, usual("forecast", *chosen, "--json").document
    assert document["forecast"] == plain["forecast"]
    assert plain["forecast"]


def test_in_the_middle_it_is_what_was_known_then(usual: CommandLine, tmp_path: Path) -> None:
    """The tickets opened later play no part, nor do ends that were still to come."""
    then = usual("forecast", "--to", "2023-10-02", "--json").document
    assert then["known_until"] == "2023-10-01"
    assert then["forecast"][0]["period"] == "2023-10-02"
    known = [
        {name: value for name, value in found.items() if name != "resolved_at" or f"{value}" < "2023-10-02"}
        for found in stream(110, category="network")
        if f"{found['opened_at']}" < "2023-10-02"
    ]
    known = [found if "resolved_at" in found else found | {"status": "new"} for found in known]
    then_loaded = CommandLine(tmp_path)
    snapshot_of(known, tmp_path)
    found = then_loaded("forecast", "--json").document
    assert found["history"] == then["history"]
    for ours, theirs in zip(found["forecast"], then["forecast"], strict=True):
        assert ours["mean"] == pytest.approx(theirs["mean"], rel=1e-6), (ours, theirs)
