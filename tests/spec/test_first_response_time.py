"""First response time, by example."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | opened           | first_response   | resolved
A      | resolved  | 2026-03-02 08:00 | 2026-03-02 08:30 | 2026-03-02 10:00
B      | new       | 2026-03-02 08:00 | 2026-03-02 10:00 |
C      | cancelled | 2026-03-02 08:00 | 2026-03-03 08:00 |
D      | resolved  | 2026-03-02 08:00 |                  | 2026-03-02 10:00
E      | resolved  | 2026-03-02 08:00 | 2026-03-02 07:59 | 2026-03-02 10:00
F      | resolved  |                  | 2026-03-02 07:59 | 2026-03-02 10:00
"""


def test_the_mean_hours_to_the_first_answer_whether_resolved_or_not(desk: MakeDesk) -> None:
    assert desk(DESK).value("first_response_time") == (0.5 + 2 + 24) / 3


def test_every_ticket_left_out_has_a_reason(desk: MakeDesk) -> None:
    assert desk(DESK).excluded("first_response_time") == {
        "no first response recorded": 1,  # D
        "answered before it was opened": 1,  # E
        "no opening time": 1,  # F
    }


def test_a_ticket_counts_in_the_period_in_which_it_was_answered(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("first_response_time", window("2026-03-02", "2026-03-03")) == (0.5 + 2) / 2
    assert made.value("first_response_time", window("2026-03-03", "2026-03-04")) == 24
