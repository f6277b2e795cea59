"""Outflow, by example: a ticket leaves once, when it was resolved, else closed, else at its last update if finished."""

from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | opened     | resolved   | closed     | updated
A      | closed    | 2026-03-02 | 2026-03-03 | 2026-03-08 | 2026-03-09
B      | closed    | 2026-03-02 |            | 2026-03-05 | 2026-03-09
C      | cancelled | 2026-03-02 |            |            | 2026-03-06
D      | resolved  | 2026-03-02 |            |            |
E      | pending   | 2026-03-02 |            |            | 2026-03-07
F      |           | 2026-03-02 |            |            | 2026-03-07
G      | new       | 2026-03-02 | 2026-03-03 |            | 2026-03-07
H      | resolved  | 2026-03-05 | 2026-03-01 |            |
I      | resolved  |            | 2026-03-01 |            |
"""


def test_each_ticket_leaves_on_its_day(desk: MakeDesk) -> None:
    assert desk(DESK).by_period("outflow", Grain.DAY) == {
        "2026-03-03": 2,  # A resolved; G resolved, whatever its status says
        "2026-03-04": 0,
        "2026-03-05": 2,  # B closed; H cannot leave before it came
        "2026-03-06": 1,  # C, finished without a time: its last update
        "2026-03-07": 0,
        "2026-03-08": 0,
        "2026-03-09": 1,  # D, finished without any time at all: the as-of time
    }


def test_the_open_ones_stay(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("outflow") == 6
    assert made.excluded("outflow") == {"still open": 2, "no opening time": 1}  # E, F; I


def test_of_a_window(desk: MakeDesk) -> None:
    assert desk(DESK).value("outflow", window("2026-03-03", "2026-03-05")) == 2
