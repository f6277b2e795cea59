"""Reopen rate, by example."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | category | reopen_count | opened     | resolved   | closed
A      | resolved  | network  | 0            | 2026-03-02 | 2026-03-03 |
B      | resolved  | network  | 1            | 2026-03-02 | 2026-03-04 |
C      | closed    | printer  | 4            | 2026-03-02 |            | 2026-04-01
D      | resolved  | printer  | 0            | 2026-03-02 | 2026-03-05 |
E      | resolved  | printer  |              | 2026-03-02 | 2026-03-05 |
F      | cancelled | printer  | 1            | 2026-03-02 | 2026-03-05 |
G      | pending   | printer  | 2            | 2026-03-02 |            |
H      |           | printer  | 1            | 2026-03-02 | 2026-03-05 |
"""


def test_tickets_reopened_at_least_once_of_all_that_ended(desk: MakeDesk) -> None:
    assert desk(DESK).value("reopen_rate") == 2 / 4  # B and C of A, B, C, D: how often does not matter


def test_every_ticket_left_out_has_a_reason(desk: MakeDesk) -> None:
    assert desk(DESK).excluded("reopen_rate") == {
        "no count of reopenings": 1,  # E: unknown is not 0
        "cancelled, merged or spam": 1,  # F
        "still open": 1,  # G
        "status not known": 1,  # H
    }


def test_split_and_filtered(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by("reopen_rate", "category") == {"network": 1 / 2, "printer": 1 / 2}
    assert made.value("reopen_rate", window("2026-03-01", "2026-04-01")) == 1 / 3  # A, B, D; C ended on 1 April
