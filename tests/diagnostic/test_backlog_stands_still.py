"""Backlog stands still: growing, flat and shrinking by example, at capacity and below, small, and with a clean-up."""

from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
import pytest

from analytics.diagnostic.backlog_weeks import backlog_weeks, excess_by_week
from analytics.diagnostic.evidence.backlog_stands_still import NAME, backlog_stands_still
from analytics.diagnostic.finding import Finding
from analytics.diagnostic.growth_cost import WEEKS_A_MONTH, growth_cost
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Guess, Numbers
from analytics.filters import Filters
from analytics.flow.mass_closures import mass_closures
from analytics.flow.verdict import verdict
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.flow.streams import MONDAY, tickets_of
from tests.warehouse_of import Desk, window

# A desk that begins with a backlog of 60 and from then on ends what comes, or a little less or more.
START = [(70, 10)] + [(10, 10)] * 12
FLAT, GROWING, SHRINKING = (
    tickets_of(START + [(10 + place % 2, 10 + place % 2 + more) for place in range(40)]) for more in (0, -2, 1)
)


def _found(desk: Desk, numbers: Numbers | None = None, filters: Filters | None = None) -> Finding:
    return backlog_stands_still(desk.engine, filters or Filters(), numbers or Numbers(), Known())


def test_a_level_that_stays_at_capacity_agrees_and_is_called_flat(desk: MakeDesk) -> None:
    found = _found(desk(FLAT))
    assert found.verdict == "agrees"
    assert found.sentence.startswith("Flat over the last 26 weeks: the level of its last 13 weeks stayed within 10 %")
    assert "of the" in found.sentence
    assert found.value == pytest.approx(0, abs=0.3)
    assert (found.threshold, found.unit) == (0, "tickets a week")
    assert found.last == date(2025, 1, 5)
    assert found.first == date(2025, 1, 6) - timedelta(weeks=26)
    assert len(found.details) == 26
    assert found.cost is not None
    assert found.cost.hours is None
    assert found.cost.reason.startswith("it does not grow beyond chance")


def test_growth_agrees_and_is_not_folded_into_standing_still(desk: MakeDesk) -> None:
    found = _found(desk(GROWING))
    assert found.verdict == "agrees"
    assert found.sentence.startswith("Growing by 2.0 tickets a week (between 2.0 and 2.0) over the last 26 weeks.")
    assert found.value == pytest.approx(2)
    assert found.cost is not None
    # nobody booked hours: half an hour, one and two are assumed
    assert (found.cost.low, found.cost.hours, found.cost.high) == pytest.approx(
        (2 * 52 / 12 * 0.5, 2 * 52 / 12 * 1, 2 * 52 / 12 * 2), rel=0.03
    )
    assert "assumed, between 0.5 and 2" in found.cost.formula


def test_a_shrinking_one_speaks_against_it(desk: MakeDesk) -> None:
    found = _found(desk(SHRINKING))
    assert (found.verdict, found.cost) == ("disagrees", None)
    assert found.sentence.startswith("Shrinking by 1.0 tickets a week")
    assert found.value == pytest.approx(-1)


def test_growth_below_the_desks_own_best_agrees_in_part(desk: MakeDesk) -> None:
    slack = tickets_of([(100, 20), *[(20, 20)] * 26, *[(12, 10)] * 27])
    found = _found(desk(slack))
    assert found.verdict == "partial"
    assert "10 tickets ended a week, 50 % of the 20 in the desk's best weeks." in found.sentence
    half = Numbers().with_threshold(NAME, "capacity_share", 0.5)
    assert _found(desk(slack), half).verdict == "agrees"


def test_under_a_week_of_work_is_work_in_hand(desk: MakeDesk) -> None:
    small = tickets_of([(12, 10)] + [(10, 10)] * 50)  # 2 are open at the end of each week, and 10 end in one
    found = _found(desk(small))
    assert found.verdict == "disagrees"
    said = "At the end 2 are open; nine of ten of the last 13 weeks had at most 2, 0.2 weeks of work: work in hand"
    assert found.sentence.startswith(said)
    assert (found.value, found.threshold, found.unit) == (pytest.approx(0.2, rel=0.01), 1, "weeks of work")
    assert found.trend["value"].iloc[-1] == pytest.approx(0.2, rel=0.01)
    without = Numbers().with_threshold(NAME, "fewest_weeks_of_work", 0)
    assert _found(desk(small), without).verdict == "agrees"


def test_nothing_is_opened_where_nothing_is_open(desk: MakeDesk) -> None:
    found = _found(desk(tickets_of([(10, 10)] * 40)))
    assert (found.verdict, found.selection) == ("disagrees", None)


def test_what_is_small_in_the_middle_and_large_at_the_end_is_not_small(desk: MakeDesk) -> None:
    late = tickets_of([(12, 10)] + [(10, 10)] * 40 + [(16, 10)] * 4)  # 2 for long, then 6 more each week
    weeks = backlog_weeks(desk(late).engine, Filters(), 26)
    # the last four weeks end with 8, 14, 20 and 26: of 13 in order, 0.9 x 12 = 10.8 lies between 14 and 20
    assert (weeks.most_open, weeks.last_open) == (pytest.approx(14 + 0.8 * 6), 26)
    assert weeks.weeks_of_work == pytest.approx((14 + 0.8 * 6) / 10, rel=0.01)
    assert _found(desk(late)).verdict != "disagrees"


