"""Trends: what of a course may be drawn, and the sentence that tells it."""

from datetime import date, datetime, timedelta

import pytest

from analytics.period import Grain
from analytics.ticks import Scale
from analytics.trend import sentence, trend
from tests.conftest import MakeDesk
from tests.warehouse_of import Ticket, window

# Weeks from Monday 4 May 2026: so many tickets, each with so many hours to resolve. The last is not over yet.
WEEKS = ((5, 10.0), (5, 30.0), (4, 90.0), (6, 20.0), (5, 40.0))
FIRST = datetime.fromisoformat("2026-05-04 08:00")
HOURS = Scale(1, " h", 1)


def _desk() -> list[Ticket]:
    return [
        {"opened_at": opened, "resolved_at": opened + timedelta(hours=hours), "status": "resolved"}
        for week, (count, hours) in enumerate(WEEKS)
        for opened in [FIRST + timedelta(weeks=week)] * count
    ]


def test_a_week_with_too_few_tickets_is_a_gap(desk: MakeDesk) -> None:
    course = trend(desk(_desk()).result("mttr", grain=Grain.WEEK))
    assert course.left_out == 1
    assert course.finished(HOURS) == [10, 30, None, 20, None]
    assert course.unfinished(HOURS) == [None, None, None, 20, 40]
    assert course.sparkline == [10, 30, 20]
    assert (course.least, course.most) == (10, 40)
    assert course.frame["tickets"].tolist() == [count for count, _ in WEEKS]


def test_points_are_written_in_the_unit_of_the_scale(desk: MakeDesk) -> None:
    course = trend(desk(_desk()).result("mttr", grain=Grain.WEEK))
    assert course.finished(Scale(1 / 24, " d", 1))[0] == round(10 / 24, 4)


def test_periods_have_words_and_their_last_day(desk: MakeDesk) -> None:
    frame = trend(desk(_desk()).result("mttr", grain=Grain.WEEK)).frame
    assert frame["label"][0] == "week of 2026-05-04"
    assert frame["tick"][0] == "4 May"
    assert frame["last"].tolist() == [date(2026, 5, 10) + timedelta(weeks=week) for week in range(5)]
    assert frame["shown"].tolist() == ["10.0 h", "30.0 h", "cannot tell", "20.0 h", "40.0 h"]


def test_the_sentence_names_the_ends_and_the_extremes_of_what_is_finished(desk: MakeDesk) -> None:
    said = sentence(trend(desk(_desk()).result("mttr", grain=Grain.WEEK)))
    assert said == (
        "Mean time to resolve per week: from 10.0 h (week of 2026-05-04) to 20.0 h (week of 2026-05-25); "
        "highest 30.0 h (week of 2026-05-11), lowest 10.0 h (week of 2026-05-04)."
    )


def test_a_single_finished_period_is_told_alone(desk: MakeDesk) -> None:
    filters = window("2026-05-04", "2026-05-11")
    said = sentence(trend(desk(_desk()).result("mttr", grain=Grain.WEEK, filters=filters)))
    assert said == "Mean time to resolve per week: 10.0 h (week of 2026-05-04)."


def test_where_nothing_may_be_drawn_that_is_said(desk: MakeDesk) -> None:
    filters = window("2026-05-18", "2026-05-25")
    course = trend(desk(_desk()).result("mttr", grain=Grain.WEEK, filters=filters))
    assert sentence(course) == "Mean time to resolve per week: no week with enough tickets."
    assert (course.most, course.least, course.sparkline) == (0, None, [])


def test_a_count_is_drawn_however_small(desk: MakeDesk) -> None:
    course = trend(desk(_desk()).result("inflow", grain=Grain.WEEK))
    assert course.left_out == 0
    assert course.frame["value"].tolist() == course.frame["tickets"].tolist() == [count for count, _ in WEEKS]


def test_without_a_grain_there_is_no_course(desk: MakeDesk) -> None:
    with pytest.raises(ValueError, match="grain"):
        trend(desk(_desk()).result("mttr"))
