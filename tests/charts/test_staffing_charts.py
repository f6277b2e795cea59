"""The week as a heat map and as bars: what is drawn, what has no colour, and where the business hours lie."""

from datetime import date

import numpy as np
import pytest

from analytics.forecast.person_hours import PersonHours
from analytics.forecast.staffing import Demand, Staffing, staffing_of
from analytics.forecast.week_pattern import WeekPattern
from analytics.warehouse.business_calendar import BusinessCalendar
from pages.charts.staffing import week_figure, weekdays_figure
from tests.forecast.histories import BASIS

OFFICE = BusinessCalendar.of("mon-fri", "08:30-18:00")


def _pattern(counts: dict[tuple[int, int], int], hours_known: bool = True) -> WeekPattern:
    """Counts of ten weeks."""
    cells = np.zeros((7, 24))
    for place, count in counts.items():
        cells[place] = count
    return WeekPattern(cells, cells.sum(axis=1), np.full(7, 10), 0, hours_known)


def _staffing(hours_known: bool = True, calendar: BusinessCalendar = OFFICE) -> Staffing:
    came = _pattern({(0, 9): 300, (2, 3): 2}, hours_known)
    left = _pattern({(0, 9): 100, (0, 15): 150, (2, 3): 1}, hours_known)
    demand = Demand(date(2026, 1, 5), date(2026, 3, 16), None)
    return staffing_of(came, left, demand, PersonHours(2.0, 100.0), calendar, (), BASIS)


def test_cells_have_the_measure_and_a_gap_of_too_few_has_no_colour() -> None:
    arrivals, gap = (week_figure(_staffing(), name, False).data[0] for name in ("arrivals", "gap"))
    assert arrivals.z[0][9] == pytest.approx(300 / 10)
    assert arrivals.z[2][3] == pytest.approx(2 / 10)
    assert gap.z[0][9] == pytest.approx((300 - 100) / 10)
    assert gap.z[0][15] == pytest.approx(-150 / 10)
    assert np.isnan(gap.z[2][3])  # 2 + 1 tickets in ten weeks
    assert (gap.zmin, gap.zmax) == (-20, 20)


def test_a_hover_says_what_comes_leaves_and_who_is_needed() -> None:
    text = week_figure(_staffing(), "gap", False).data[0].text
    assert text[0][9] == (
        "<b>Monday 9 to 10</b><br>30 expected, 10 leave a week<br>gap +20.0<br>15.0 person-hours at the desk's own rate"
    )
    assert text[2][3] == "<b>Wednesday 3 to 4</b><br>0.2 expected, 0.1 leave a week<br>too few to compare"


@pytest.mark.parametrize(
    ("days", "outlined"),
    [("mon-fri", [(-0.5, 4.5)]), ("mon,wed,thu", [(-0.5, 0.5), (1.5, 3.5)]), ("sun-thu", [(-0.5, 3.5), (5.5, 6.5)])],
)
def test_business_hours_are_outlined(days: str, outlined: list[tuple[float, float]]) -> None:
    calendar = BusinessCalendar.of(days, "08:30-18:00")
    shapes = week_figure(_staffing(calendar=calendar), "gap", True).layout.shapes
    assert [(shape.y0, shape.y1) for shape in shapes] == outlined
    assert {(shape.x0, shape.x1) for shape in shapes} == {(8.5, 18)}


def test_without_hours_there_are_bars_by_weekday() -> None:
    found = _staffing(hours_known=False)
    assert found.frame.empty
    figure = weekdays_figure(found)
    assert [trace.name for trace in figure.data] == ["arrivals", "departures"]
    assert list(figure.data[0].y)[:3] == pytest.approx([30, 0, 0.2])
    assert list(figure.data[1].y)[:3] == pytest.approx([25, 0, 0.1])
