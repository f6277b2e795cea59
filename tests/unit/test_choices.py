"""What a filter offers, and how much there is to choose from."""

from datetime import date

import pytest

from analytics.choices import choices
from analytics.errors import PersonDimension, UnknownName
from analytics.extent import Extent, extent
from tests.conftest import MakeDesk

DESK = """
ticket | source | priority | category | opened           | resolved
A      | snow   | 3        | Printer  | 2026-03-02 08:00 | 2026-03-09 10:00
B      | snow   | 1        | Email    | 2026-03-03 08:00 |
C      | jira   | 3        | Email    | 2026-03-04 08:00 |
D      | snow   |          |          | 2026-03-04 23:59 |
"""


def test_the_most_frequent_values_come_first_and_unknown_last(desk: MakeDesk) -> None:
    assert choices(desk(DESK).engine, "category") == ("Email", "Printer", None)
    assert choices(desk(DESK).engine, "source") == ("snow", "jira")


def test_priorities_come_in_their_order_as_whole_numbers(desk: MakeDesk) -> None:
    found = choices(desk(DESK).engine, "priority")
    assert found == (1, 3, None)
    assert [type(value) for value in found] == [int, int, type(None)]


def test_a_dimension_that_no_ticket_has_offers_only_unknown(desk: MakeDesk) -> None:
    assert choices(desk(DESK).engine, "channel") == (None,)


def test_people_are_not_offered(desk: MakeDesk) -> None:
    with pytest.raises(PersonDimension):
        choices(desk(DESK).engine, "assignee")
    with pytest.raises(UnknownName):
        choices(desk(DESK).engine, "category; DROP TABLE tickets")


def test_the_extent_reaches_from_the_first_opening_to_the_newest_event(desk: MakeDesk) -> None:
    assert extent(desk(DESK).engine) == Extent(4, ("snow", "jira"), date(2026, 3, 2), date(2026, 3, 9))


def test_the_extent_is_in_days_of_the_reporting_time_zone(desk: MakeDesk) -> None:
    # Honolulu is ten hours behind: 2 March 08:00 UTC is 1 March 22:00 there, and 9 March 10:00 UTC its midnight.
    found = extent(desk(DESK, time_zone="Pacific/Honolulu").engine)
    assert (found.first_day, found.last_day) == (date(2026, 3, 1), date(2026, 3, 9))


def test_an_empty_desk_has_no_days(desk: MakeDesk) -> None:
    assert extent(desk([]).engine) == Extent(0, (), None, None)
