"""What the statements on the backlog, on reporting and on figures come to on real exports.

The files are not part of the project: they lie in `shared/exports` beside the checkout, or these tests are skipped.
"""

from collections.abc import Callable
from typing import Any

import pytest

from analytics.diagnostic.evidence.backlog_stands_still import backlog_stands_still
from analytics.diagnostic.evidence.no_strategic_work import no_strategic_work
from analytics.diagnostic.evidence.reporting_is_manual import reporting_is_manual
from analytics.diagnostic.evidence.reports_feel_wrong import reports_feel_wrong
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import Desk, reopened

EXPORTS = ROOT.parent / "shared" / "exports"
FILES = {
    "uci": "servicenow-event-log/incident_event_log.zip",
    "volvo": "volvo-it/incidents.csv",
    "italian": "italian-helpdesk/finale.csv",
    "apache": "apache-jira/apache_jira_issues.csv",
    "chicago": "chicago-311/chicago311_sanitation.csv",
}
RULES = (backlog_stands_still, reporting_is_manual, no_strategic_work, reports_feel_wrong)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], Desk]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """`loaded(name)`: the desk of that export, imported once."""
    done: dict[str, Desk] = {}

    def load(name: str) -> Desk:
        if name not in done:
            cli = CommandLine(tmp_path_factory.mktemp(name))
            assert cli("import", str(EXPORTS / FILES[name]), "--json").code == 0
            done[name] = reopened(cli.folder)
        return done[name]

    yield load
    for desk in done.values():
        desk.engine.close()


def _found(desk: Desk, rule: Callable[..., Finding]) -> Finding:
    return rule(desk.engine, Filters(), Numbers(), Known())


@pytest.mark.parametrize(
    ("name", "verdicts"),
    [
        # its records all but end in May 2016: what the last weeks hold is left over
        ("uci", ("cannot tell", "partial", "cannot tell", "cannot tell")),
        ("volvo", ("cannot tell", "agrees", "cannot tell", "disagrees")),
        # 35 to 65 open, which is no drift and no level either
        ("italian", ("cannot tell", "agrees", "cannot tell", "disagrees")),
        # growing for years, at less than half of its best weeks; 175 of 326 new ones are open
        ("apache", ("partial", "agrees", "cannot tell", "agrees")),
        ("chicago", ("cannot tell", "agrees", "cannot tell", "disagrees")),
    ],
)
def test_each_statement_has_a_verdict_or_says_why_not(loaded: Loaded, name: str, verdicts: tuple[str, ...]) -> None:
    desk = loaded(name)
    found = [_found(desk, rule) for rule in RULES]
    assert tuple(one.verdict for one in found) == verdicts
    for one in found:
        assert (one.reason != "") == (one.verdict == "cannot tell")
        assert one.sentence or one.reason.endswith(".")
        assert (one.cost is not None) <= (one.verdict in ("agrees", "partial"))
        if one.selection is not None:
            assert select_tickets(desk.engine, one.selection, 5).total >= 0


def test_the_growing_tracker_says_how_much(loaded: Loaded) -> None:
    found = _found(loaded("apache"), backlog_stands_still)
    assert found.value is not None
    assert found.value > 5
    assert found.sentence.startswith("Growing by ")
    assert "of the 64 in the desk's best weeks" in found.sentence


def test_what_a_source_lacks_is_named(loaded: Loaded) -> None:
    assert _found(loaded("volvo"), reporting_is_manual).value == 4
    chicago = _found(loaded("chicago"), reporting_is_manual)
    assert chicago.value == 3
    for title in ("First contact resolution", "SLA adherence"):
        assert title in chicago.sentence


def test_the_open_half_of_a_tracker_is_far_from_its_median(loaded: Loaded) -> None:
    found = _found(loaded("apache"), reports_feel_wrong)
    assert found.sentence.startswith("Time to resolve: 50")
    assert found.value is not None
    assert found.value > 0.2
