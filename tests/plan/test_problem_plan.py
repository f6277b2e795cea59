"""Problem records: five business days, a named person, and whether it stayed gone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.filters import Filters
from analytics.plan.named_person import NotAPerson, checked_person
from analytics.plan.problem_counts import problem_counts
from analytics.plan.problem_group import problem_group
from analytics.plan.root_cause_due import business_days_after, root_cause_due
from analytics.plan.stayed_gone import StayedGone, stayed_gone
from analytics.selection import select_tickets
from analytics.store import open_store
from analytics.store.problem_records import ProblemRecord
from analytics.warehouse.business_calendar import BusinessCalendar
from tests.conftest import MakeDesk
from tests.diagnostic.printers import AS_OF, FAULTY, fault, newest

DEFINITION = GroupDefinition("item", "Printing", configuration_item=FAULTY)
TODAY = AS_OF.date()


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-06-29", "2026-07-06"),  # Monday to Monday
        ("2026-06-26", "2026-07-03"),  # Friday to Friday
        ("2026-06-27", "2026-07-03"),  # Saturday counts from the next Monday on
        ("2026-12-23", "2027-01-01"),  # 24, 28, 29, 31 December, 1 January: 25 and 30 are closed
    ],
)
def test_five_business_days(opened: str, due: str) -> None:
    closed = [date(2026, 12, 25), date(2026, 12, 30)]
    calendar = BusinessCalendar.of("mon-fri", "08:00-18:00", closed=closed)
    assert business_days_after(calendar, date.fromisoformat(opened), 5) == date.fromisoformat(due)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_so_many_business_days_lie_between(start: date, days: int) -> None:
    calendar = BusinessCalendar.of("mon-fri", "08:00-18:00")
    due = business_days_after(calendar, start, days)
    between = [start + timedelta(days=day) for day in range(1, (due - start).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
    assert due.weekday() < 5


def test_the_calendar_in_force_counts(desk: MakeDesk) -> None:
    assert root_cause_due(desk([newest()]).engine, date(2026, 6, 29)) == date(2026, 7, 6)


@pytest.mark.parametrize("text", ["", "  ", "Network", " network ", "The print team", "Service Desk", "Équipe réseau"])
def test_a_team_is_no_person(desk: MakeDesk, text: str) -> None:
    loaded = desk([fault(1, assignment_group="Network")])
    with pytest.raises(NotAPerson) as refused:
        checked_person(loaded.engine, text)
    assert "one person" in str(refused.value)


def test_a_person_is_kept_with_single_spaces(desk: MakeDesk) -> None:
    assert checked_person(desk([newest()]).engine, " Ada   Teamer ") == "Ada Teamer"


def _gone(desk: MakeDesk, before: int, after: int, days_ago: int = 60) -> StayedGone:
    """So many tickets in the 120 days up to the fix, and since."""
    past = [fault(days_ago + 119 * place / max(before - 1, 1)) for place in range(before)]
    since = [fault((place + 0.5) * (days_ago - 1) / max(after, 1)) for place in range(after)]
    return stayed_gone(desk([*past, *since, newest()]).engine, DEFINITION, TODAY - timedelta(days=days_ago))


def test_nothing_for_as_long_as_six_used_to_take_has_stayed_gone(desk: MakeDesk) -> None:
    found = _gone(desk, 12, 0)
    assert (found.verdict, found.before, found.before_days, found.after_days) == ("stayed gone", 12, 120, 60)
    assert found.expected == (12 + 0.5) * 60 / 120


def test_soon_after_the_fix_it_is_too_early(desk: MakeDesk) -> None:
    assert _gone(desk, 12, 0, days_ago=10).verdict == "too early to tell"
    assert _gone(desk, 12, 0, days_ago=0).expected is None


def test_as_many_as_before_came_back(desk: MakeDesk) -> None:
    found = _gone(desk, 12, 6)
    assert (found.verdict, found.after) == ("came back", 6)
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 6 <= found.high


def test_far_fewer_than_before_are_said_to_be_fewer(desk: MakeDesk) -> None:
    assert _gone(desk, 60, 3).verdict == "fewer than before"


def test_the_tickets_since_the_fix_can_be_opened(desk: MakeDesk) -> None:
    loaded = desk([fault(day) for day in (70, 65, 30, 20, 5)])
    found = stayed_gone(loaded.engine, DEFINITION, TODAY - timedelta(days=60))
    assert select_tickets(loaded.engine, found.selection).total == found.after == 3


def test_a_definition_that_cannot_be_read_is_said_in_a_sentence(desk: MakeDesk) -> None:
    found = problem_group(desk([newest()]).engine, "{}", None)
    assert found.found is None
    assert found.reason.endswith(".")


def test_records_are_counted_apart_from_incidents(desk: MakeDesk, tmp_path_factory: pytest.TempPathFactory) -> None:
    loaded = desk(
        [
            fault(9, problem_id="PRB1"), fault(8), fault(7, ticket_type="request"),
            fault(6, None, 2, ticket_type="problem", ticket_id="PRB1"), fault(5, None, None, ticket_type="problem"),
        ]
    )  # fmt: skip
    problems = open_store(tmp_path_factory.mktemp("state")).problems
    for owner, due, status in (("Ada", 3, "open"), ("Bo", -3, "open"), ("Cy", -3, "cause known"), ("Di", -9, "fixed")):
        problems.add(
            ProblemRecord(DEFINITION.key, "Queue", owner, TODAY, TODAY + timedelta(days=due), status=status)  # type: ignore[arg-type]
        )
    counts = problem_counts(loaded.engine, Filters(), problems.all(), TODAY)
    assert (counts.open, counts.overdue, counts.fixed) == (3, 1, 1)
    assert (counts.exported, counts.exported_open, counts.linked, counts.incidents) == (2, 1, 1, 2)
    assert counts.basis.used == 2 + 2
