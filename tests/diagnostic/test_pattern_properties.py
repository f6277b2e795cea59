"""Whatever the tickets and the filters, each rule tells something or says why not, and its tickets are the filters'."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analytics.diagnostic.evidence.changes_break_things import changes_break_things
from analytics.diagnostic.evidence.circulation import circulation
from analytics.diagnostic.evidence.clean_ups import clean_ups
from analytics.diagnostic.evidence.growing_demand import growing_demand
from analytics.diagnostic.evidence.no_clear_owner import no_clear_owner
from analytics.diagnostic.evidence.priorities_change import priorities_change
from analytics.diagnostic.evidence.slow_group import slow_group
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, PARTIAL
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.properties.desks import ODD_WORDS, desks, examples, filters, opened

_RULES = (
    changes_break_things, no_clear_owner, priorities_change, circulation, growing_demand, slow_group, clean_ups,
)  # fmt: skip


@st.composite
def _with_changes(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A random desk, some of its tickets changes, linked to changes, on items or with an assignee."""
    listed: list[dict[str, Any]] = []
    for number, ticket in enumerate(draw(desks)):
        more: dict[str, Any] = {"ticket_id": f"T{number}"}
        match draw(st.integers(0, 3)):
            case 0:
                more |= {"ticket_type": "change", "change_tier": draw(st.sampled_from(["standard", "normal", None]))}
            case 1:
                more |= {"caused_by_change_id": f"T{draw(st.integers(0, 29))}"}
            case 2:
                more |= {"assignee": draw(st.sampled_from(["ann", "bob"]))}
        listed.append({**ticket, **more, "configuration_item": draw(st.sampled_from([None, *ODD_WORDS[:3]]))})
    return listed


@examples
@given(listed=_with_changes(), chosen=filters())
def test_each_rule_tells_or_says_why_not(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed, "Europe/Rome") as desk:
        for rule in _RULES:
            found = rule(desk.engine, chosen, Numbers(), Known())
            assert found.id == rule.__name__
            assert bool(found.reason) == (found.verdict == CANNOT_TELL), found
            assert bool(found.sentence) != bool(found.reason), found
            assert not any(word in found.sentence + found.reason + found.rule for word in ODD_WORDS[1:5]), found
            if found.verdict in (AGREES, PARTIAL):
                assert found.value is not None
                assert found.selection is not None
            if found.selection is not None:
                behind = select_tickets(desk.engine, found.selection)
                assert found.verdict == CANNOT_TELL or behind.total >= 1
                wanted = dict(chosen.where).get("source")
                assert wanted is None or set(behind.frame["source"]) <= set(wanted)
