"""Growing demand, slow groups and clean-ups, by example."""

import random
from datetime import datetime, timedelta

import numpy as np
import pytest

from analytics.diagnostic.booked import booked
from analytics.diagnostic.evidence.clean_ups import clean_ups
from analytics.diagnostic.evidence.growing_demand import growing_demand
from analytics.diagnostic.evidence.slow_group import slow_group
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.filters import Filters
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, Ticket

AS_OF = datetime.fromisoformat("2026-06-30 12:00")
_KINDS = tuple(f"Kind {n}" for n in range(10))
_KNOWN = (Filters(), Numbers(), Known())


def _ticket(days: float, hours: float | None, category: str | None = "Mail", **more: object) -> Ticket:
    opened = AS_OF - timedelta(days=days)
    done = {"resolved_at": opened + timedelta(hours=hours), "status": "resolved"} if hours is not None else {}
    return {"opened_at": opened, "status": "new", "category": category, **done, **more}


def _two_years(per_day: int = 1, category: str = "Mail") -> list[Ticket]:
    return [_ticket(day + n / 10, 5, category) for day in range(1, 731) for n in range(per_day)]


def _left_open(count: int, category: str = "Reports") -> list[Ticket]:
    """Spread over the last year, and never ended."""
    return [_ticket(360 * (n + 0.5) / count, None, category, ticket_id=f"{category}-{n}") for n in range(count)]


def _before(count: int, category: str = "Reports") -> list[Ticket]:
    """As many in the year before, all ended."""
    return [_ticket(370 + 355 * n / count, 5, category) for n in range(count)]


def test_a_category_that_outgrows_its_team_is_named_with_its_open_tickets(desk: MakeDesk) -> None:
    made = desk([*_two_years(), *_before(40), *_left_open(100)])
    found = growing_demand(made.engine, *_KNOWN)
    assert (found.verdict, found.value) == (AGREES, 100 / 100)
    assert found.sentence == (
        "The backlog grew by 100 tickets in 365 days; one category brought 100 % of all growth (100 tickets): 100 of "
        "it came in, against 40 in the 365 days before."
    )
    assert found.details.iloc[0]["Category"] == "Reports"
    assert found.selection is not None
    assert set(select_tickets(made.engine, found.selection).frame["ticket_id"]) == {f"Reports-{n}" for n in range(100)}


def test_growth_through_throughput_is_not_growth_of_demand(desk: MakeDesk) -> None:
    """As many came in as before, and none was ended."""
    found = growing_demand(desk([*_two_years(), *_before(100), *_left_open(100)]).engine, *_KNOWN)
    assert found.verdict == DISAGREES
    assert "no one category makes it grow through demand" in found.sentence


def test_growth_without_a_category_may_be_any_ones(desk: MakeDesk) -> None:
    """40 of 60 tickets of growth name no category: what no one recorded cannot speak against a category."""
    nameless = [_ticket(360 * (n + 0.5) / 40, None, None) for n in range(40)]
    known = [*_before(20, "Post"), *_left_open(20, "Post")]
    found = growing_demand(desk([*_two_years(), *known, *nameless]).engine, *_KNOWN)
    assert (found.verdict, found.selection) == (CANNOT_TELL, None)
    assert found.reason == (
        "The backlog grew by 60 tickets in 365 days; 67 % of all growth has no category recorded, and no category "
        "stands out in the rest."
    )


def test_growth_spread_over_categories_is_no_ones(desk: MakeDesk) -> None:
    spread = [ticket for n in range(5) for ticket in (*_before(10, f"C{n}"), *_left_open(40, f"C{n}"))]
    found = growing_demand(desk([*_two_years(), *spread]).engine, *_KNOWN)
    assert found.verdict == DISAGREES
    assert found.value == pytest.approx(40 / 200)


def test_a_backlog_that_does_not_grow_speaks_against_it(desk: MakeDesk) -> None:
    made = desk([*_two_years(), *[_ticket(day + 0.2, 5, "Reports") for day in range(1, 300)]])
    found = growing_demand(made.engine, *_KNOWN)
    assert (found.verdict, found.value) == (DISAGREES, 0.0)


def test_one_category_cannot_be_told_from_the_whole(desk: MakeDesk) -> None:
    found = growing_demand(desk([*_two_years(), *_left_open(100, "Mail")]).engine, *_KNOWN)
    assert (found.verdict, found.reason) == (CANNOT_TELL, "Fewer than two categories are recorded.")


def test_short_records_have_no_period_before(desk: MakeDesk) -> None:
    found = growing_demand(desk([_ticket(day, 5) for day in range(150)]).engine, *_KNOWN)
    assert found.verdict == CANNOT_TELL
    assert found.reason == "It takes records of two periods of at least 91 days each."


def test_the_cost_of_growing_demand_is_more_tickets_times_booked_hours(desk: MakeDesk) -> None:
    ended = [_ticket(300 - n, 5, "Reports", handle_hours=1.5) for n in range(20)]
    found = growing_demand(desk([*_two_years(), *_before(40), *_left_open(100), *ended]).engine, *_KNOWN)
    assert found.cost is not None
    assert found.cost.hours == pytest.approx((120 - 40) / 12 * 1.5)


