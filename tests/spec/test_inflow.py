"""Inflow, by example: all that were opened."""

from analytics.period import Grain
from tests.conftest import MakeDesk

DESK = """
ticket | status    | opened     | resolved
A      | resolved  | 2026-03-02 | 2026-03-02
B      | cancelled | 2026-03-02 |
C      | new       | 2026-03-04 |
"""


def test_tickets_opened_by_day_with_a_row_for_the_day_without_any(desk: MakeDesk) -> None:
    assert desk(DESK).by_period("inflow", Grain.DAY) == {"2026-03-02": 2, "2026-03-03": 0, "2026-03-04": 1}


def test_the_same_number_as_volume(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("inflow") == made.value("volume") == 3
