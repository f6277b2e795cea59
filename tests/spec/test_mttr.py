"""Mean time to resolve, by example. Times are UTC, hours are calendar hours from opened to resolved."""

import pytest

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | type     | status    | priority | opened           | resolved         | closed
A      | incident | closed    | 1        | 2026-03-02 08:00 | 2026-03-02 10:00 | 2026-03-05 10:00
B      | incident | resolved  | 2        | 2026-03-02 09:00 | 2026-03-02 13:00 |
C      | request  | closed    | 2        | 2026-03-03 09:00 | 2026-03-03 18:00 | 2026-03-03 18:00
D      | incident | cancelled | 2        | 2026-03-02 09:00 | 2026-03-02 09:01 |
E      | incident | new       | 1        | 2026-03-02 09:00 |                  |
F      | incident | closed    | 3        | 2026-03-02 09:00 |                  | 2026-03-04 09:00
G      | incident | resolved  | 3        | 2026-03-02 09:00 | 2026-03-01 09:00 |
"""


def test_the_mean_of_the_hours_from_opened_to_resolved(desk: MakeDesk) -> None:
    result = desk(DESK).result("mttr")
    assert result.value == (2 + 4 + 9) / 3
    assert result.tickets == 3


def test_every_ticket_left_out_has_a_reason(desk: MakeDesk) -> None:
    account = desk(DESK).account("mttr")
    assert account.used == 3
    assert dict(account.excluded) == {
        "cancelled, merged or spam": 1,  # D
        "still open": 1,  # E
        "ended without a resolution time": 1,  # F: closed is not resolved
        "resolved before it was opened": 1,  # G
    }


def test_in_a_window_a_ticket_left_out_stands_where_it_ended_else_where_it_was_opened(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.excluded("mttr", window("2026-03-01", "2026-03-02")) == {"resolved before it was opened": 1}  # G
    assert made.excluded("mttr", window("2026-03-02", "2026-03-03")) == {
        "cancelled, merged or spam": 1,  # D
        "still open": 1,  # E
    }
    assert made.excluded("mttr", window("2026-03-04", "2026-03-05")) == {"ended without a resolution time": 1}  # F


def test_split_by_type_the_parts_keep_their_sums(desk: MakeDesk) -> None:
    frame = desk(DESK).result("mttr", by=["ticket_type"]).frame.set_index("ticket_type")
    assert frame.loc["incident", ["numerator", "denominator"]].tolist() == [2 + 4, 2]
    assert frame.loc["request", ["numerator", "denominator"]].tolist() == [9, 1]


def test_filtered(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("mttr", window(ticket_type="incident")) == (2 + 4) / 2
    assert made.value("mttr", window(priority=[1, 2])) == (2 + 4 + 9) / 3
    assert made.value("mttr", window(priority=[2], ticket_type="incident")) == 4


def test_a_ticket_counts_in_the_period_in_which_it_was_resolved(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved
        A      | resolved | 2026-01-31 23:00 | 2026-02-01 01:00
        B      | resolved | 2026-02-27 00:00 | 2026-02-28 00:00
    """)
    assert made.value("mttr", window("2026-01-01", "2026-02-01")) is None
    assert made.value("mttr", window("2026-02-01", "2026-03-01")) == (2 + 24) / 2


def test_minutes_and_seconds_count(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened              | resolved
        A      | resolved | 2026-03-02 08:00:00 | 2026-03-02 08:01:30
    """)
    assert made.value("mttr") == pytest.approx(90 / 3600)


def test_resolved_at_once_is_nought_hours_and_counts(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 08:00
        B      | resolved | 2026-03-02 08:00 | 2026-03-02 14:00
    """)
    assert made.value("mttr") == (0 + 6) / 2


def test_a_ticket_of_unknown_status_with_a_resolution_counts(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status | opened           | resolved
        A      |        | 2026-03-02 08:00 | 2026-03-02 13:00
    """)
    assert made.value("mttr") == 5


def test_nothing_resolved_is_unknown_and_never_nought(desk: MakeDesk) -> None:
    result = desk("""
        ticket | status | opened
        A      | new    | 2026-03-02 08:00
    """).result("mttr")
    assert result.value is None
    assert result.tickets == 0
    assert result.frame["reason"].tolist() == ["no tickets to measure"]


def test_a_ticket_without_an_opening_time_has_no_duration(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | resolved
        A      | resolved | 2026-03-02 08:00
    """)
    assert made.value("mttr") is None
    assert made.excluded("mttr") == {"no opening time": 1}
