"""Mean business hours to resolve, by example: Monday to Friday 08:00 to 18:00, ten hours a day."""

from datetime import date
from pathlib import Path

import pytest

from analytics.business_hours import changed_calendar
from analytics.kpis.mttr import MTTR
from analytics.kpis.mttr_business import MTTR_BUSINESS
from analytics.warehouse.business_calendar import shipped_calendar
from analytics.warehouse.importer import change_business_calendar
from tests.conftest import MakeDesk
from tests.warehouse_of import Desk, desk_of, known, reopened, window

# 6 March 2026 is a Friday.
DESK = """
ticket | status    | opened           | first_response   | resolved
A      | resolved  | 2026-03-06 17:00 | 2026-03-06 17:30 | 2026-03-09 09:00
B      | resolved  | 2026-03-02 07:00 | 2026-03-02 07:30 | 2026-03-02 20:00
C      | resolved  | 2026-03-02 09:00 |                  | 2026-03-04 09:00
D      | resolved  | 2026-03-07 10:00 | 2026-03-09 08:15 | 2026-03-08 11:00
E      | cancelled | 2026-03-02 09:00 |                  | 2026-03-02 09:01
F      | new       | 2026-03-02 09:00 |                  |
G      | resolved  | 2026-03-03 09:00 |                  | 2026-03-02 09:00
"""


def test_nights_and_weekends_do_not_count(desk: MakeDesk) -> None:
    result = desk(DESK).result("mttr_business")
    assert result.value == ((1 + 1) + 10 + (9 + 10 + 1) + 0) / 4
    assert result.tickets == 4


def test_each_ticket_has_its_hours_once_it_is_resolved_or_answered(desk: MakeDesk) -> None:
    frame = desk(DESK).engine.query("SELECT * FROM tickets").set_index("ticket_id")
    assert {name: known(hours) for name, hours in frame["business_resolution_hours"].items()} == {
        "A": 1 + 1,  # an hour on Friday, an hour on Monday
        "B": 10,  # from opening to closing
        "C": 9 + 10 + 1,
        "D": 0,  # a weekend
        "E": None,
        "F": None,
        "G": None,  # resolved before it was opened
    }
    assert {name: known(hours) for name, hours in frame["business_response_hours"].items()} == {
        "A": 0.5, "B": 0, "C": None, "D": 0.25, "E": None, "F": None, "G": None,
    }  # fmt: skip


def test_it_counts_the_tickets_that_mttr_counts_and_says_why_not_the_others(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert (MTTR_BUSINESS.anchor, MTTR_BUSINESS.exclusions) == (MTTR.anchor, MTTR.exclusions)
    for chosen in (window(), window("2026-03-04", "2026-03-10")):
        assert made.account("mttr_business", chosen) == made.account("mttr", chosen)


def test_a_holiday_and_a_closed_day_do_not_count(tmp_path: Path) -> None:
    # Good Friday 3 April and Easter Monday 6 April 2026 in England.
    desk_of(
        """
        ticket | status   | opened           | resolved
        A      | resolved | 2026-04-02 17:00 | 2026-04-07 09:00
        B      | resolved | 2026-04-07 17:00 | 2026-04-09 09:00
        """,
        tmp_path,
    ).engine.close()
    calendar = changed_calendar(shipped_calendar(), country="GB", subdivision="ENG", closed=[date(2026, 4, 8)])
    before = _value(tmp_path)
    change_business_calendar(tmp_path, calendar)
    assert before == ((1 + 10 + 10 + 1) + (1 + 10 + 1)) / 2
    assert _value(tmp_path) == ((1 + 1) + (1 + 1)) / 2


def _value(folder: Path) -> float | None:
    desk: Desk = reopened(folder)
    try:
        return desk.value("mttr_business")
    finally:
        desk.engine.close()


# In Rome summer time begins on 29 March 2026 and ends on 25 October 2026, both Sundays.
@pytest.mark.parametrize(
    ("opened", "resolved", "hours"),
    [
        ("2026-03-27 16:00", "2026-03-30 07:00", 1 + 1),  # 17:00 in winter, 09:00 in summer
        ("2026-10-23 15:00", "2026-10-26 08:00", 1 + 1),  # 17:00 in summer, 09:00 in winter
        ("2026-03-28 12:00", "2026-03-29 12:00", 0),
    ],
)
def test_opening_hours_follow_the_clock_on_the_wall(desk: MakeDesk, opened: str, resolved: str, hours: float) -> None:
    made = desk(f"status | opened | resolved\nresolved | {opened} | {resolved}", "Europe/Rome")
    assert made.value("mttr_business") == hours


def test_around_the_clock_no_ticket_has_less_than_no_hours_when_the_clocks_go_back(tmp_path: Path) -> None:
    table = "status | opened | resolved\nresolved | 2026-10-25 00:50 | 2026-10-25 01:10"  # 02:50, then 02:10
    desk_of(table, tmp_path, "Europe/Rome").engine.close()
    change_business_calendar(tmp_path, changed_calendar(shipped_calendar(), days="mon-sun", hours="00:00-24:00"))
    assert _value(tmp_path) == 0


def test_due_dates_after_the_last_day_of_the_calendar_do_no_harm(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved         | due
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 10:00 | 2031-01-01
    """)
    assert made.value("mttr_business") == 2


def test_minutes_of_the_opening_hours_add_up_exactly(tmp_path: Path) -> None:
    table = "status | opened | resolved\nresolved | 2026-03-02 00:00 | 2026-03-31 23:00"
    desk_of(table, tmp_path).engine.close()
    change_business_calendar(tmp_path, changed_calendar(shipped_calendar(), hours="08:20-15:40"))
    assert _value(tmp_path) == 22 * (7 * 60 + 20) / 60  # 22 working days in March 2026