def _groups_desk(times: float, groups: tuple[str, ...] = ("A", "B", "C", "D")) -> list[Ticket]:
    """Like tickets of ten kinds in each group, the last of which takes so many times as long."""
    draw = random.Random(11)
    return [
        _ticket(
            400 * draw.random() + 20, 20 * draw.lognormvariate(0, 0.6) * (times if group == groups[-1] else 1),
            category, assignment_group=group, ticket_type="incident", priority=3,
        )
        for group in groups for category in _KINDS for _ in range(20)
    ]  # fmt: skip


def test_a_group_that_takes_twice_as_long_is_named(desk: MakeDesk) -> None:
    made = desk(_groups_desk(2.5))
    found = slow_group(made.engine, *_KNOWN)
    assert found.verdict == AGREES
    assert found.details.iloc[0]["Group"] == "D"
    assert found.value == pytest.approx(2.5, rel=0.25)
    assert found.selection is not None
    assert set(select_tickets(made.engine, found.selection).frame["assignment_group"]) == {"D"}


def test_groups_alike_speak_against_it(desk: MakeDesk) -> None:
    found = slow_group(desk(_groups_desk(1.0)).engine, *_KNOWN)
    assert found.verdict == DISAGREES
    assert found.selection is None


def test_a_quick_first_line_makes_nobody_slow(desk: MakeDesk) -> None:
    """It ends in minutes what the others, all alike, take days for: the others are not slow for it."""
    draw = random.Random(3)
    first = [
        _ticket(400 * draw.random() + 20, 0.3, category, assignment_group="First", ticket_type="incident", priority=3)
        for category in _KINDS for _ in range(60)
    ]  # fmt: skip
    found = slow_group(desk([*_groups_desk(1.0), *first]).engine, *_KNOWN)
    assert found.verdict == DISAGREES
    assert "First" not in set(found.details["Group"])


def test_pace_cannot_be_told_without_kinds_or_other_groups(desk: MakeDesk) -> None:
    bare = [_ticket(n + 1, 5, None, assignment_group="AB"[n % 2]) for n in range(40)]
    alone = [_ticket(n + 1, 5, "Mail" if n % 3 else "Web", assignment_group="A") for n in range(40)]
    reasons = [slow_group(desk(tickets).engine, *_KNOWN).reason for tickets in (bare, alone)]
    assert reasons == [
        "Type, priority and category are not recorded, so that like cannot be compared with like.",
        "Fewer than two groups resolve enough tickets of the same kinds.",
    ]


def _steady(swept_on: int | None) -> list[Ticket]:
    """Five tickets a working day for a year, each ended on its day; 60 old ones, ended on one day or not yet."""
    days = [day for day in range(1, 360) if (AS_OF - timedelta(days=day)).weekday() < 5]
    steady = [_ticket(day + n / 20, 3) for day in days for n in range(5)]
    when = AS_OF - timedelta(days=swept_on) if swept_on else None
    done = {"resolved_at": when, "status": "resolved"} if when else {}
    old = [{**_ticket(200 + n, None), **done, "ticket_id": f"OLD-{n}"} for n in range(60)]
    return [*steady, *old]


def _weekday_ago(days: int) -> int:
    return next(day for day in range(days, days + 7) if (AS_OF - timedelta(days=day)).weekday() == 2)


def test_a_day_of_closing_in_bulk_is_found_with_its_tickets(desk: MakeDesk) -> None:
    ago = _weekday_ago(100)
    made = desk(_steady(ago))
    found = clean_ups(made.engine, *_KNOWN)
    assert (found.verdict, found.value) == (AGREES, 1)
    assert list(found.details["Day"]) == [(AS_OF - timedelta(days=ago)).date()]
    assert found.selection is not None
    assert {f"OLD-{n}" for n in range(60)} <= set(select_tickets(made.engine, found.selection).frame["ticket_id"])


def test_a_desk_that_keeps_its_pattern_has_no_clean_up(desk: MakeDesk) -> None:
    found = clean_ups(desk(_steady(None)).engine, *_KNOWN)
    assert (found.verdict, found.value, found.selection) == (DISAGREES, 0, None)


def test_a_clean_up_before_the_window_is_not_told_of(desk: MakeDesk) -> None:
    recent = Numbers().with_threshold("clean_ups", "window_days", 60.0)
    found = clean_ups(desk(_steady(_weekday_ago(100))).engine, Filters(), recent, Known())
    assert found.verdict == DISAGREES


def test_a_few_weeks_have_no_pattern(desk: MakeDesk) -> None:
    found = clean_ups(desk([_ticket(day, 3) for day in range(1, 30)]).engine, *_KNOWN)
    assert found.verdict == CANNOT_TELL
    assert found.reason == "Tickets ended on fewer than 56 days, too few for a pattern."


def test_booked_hours_are_their_mean_with_its_interval(desk: MakeDesk) -> None:
    made: Desk = desk([_ticket(n + 1, 5, handle_hours=float(n)) for n in range(1, 6)])
    found = booked(made.engine, "category = :category", {"category": "Mail"})
    reach = 1.959964 * float(np.std([1, 2, 3, 4, 5], ddof=1)) / 5**0.5
    assert found is not None
    assert (found.tickets, found.hours.value) == (5, 3)
    assert found.hours.low == pytest.approx(3 - reach)
    assert found.hours.high == pytest.approx(3 + reach)
    assert booked(made.engine, "handle_hours > :least", {"least": 1.0}) is None  # four
