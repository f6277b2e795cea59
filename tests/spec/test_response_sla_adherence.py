"""SLA adherence of the first response, by example."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | response_breached | opened           | first_response   | resolved
A      | resolved  | no                | 2026-03-02 08:00 | 2026-03-02 08:10 | 2026-03-02 10:00
B      | resolved  | yes               | 2026-03-02 08:00 | 2026-03-02 12:00 | 2026-03-02 13:00
C      | new       | yes               | 2026-03-03 08:00 |                  |
D      | new       | no                | 2026-03-03 08:00 |                  |
E      | new       | no                | 2026-03-03 08:00 | 2026-03-03 08:30 |
F      | resolved  |                   | 2026-03-03 08:00 | 2026-03-03 08:30 | 2026-03-03 09:00
G      | cancelled | no                | 2026-03-03 08:00 | 2026-03-03 08:30 | 2026-03-03 09:00
H      | resolved  | no                | 2026-03-03 08:00 |                  | 2026-03-03 09:00
"""


def test_met_of_met_and_breached(desk: MakeDesk) -> None:
    assert desk(DESK).value("response_sla_adherence") == 3 / 5  # met: A, E, H; breached: B, C


def test_not_yet_answered_is_not_met_and_not_known_is_neither(desk: MakeDesk) -> None:
    assert desk(DESK).excluded("response_sla_adherence") == {
        "cancelled, merged or spam": 1,  # G
        "the source does not say whether the response target was missed": 1,  # F
        "not yet answered, target not yet missed": 1,  # D
    }


def test_on_the_day_of_opening(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("response_sla_adherence", window("2026-03-02", "2026-03-03")) == 1 / 2
    assert made.value("response_sla_adherence", window("2026-03-03", "2026-03-04")) == 2 / 3


def test_without_a_flag_it_cannot_be_told(desk: MakeDesk) -> None:
    made = desk("""
        ticket | status   | opened           | first_response   | resolved
        A      | resolved | 2026-03-02 08:00 | 2026-03-02 08:10 | 2026-03-02 10:00
    """)
    assert made.value("response_sla_adherence") is None
