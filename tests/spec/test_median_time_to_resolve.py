"""Median time to resolve, by example: interpolated between the two in the middle."""

from tests.conftest import MakeDesk
from tests.warehouse_of import window

# Resolved after 1, 2, 4, 8 and 100 hours; one cancelled and one open.
DESK = """
ticket | status    | priority | opened           | resolved
A      | resolved  | 1        | 2026-03-02 00:00 | 2026-03-02 01:00
B      | resolved  | 1        | 2026-03-02 00:00 | 2026-03-02 02:00
C      | resolved  | 2        | 2026-03-02 00:00 | 2026-03-02 04:00
D      | resolved  | 2        | 2026-03-02 00:00 | 2026-03-02 08:00
E      | resolved  | 2        | 2026-03-02 00:00 | 2026-03-06 04:00
F      | cancelled | 2        | 2026-03-02 00:00 | 2026-03-02 00:30
G      | pending   | 2        | 2026-03-02 00:00 |
"""


def test_of_an_odd_number_it_is_the_middle_one(desk: MakeDesk) -> None:
    assert desk(DESK).value("median_time_to_resolve") == 4


def test_of_an_even_number_it_lies_half_way(desk: MakeDesk) -> None:
    assert desk(DESK).value("median_time_to_resolve", window("2026-03-02", "2026-03-03")) == (2 + 4) / 2


def test_split(desk: MakeDesk) -> None:
    assert desk(DESK).by("median_time_to_resolve", "priority") == {1: (1 + 2) / 2, 2: 8}


def test_of_one_ticket_it_is_that_ticket_and_too_few_to_act_on(desk: MakeDesk) -> None:
    result = desk(DESK).result("median_time_to_resolve", filters=window("2026-03-06", "2026-03-07"))
    assert (result.value, result.tickets, result.too_few) == (100, 1, True)


def test_the_same_tickets_as_mttr(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.account("median_time_to_resolve") == made.account("mttr")
    assert made.result("median_time_to_resolve").tickets == 5
    assert made.excluded("median_time_to_resolve") == {"cancelled, merged or spam": 1, "still open": 1}


def test_of_no_tickets_it_cannot_be_told(desk: MakeDesk) -> None:
    result = desk(DESK).result("median_time_to_resolve", filters=window("2027-01-01"))
    assert result.value is None
    assert result.frame["reason"].tolist() == ["no tickets to measure"]
