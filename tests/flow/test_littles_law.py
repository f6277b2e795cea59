"""Little's law: both sides by example, and by the slow route on random desks."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from analytics.extent import bounded
from analytics.filters import Filters
from analytics.flow.littles_law import littles_law
from tests.conftest import MakeDesk
from tests.properties.desks import desks, examples, filters, opened
from tests.warehouse_of import window

DESK = "opened | resolved\n" + "\n".join(f"2026-03-0{day} 09:00 | 2026-03-0{day + 2} 09:00" for day in (1, 2, 3, 4, 5))


def test_a_desk_that_begins_and_ends_empty_fits_exactly(desk: MakeDesk) -> None:
    found = littles_law(desk(DESK).engine, Filters())
    # Levels at the end of 1 to 7 March: 1, 2, 2, 2, 2, 1, 0.
    assert found.average_backlog == pytest.approx(10 / 7)
    assert (found.ended, found.days) == (5, 7)
    assert found.expected_backlog == pytest.approx(5 / 7 * 2)
    assert found.ratio == pytest.approx(1)
    assert "The two agree within a tenth" in found.sentence


def test_tickets_that_stay_make_the_backlog_larger_than_the_law_says(desk: MakeDesk) -> None:
    stuck = "\n".join([DESK, *["2026-03-01 09:00 | "] * 5])
    found = littles_law(desk(stuck).engine, Filters())
    assert found.average_backlog == pytest.approx((10 + 5 * 7) / 7)
    assert found.ratio == pytest.approx((10 + 35) / 10)
    assert "4.5 times" in found.sentence
    assert "tickets that do not come out" in found.sentence


def test_old_tickets_that_leave_make_it_smaller(desk: MakeDesk) -> None:
    left = "\n".join([DESK, *["2026-02-01 09:00 | 2026-03-02 09:00"] * 5])
    found = littles_law(desk(left).engine, window("2026-03-01", "2026-03-08"))
    assert found.average_backlog == pytest.approx((10 + 5) / 7)
    assert found.mean_days == pytest.approx((5 * 2 + 5 * 29) / 10)
    assert "old tickets left in this period" in found.sentence


def test_too_few_or_nothing_cannot_be_checked(desk: MakeDesk) -> None:
    assert littles_law(desk(DESK).engine, window("2026-03-01", "2026-03-04")).sentence.startswith("Cannot check")
    assert littles_law(desk([]).engine, Filters()).ratio is None


@examples
@given(desks, filters())
def test_both_sides_by_counting_ticket_by_ticket(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        found, window = littles_law(desk.engine, chosen), bounded(desk.engine, chosen)
        conditions = " AND ".join(["opened_on IS NOT NULL", *window.value_conditions()])
        sql = f"SELECT opened_on, ended_on FROM tickets WHERE {conditions}"
        lives = [
            (start.date(), None if str(end) == "NaT" else end.date())
            for start, end in desk.engine.query(sql, window.parameters()).itertuples(index=False)
        ]
        days = _days(desk.engine.query("SELECT calendar_on FROM calendar")["calendar_on"], window)
        levels = [sum(start <= day and not (end and end <= day) for start, end in lives) for day in days]
        ended = [(end - start).days for start, end in lives if end and _inside(end, window)]
        assert (found.ended, found.days) == (len(ended), len(days))
        if found.ratio is not None:
            assert found.average_backlog == pytest.approx(sum(levels) / len(days))
            assert found.expected_backlog == pytest.approx(sum(ended) / len(days))


def _days(calendar: Any, window: Filters) -> list[date]:
    return [day.date() for day in calendar if _inside(day.date(), window)]


def _inside(day: date, window: Filters) -> bool:
    return (window.start or date.min) <= day < (window.end or date.max) and day + timedelta(days=1) > date.min
