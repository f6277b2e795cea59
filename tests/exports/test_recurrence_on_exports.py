"""Recurrence on real desks: each statement has a verdict or a stated reason, and what it counts is so."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from analytics.diagnostic.evidence.problems_return import problems_return
from analytics.diagnostic.evidence.same_every_month import same_every_month
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.recurrence.normalised_title import normalised_title
from analytics.filters import Filters
from tests.cli.command_line import ROOT, CommandLine
from tests.warehouse_of import Desk, reopened

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
Loaded = Callable[[str], Desk]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """`loaded(name)`: a desk with that export imported; once for each."""
    done: dict[str, Path] = {}

    def load(name: str) -> Desk:
        if name not in done:
            done[name] = tmp_path_factory.mktemp("warehouse")
            assert CommandLine(done[name])("import", str(EXPORTS / FILES[name])).code == 0
        return reopened(done[name])

    return load


def _both(desk: Desk) -> tuple[Finding, Finding]:
    return tuple(rule(desk.engine, Filters(), Numbers(), Known()) for rule in (problems_return, same_every_month))  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["volvo", "uci"])
def test_without_item_and_title_it_cannot_tell_and_says_why(loaded: Loaded, name: str) -> None:
    for finding in _both(loaded(name)):
        assert (finding.verdict, finding.value) == ("cannot tell", None)
        assert "item" in finding.reason
        assert "title" in finding.reason
        assert finding.reason.endswith(".")


def test_no_title_of_apache_returned_in_its_last_quarter(loaded: Loaded) -> None:
    desk = loaded("apache")
    returns, months = _both(desk)
    assert (returns.verdict, months.verdict) == ("disagrees", "disagrees")
    # The slow route: no normalised title at all is there more than twice.
    titles = desk.engine.query(
        "SELECT title, category FROM tickets WHERE opened_on >= :first AND opened_on <= :last",
        {"first": returns.first, "last": returns.last},
    )
    normal = titles["title"].map(normalised_title) + titles["category"].astype(object).fillna("")
    assert isinstance(normal, pd.Series)
    assert normal[normal != ""].value_counts().max() <= 2
    assert returns.basis.used + returns.basis.tickets_excluded == len(titles)
