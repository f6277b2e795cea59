"""Ticket volume by category, by example."""

from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.warehouse_of import window

DESK = """
ticket | status    | category | priority | opened           | resolved
A      | resolved  | network  | 1        | 2026-03-02 08:00 | 2026-05-01 10:00
B      | new       | network  | 2        | 2026-03-02 23:59 |
C      | cancelled | printer  | 2        | 2026-03-31 23:59 |
D      | new       |          | 2        | 2026-04-01 00:00 |
E      | new       | printer  |          |                  |
"""


def test_tickets_opened_whatever_became_of_them(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("volume") == 4
    assert made.excluded("volume") == {"no opening time": 1}


def test_by_category_with_a_row_for_not_recorded(desk: MakeDesk) -> None:
    assert desk(DESK).by("volume", "category") == {"network": 2, "printer": 1, None: 1}


def test_by_category_in_a_month_counted_by_the_opening(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by("volume", "category", window("2026-03-01", "2026-04-01")) == {"network": 2, "printer": 1}
    assert made.by_period("volume", Grain.MONTH) == {"2026-03-01": 3, "2026-04-01": 1}


def test_filtered_by_not_recorded(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.value("volume", window(category=[None])) == 1
    assert made.value("volume", window(category=["network", None])) == 3
    assert made.value("volume", window(category="Network")) == 0  # letter case is the source's own


def test_no_tickets_are_nought_tickets(desk: MakeDesk) -> None:
    result = desk(DESK).result("volume", filters=window("2020-01-01", "2021-01-01"))
    assert result.value == 0
    assert not result.too_few
