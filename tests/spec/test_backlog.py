"""Backlog, by example: tickets open at the end of the period. The as-of time is the newest event."""

import pytest

from analytics.kpis.backlog import BACKLOG
from analytics.period import Grain
from analytics.tickets import list_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status   | group   | opened           | resolved         | closed           | updated
A      | resolved | network | 2026-01-30 08:00 | 2026-03-02 10:00 |                  |
B      | new      | network | 2026-01-31 23:59 |                  |                  |
C      | closed   |         | 2026-02-01 00:00 | 2026-02-01 09:00 | 2026-02-20 10:00 |
D      | resolved | desk    | 2026-02-10 08:00 | 2026-02-28 23:59 |                  |
E      | new      |         | 2026-04-01 08:00 |                  |                  | 2026-04-02 08:00
"""


def test_all_that_came_less_all_that_left(desk: MakeDesk) -> None:
    assert desk(DESK).value("backlog") == 5 - 3  # B and E


def test_at_the_end_of_each_month(desk: MakeDesk) -> None:
    assert desk(DESK).by_period("backlog", Grain.MONTH) == {
        "2026-01-01": 2,  # A, B
        "2026-02-01": 2 + 2 - 2,  # C came and left, D came and left on the last day
        "2026-03-01": 2 - 1,  # A left; no ticket came
        "2026-04-01": 1 + 1,
    }


def test_what_was_there_before_the_window_counts(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by_period("backlog", Grain.MONTH, window("2026-03-01")) == {"2026-03-01": 1, "2026-04-01": 2}
    assert made.by_period("backlog", Grain.MONTH, window("2026-02-01", "2026-04-01")) == {
        "2026-02-01": 2,
        "2026-03-01": 1,
    }


def test_without_a_grain_it_is_the_level_at_the_end_of_the_window(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("backlog", window("2026-02-01", "2026-02-10")) == 2
    assert made.value("backlog", window("2026-02-01", "2026-02-11")) == 3
    assert made.value("backlog", window(end="2026-01-30")) == 0


def test_days_on_which_nothing_moved_have_a_row(desk: MakeDesk) -> None:
    days = desk(DESK).by_period("backlog", Grain.DAY, window("2026-03-01", "2026-03-05"))
    assert days == {"2026-03-01": 2, "2026-03-02": 1, "2026-03-03": 1, "2026-03-04": 1}


def test_split_by_group_with_a_row_for_not_recorded(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by("backlog", "assignment_group") == {"network": 1, "desk": 0, None: 1}
    frame = made.result("backlog", by=["assignment_group"], grain=Grain.MONTH).frame
    levels = {
        (f"{row['period']:%m}", row["assignment_group"] if isinstance(row["assignment_group"], str) else None): row[
            "value"
        ]
        for row in frame.to_dict("records")
    }
    assert levels == {
        ("01", "network"): 2, ("02", "network"): 2, ("03", "network"): 1, ("04", "network"): 1,
        ("01", "desk"): 0, ("02", "desk"): 0, ("03", "desk"): 0, ("04", "desk"): 0,
        ("01", None): 0, ("02", None): 0, ("03", None): 0, ("04", None): 1,
    }  # fmt: skip


def test_filtered(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("backlog", window(assignment_group="network")) == 1
    assert made.value("backlog", window(assignment_group=[None])) == 1
    assert made.value("backlog", window(assignment_group="nobody")) == 0


def test_the_tickets_behind_it_are_those_open_at_the_end_of_the_window(desk: MakeDesk) -> None:
    engine = desk(DESK).engine
    listed = [list_tickets(engine, BACKLOG, window(end=end)).frame["ticket_id"] for end in ("2026-03-02", "2026-03-03")]
    assert [set(ids) for ids in listed] == [{"A", "B"}, {"B"}]  # A was resolved on 2 March
    assert set(list_tickets(engine, BACKLOG, window()).frame["ticket_id"]) == {"B", "E"}


def test_it_rests_on_every_ticket_opened_by_then(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.account("backlog").used == 5
    assert made.account("backlog", window("2026-02-01", "2026-03-01")).used == 4


@pytest.mark.parametrize(
    ("status", "resolved", "closed", "updated", "open_tickets"),
    [
        ("new", None, None, "2026-03-05", 1),
        ("pending", None, None, "2026-03-05", 1),
        (None, None, None, "2026-03-05", 1),
        ("resolved", None, None, "2026-03-05", 0),
        ("cancelled", None, None, "2026-03-05", 0),
        ("closed", None, None, None, 0),
        ("new", "2026-03-04", None, None, 0),
        ("new", None, "2026-03-04", None, 0),
    ],
)
def test_a_ticket_is_open_unless_it_has_an_end_or_is_finished(
    desk: MakeDesk, status: str, resolved: str, closed: str, updated: str, open_tickets: int
) -> None:
    cells = " | ".join(cell or "" for cell in (status, "2026-03-02", resolved, closed, updated))
    assert desk(f"status | opened | resolved | closed | updated\n{cells}").value("backlog") == open_tickets


def test_a_finished_ticket_leaves_at_its_resolution_not_at_its_closing(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("backlog", window(end="2026-02-02")) == 2  # C was resolved on the 1st, closed on the 20th


def test_nothing_loaded_is_a_backlog_of_nought_and_no_periods(desk: MakeDesk) -> None:
    made = desk([])
    assert made.value("backlog") == 0
    assert made.by_period("backlog", Grain.MONTH) == {}


def test_a_ticket_without_an_opening_time_never_enters(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status | opened     | resolved
        A      | new    | 2026-03-02 |
        B      | new    |            |
        C      | closed |            | 2026-03-03
    """)
    assert made.value("backlog") == 1
    assert made.excluded("backlog") == {"no opening time": 2}
