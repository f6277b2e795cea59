"""90th percentile of the time to resolve, by example: interpolated between its two neighbours."""

import pytest

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


def test_it_lies_between_its_neighbours(desk: MakeDesk) -> None:
    # Five values have four gaps; nine tenths of the way is 0.6 into the last gap, from 8 to 100.
    assert desk(DESK).value("p90_time_to_resolve") == pytest.approx(8 + 0.6 * (100 - 8))


def test_split(desk: MakeDesk) -> None:
    expected = {1: 1 + 0.9 * (2 - 1), 2: 8 + 0.8 * (100 - 8)}
    assert desk(DESK).by("p90_time_to_resolve", "priority") == pytest.approx(expected)


def test_of_one_ticket_it_is_that_ticket_and_too_few_to_act_on(desk: MakeDesk) -> None:
    result = desk(DESK).result("p90_time_to_resolve", filters=window("2026-03-06", "2026-03-07"))
    assert (result.value, result.tickets, result.too_few) == (100, 1, True)


def test_the_same_tickets_as_mttr(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.account("p90_time_to_resolve") == made.account("mttr")
    assert made.result("p90_time_to_resolve").tickets == 5
    assert made.excluded("p90_time_to_resolve") == {"cancelled, merged or spam": 1, "still open": 1}


def test_of_no_tickets_it_cannot_be_told(desk: MakeDesk) -> None:
    result = desk(DESK).result("p90_time_to_resolve", filters=window("2027-01-01"))
    assert result.value is None
    assert result.frame["reason"].tolist() == ["no tickets to measure"]