def test_the_rule_says_the_thresholds_in_force(desk: MakeDesk) -> None:
    changed = Numbers().with_threshold(NAME, "weeks_judged", 20).with_threshold(NAME, "fewest_weeks", 30)
    changed = changed.with_threshold(NAME, "capacity_share", 0.7).with_threshold(NAME, "fewest_weeks_of_work", 2)
    found = _found(desk(FLAT), changed)
    for words in ("last 20 weeks", "at least 70 %", "ended in 2 weeks", "under 30 whole weeks"):
        assert words in found.rule
    assert found.verdict == "cannot tell"
    assert found.reason == "The window has 20 whole weeks with sound records, and it takes 30."


def test_too_few_weeks_or_tickets_cannot_be_told(desk: MakeDesk) -> None:
    short = _found(desk(tickets_of([(10, 10)] * 8)))
    assert short.verdict == "cannot tell"
    assert short.reason.endswith(", and it takes 12.")
    none = _found(desk([{"status": "new"}]))
    assert (none.verdict, none.value, none.selection, none.first) == ("cannot tell", None, None, None)
    assert none.reason == "The window has no whole weeks with sound records, and it takes 12."


def test_a_swing_without_a_drift_cannot_be_told(desk: MakeDesk) -> None:
    swing = tickets_of(START + [(40, 10), (10, 40)] * 20)
    found = _found(desk(swing))
    assert found.verdict == "cannot tell"
    assert found.reason == "It neither drifts beyond chance nor stays within 10 %: the level swings too much."
    assert found.sentence.startswith("No drift beyond chance")


def test_the_tickets_behind_it_are_those_open_at_the_end(desk: MakeDesk) -> None:
    made = desk(GROWING)
    for filters in (Filters(), window(None, "2024-11-04")):
        found = _found(made, filters=filters)
        assert found.selection is not None
        backlog = made.value("backlog", filters)
        assert select_tickets(made.engine, found.selection).total == backlog
    assert found.last == date(2024, 11, 3)


def _with_clean_up() -> list[dict[str, Any]]:
    """A growing desk on which 70 old tickets are closed in bulk, ten weeks before the end."""
    tickets = tickets_of([(140, 20), *[(20, 20)] * 12, *[(24, 21)] * 40])
    day = datetime.combine(MONDAY + timedelta(weeks=43, days=2), datetime.min.time())
    waiting = [one for one in tickets if one["opened_at"] < day and one.get("resolved_at", day) >= day]
    spare = [{"opened_at": day - timedelta(weeks=20), "status": "new"} for _ in range(70)]
    for ticket in spare:
        ticket.update(resolved_at=day, status="resolved")
    assert len(waiting) > 70
    return [*tickets, *spare]


def test_a_clean_up_is_named_and_does_not_count_as_an_improvement(desk: MakeDesk) -> None:
    made = desk(_with_clean_up())
    days = mass_closures(made.engine, Filters()).frame
    assert [day.date() for day in days["day"]] == [date(2024, 10, 30)]
    found = _found(made)
    assert found.verdict == "agrees"
    assert found.sentence.startswith("Growing by 3.0 tickets a week")
    assert "70 more than usual were closed in bulk on 30 Oct 2024, and are left out: with them it" in found.sentence
    with_it = verdict(made.engine, window("2024-07-01"))
    assert with_it.verdict != "growing"
    assert found.details["Closed in bulk beyond the usual"].sum() == 70


def test_the_excess_of_a_day_is_put_into_its_week() -> None:
    weeks = pd.Series(pd.to_datetime(["2024-01-01", "2024-01-08", "2024-01-15"]))
    days = pd.DataFrame({"day": pd.to_datetime(["2024-01-08", "2024-01-14", "2024-02-01"]), "excess": [3.0, 4.0, 9.0]})
    assert excess_by_week(weeks, days).tolist() == [0, 3 + 4, 0]


def test_booked_hours_are_used_where_enough_are(desk: MakeDesk) -> None:
    made = desk([{**ticket, "handle_hours": 0.5 if place % 2 else 1.5} for place, ticket in enumerate(GROWING)])
    weeks = backlog_weeks(made.engine, Filters(), 26)
    found = growth_cost(made.engine, weeks.filters, weeks.steady, Guess(9, 9, 9))
    assert found.hours == pytest.approx(2 * WEEKS_A_MONTH * 1.0, rel=0.05)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.hours < found.high
    assert "the mean booked on" in found.formula


def test_its_drift_is_that_of_the_backlog_page(desk: MakeDesk) -> None:
    made = desk(GROWING)
    weeks = backlog_weeks(made.engine, Filters(), 26)
    page = verdict(made.engine, weeks.filters)
    assert _found(made).value == page.drift_per_week
    assert weeks.closures.empty
    assert weeks.steady is weeks.shown
