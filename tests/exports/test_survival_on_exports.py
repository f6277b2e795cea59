"""Survival on public exports of real desks: the same medians as statsmodels', to the second."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analytics.filters import Filters
from analytics.flow.breach_risk import breach_risk
from analytics.flow.honest_mttr import honest_mttr
from analytics.flow.survival import as_of_utc, survival
from analytics.period import Grain
from tests.cli.command_line import CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES
from tests.warehouse_of import Desk, reopened

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], Desk]
NAMES = ("uci", "volvo", "italian", "apache", "chicago")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    done: dict[str, Desk] = {}

    def load(name: str) -> Desk:
        if name not in done:
            cli = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert cli("import", str(EXPORTS / FILES[name]), "--json").code == 0
            done[name] = reopened(cli.folder)
        return done[name]

    return load


def _lives(desk: Desk) -> tuple[np.ndarray, np.ndarray]:
    """Seconds and whether ended, one by one, from the times alone."""
    frame = desk.engine.query(
        "SELECT opened_at, ended_at, resolved_at, closed_at FROM tickets "
        "WHERE opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled')"
    )
    told = frame["resolved_at"].fillna(frame["closed_at"]).fillna(frame["ended_at"])
    frame = frame[told.isna() | (told >= frame["opened_at"])]
    lives = frame["ended_at"].fillna(as_of_utc(desk.engine)) - frame["opened_at"]
    return np.ceil(lives.dt.total_seconds().to_numpy()), frame["ended_at"].notna().to_numpy()


@pytest.mark.parametrize("name", NAMES)
def test_it_is_statsmodels(loaded: Loaded, name: str) -> None:
    found = survival(loaded(name).engine, Filters()).whole
    seconds, ended = _lives(loaded(name))
    theirs = SurvfuncRight(seconds, ended.astype(int))
    falls = found.ended > 0
    assert found.tickets == len(seconds)
    assert found.hours[falls] * 3600 == pytest.approx(theirs.surv_times, abs=1e-3)
    assert found.survival[falls] == pytest.approx(theirs.surv_prob, abs=1e-6)
    for share in (0.25, 0.5, 0.75):
        ours, other = found.quantile(share), theirs.quantile(share)
        assert (ours is None) == np.isnan(other)
        assert ours is None or ours * 3600 == pytest.approx(other, abs=1e-3)


def test_what_the_exports_say(loaded: Loaded) -> None:
    medians = {name: survival(loaded(name).engine, Filters()).whole.median for name in NAMES}
    assert medians == {
        "uci": pytest.approx(25.75),
        "volvo": pytest.approx(15.398, abs=1e-3),
        "italian": pytest.approx(160.625, abs=1e-3),
        "apache": pytest.approx(547.623, abs=1e-3),
        "chicago": pytest.approx(72),
    }


def test_the_newest_months_of_a_slow_tracker_are_not_what_the_conventional_figure_says(loaded: Loaded) -> None:
    desk = loaded("apache")
    newest: dict[Any, Any] = honest_mttr(desk.engine, Filters(), 24).by_opened.iloc[-1].to_dict()
    assert newest["still_open_share"] == 24 / 32
    assert newest["median_hours"] < 48
    assert newest["more_than_hours"] > 240
    assert sum(curve.censored for curve in survival(desk.engine, Filters(), Grain.MONTH).curves.values()) == 8469


def test_without_due_times_nothing_is_predicted(loaded: Loaded) -> None:
    found = breach_risk(loaded("apache").engine, Filters())
    assert (found.not_yet_due, found.without_due) == (0, 8469)
