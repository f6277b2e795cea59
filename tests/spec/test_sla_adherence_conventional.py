"""SLA adherence as most tools report it, by example. The as-of time is the newest event: here 2026-03-10 12:00."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | opened           | resolved         | closed           | due              | updated
A      | resolved  | 2026-03-02 08:00 | 2026-03-02 10:00 |                  | 2026-03-02 12:00 |
B      | resolved  | 2026-03-02 08:00 | 2026-03-02 13:00 |                  | 2026-03-02 12:00 |
C      | closed    | 2026-03-02 08:00 |                  | 2026-03-03 10:00 | 2026-03-03 12:00 |
D      | new       | 2026-03-02 08:00 |                  |                  | 2026-03-05 12:00 |
E      | new       | 2026-03-02 08:00 |                  |                  | 2026-03-20 12:00 | 2026-03-10 12:00
F      | resolved  | 2026-03-02 08:00 | 2026-03-04 10:00 |                  |                  |
G      | cancelled | 2026-03-02 08:00 | 2026-03-02 10:00 |                  | 2026-03-02 12:00 |
"""


def test_only_tickets_that_have_ended_are_judged(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("sla_adherence_conventional") == 2 / 3  # met: A, C; breached: B; D is absent
    assert made.value("sla_adherence") == 2 / 4  # there D is breached


def test_what_is_left_out(desk: MakeDesk) -> None:
    assert desk(DESK).excluded("sla_adherence_conventional") == {
        "cancelled, merged or spam": 1,  # G
        "still open": 2,  # D, E
        "no target known": 1,  # F
    }


def test_in_the_period_of_the_end(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("sla_adherence_conventional", window("2026-03-02", "2026-03-03")) == 1 / 2
    assert made.value("sla_adherence_conventional", window("2026-03-03", "2026-03-04")) == 1 / 1
    assert made.value("sla_adherence_conventional", window("2026-03-05")) is None


def test_it_can_show_everything_met_while_tickets_rot(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | resolved         | due              | updated
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 09:00 | 2026-03-02 12:00 |
        B      | new      | 2026-03-02 08:00 |                  | 2026-03-02 12:00 | 2026-03-10 12:00
        C      | new      | 2026-03-02 08:00 |                  | 2026-03-02 12:00 |
    """)
    assert made.value("sla_adherence_conventional") == 1 / 1
    assert made.value("sla_adherence") == 1 / 3
