"""The plan's candidates on real exports: types to automate by two routes, and what cannot be told said so."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from analytics.filters import Filters
from analytics.forecast.frequent_types import RECENT_WEEKS
from analytics.plan.automation import automation_candidates, last_weeks_end
from analytics.plan.citizen_work import citizen_work
from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import Desk, reopened

EXPORTS = ROOT.parent / "shared" / "exports"
FILES = {
    "volvo": "volvo-it/incidents.csv",
    "uci": "servicenow-event-log/incident_event_log.zip",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], Desk]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """`loaded(name)`: a desk on that export; imported once for each."""
    done: dict[str, Desk] = {}

    def load(name: str) -> Desk:
        if name not in done:
            command = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert command("import", str(EXPORTS / FILES[name])).code == 0
            done[name] = reopened(command.folder)
        return done[name]

    return load


@pytest.mark.parametrize(("name", "dimension"), [("uci", "category"), ("volvo", "service")])
def test_the_types_are_those_that_a_count_finds(loaded: Loaded, name: str, dimension: str) -> None:
    engine = loaded(name).engine
    newest = engine.query("SELECT max(opened_on) AS newest FROM tickets WHERE opened_on < '2016-05-30'")["newest"].iloc[
        0
    ]
    until = last_weeks_end(newest.date(), None)
    found = automation_candidates(engine, Filters(), until)
    assert found.types.dimension == dimension
    assert 1 <= len(found.candidates) <= 5
    for one in found.candidates:
        days = engine.query(
            f"SELECT opened_on FROM tickets WHERE {dimension} = :value AND opened_on >= :first AND opened_on < :until",
            {"value": one.value, "first": until - timedelta(weeks=RECENT_WEEKS), "until": until},
        )
        assert one.tickets == len(days)
        assert one.per_week == pytest.approx(len(days) / RECENT_WEEKS)
    assert f"{len(found.candidates)} frequent simple types make" in found.sentence


def test_where_requests_are_not_told_apart_nothing_is_proposed_to_the_business(loaded: Loaded) -> None:
    for name in FILES:
        found = citizen_work(loaded(name).engine, Filters())
        assert found.candidates == ()
        assert "cannot be told: no request of the last 182 days is recorded." in found.sentence
