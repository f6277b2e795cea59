"""Hand-offs of real desks: known facts about the public exports, and what is planted in the simulated desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analytics.filters import Filters
from analytics.flow.handoffs import handoffs
from analytics.flow.littles_law import littles_law
from analytics.flow.reprioritisation import reprioritisation
from analytics.flow.steps import steps
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
Loaded = Callable[[str], CommandLine]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """`loaded(name)`: a command line with that export imported; once for each."""
    done: dict[str, CommandLine] = {}

    def load(name: str) -> CommandLine:
        if name not in done:
            done[name] = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert done[name]("import", str(EXPORTS / FILES[name])).code == 0
        return done[name]

    return load


def _returns_one_by_one(folder: Path) -> int:
    """The slow route: walk each ticket's groups in order and count the way straight back."""
    desk = reopened(folder)
    stays = desk.engine.query(
        "SELECT ticket_key, CAST(value AS VARCHAR) AS value FROM stays "
        "WHERE field = 'assignment_group' AND value IS NOT NULL ORDER BY ticket_key, entered_at, left_at NULLS LAST"
    )
    desk.engine.close()
    returns, walks = 0, stays.groupby("ticket_key")["value"].agg(list)
    for groups in walks:
        path = [group for place, group in enumerate(groups) if place == 0 or groups[place - 1] != group]
        returns += sum(path[place] == path[place - 2] for place in range(2, len(path)))
    return returns


def test_half_of_the_tickets_of_volvo_are_handed_over(loaded: Loaded) -> None:
    document: dict[str, Any] = loaded("volvo")("handoffs", "--json").document
    assert (document["tickets"], document["tickets_handed_over"]) == (7_554, 3_820)
    assert round(document["share_handed_over"], 3) == 0.506
    assert document["handoffs"] == sum(pair["handoffs"] for pair in document["pairs"]) == 9_454
    assert document["pairs"][0] == {"from_group": "G96", "to_group": "G97", "handoffs": 255, "tickets": 251}
    assert document["ping_pong"][0]["groups"] == ["D8", "V37 2nd"]
    assert sum(pair["returns"] for pair in document["ping_pong"]) == _returns_one_by_one(loaded("volvo").folder)
    assert 0 < document["price"]["lo"] < document["price"]["hours_per_handoff"] < document["price"]["hi"]


def test_the_history_and_the_tools_own_count_agree_on_volvo(loaded: Loaded) -> None:
    desk = reopened(loaded("volvo").folder)
    counted = desk.engine.query("SELECT count(*) AS tickets FROM tickets WHERE reassignment_count > 0")
    assert handoffs(desk.engine, Filters()).tickets_handed_over == counted["tickets"].iloc[0]
    desk.engine.close()


def test_the_servicenow_log_ends_empty_and_fits_littles_law_exactly(loaded: Loaded) -> None:
    desk = reopened(loaded("uci").folder)
    assert littles_law(desk.engine, Filters()).ratio == pytest.approx(1)
    found = steps(desk.engine, Filters())
    assert found.status_field == "source_status"
    assert found.pending_share == pytest.approx(0.364, abs=0.001)
    changed = reprioritisation(desk.engine, Filters())
    assert (changed.tickets, changed.raised, changed.lowered) == (24_918, 300, 116)
    desk.engine.close()


def test_a_list_with_one_row_a_ticket_has_no_hand_offs_and_says_so(loaded: Loaded) -> None:
    document = loaded("apache")("handoffs", "--json").document
    assert (document["share_handed_over"], document["pairs"], document["price"]) == (None, [], None)
    assert document["sentence"].startswith("Cannot tell")
