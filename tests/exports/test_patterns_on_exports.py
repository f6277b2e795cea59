"""Changes, owners, priorities and patterns on the real exports: a verdict or a stated reason, true of the data."""

from collections.abc import Callable
from pathlib import Path

import pytest

from analytics.diagnostic.evidence.changes_break_things import changes_break_things
from analytics.diagnostic.evidence.circulation import circulation
from analytics.diagnostic.evidence.clean_ups import clean_ups
from analytics.diagnostic.evidence.growing_demand import growing_demand
from analytics.diagnostic.evidence.no_clear_owner import no_clear_owner
from analytics.diagnostic.evidence.priorities_change import priorities_change
from analytics.diagnostic.evidence.slow_group import slow_group
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from analytics.warehouse.engine import Engine
from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import reopened

EXPORTS = ROOT.parent / "shared" / "exports"
FILES = {
    "volvo": "volvo-it/incidents.csv",
    "uci": "servicenow-event-log/incident_event_log.zip",
    "apache": "apache-jira/apache_jira_issues.csv",
}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
RULES = (
    changes_break_things, no_clear_owner, priorities_change, circulation, growing_demand, slow_group, clean_ups,
)  # fmt: skip
Loaded = Callable[[str], Engine]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """`loaded(name)`: an engine on that export; once for each."""
    done: dict[str, Engine] = {}

    def load(name: str) -> Engine:
        if name not in done:
            folder: Path = tmp_path_factory.mktemp("warehouse")
            assert CommandLine(folder)("import", str(EXPORTS / FILES[name])).code == 0
            done[name] = reopened(folder).engine
        return done[name]

    return load


def _told(engine: Engine) -> dict[str, Finding]:
    return {rule.__name__: rule(engine, Filters(), Numbers(), Known()) for rule in RULES}


@pytest.mark.parametrize("name", FILES)
def test_each_has_a_sentence_or_a_reason_and_the_tickets_behind_it(loaded: Loaded, name: str) -> None:
    for finding in _told(loaded(name)).values():
        assert bool(finding.reason) == (finding.verdict == CANNOT_TELL), finding.id
        assert bool(finding.sentence) != bool(finding.reason), finding.id
        assert (finding.sentence or finding.reason).endswith("."), finding.id
        if finding.verdict == AGREES:
            assert finding.selection is not None, finding.id
            assert select_tickets(loaded(name), finding.selection, 1).total >= 5, finding.id


def test_the_servicenow_log_circulates_and_its_priorities_hold(loaded: Loaded) -> None:
    told = _told(loaded("uci"))
    assert {name: found.verdict for name, found in told.items()} == {
        "changes_break_things": CANNOT_TELL, "no_clear_owner": CANNOT_TELL, "priorities_change": DISAGREES,
        "circulation": AGREES, "growing_demand": CANNOT_TELL, "slow_group": AGREES, "clean_ups": DISAGREES,
    }  # fmt: skip
    assert "only 3 tickets name a change" in told["changes_break_things"].reason
    assert "New tickets all but stop in the week of 30 May 2016" in told["growing_demand"].reason
    assert told["priorities_change"].basis.used == 24_918


def test_volvo_circulates_and_has_neither_priorities_nor_categories(loaded: Loaded) -> None:
    told = _told(loaded("volvo"))
    untold = {name for name, found in told.items() if found.verdict == CANNOT_TELL}
    assert {"changes_break_things", "priorities_change", "growing_demand", "slow_group"} <= untold
    assert told["circulation"].verdict == AGREES
    assert told["no_clear_owner"].verdict != AGREES


def test_most_open_issues_of_apache_are_nobodys(loaded: Loaded) -> None:
    """Counted another way: open issues older than 14 days without an assignee are alone more than half."""
    engine = loaded("apache")
    sql = (
        "SELECT count(*) AS old, count(*) FILTER (WHERE assignee IS NULL) AS nobody FROM tickets "
        "WHERE ended_on IS NULL AND opened_at < (SELECT max(opened_at) FROM tickets) - INTERVAL 14 DAY"
    )
    counted = engine.query(sql).iloc[0]
    found = _told(engine)["no_clear_owner"]
    assert found.verdict == AGREES
    assert found.value is not None
    assert found.value >= counted["nobody"] / counted["old"] > 0.5
