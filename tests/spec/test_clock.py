"""The clock, by example: weekday and hour of opening and of ending are those of the reporting zone."""

import pytest

from analytics.choices import choices
from analytics.filters import Filters
from analytics.warehouse.schema import CLOCK, DIMENSIONS, TRAITS
from tests.conftest import MakeDesk
from tests.warehouse_of import window

# In Rome the clock goes from 02:00 to 03:00 at 2026-03-29 01:00 UTC, and from 03:00 to 02:00 at 2026-10-25 01:00 UTC.
DESK = """
ticket | status   | opened              | resolved
A      | resolved | 2026-03-27 23:30    | 2026-03-28 10:00
B      | resolved | 2026-03-29 00:59:59 | 2026-03-29 22:30
C      | resolved | 2026-03-29 01:00    | 2026-03-30 09:59
D      | new      | 2026-10-25 00:30    |
E      | new      | 2026-10-25 01:30    |
F      | new      | 2026-10-26 08:00    |
G      | resolved |                     | 2026-10-26 08:00
"""


def test_the_weekday_of_opening_is_that_of_the_zone(desk: MakeDesk) -> None:
    # A opens on Friday at 23:30 UTC: in Rome that is Saturday, in New York still Friday.
    assert desk(DESK).by("volume", "opened_weekday") == {"Friday": 1, "Sunday": 2 + 2, "Monday": 1}
    rome = desk(DESK, "Europe/Rome").by("volume", "opened_weekday")
    assert rome == {"Saturday": 1, "Sunday": 2 + 2, "Monday": 1}
    new_york = desk(DESK, "America/New_York").by("volume", "opened_weekday")
    assert new_york == {"Friday": 1, "Saturday": 2 + 2, "Monday": 1}


def test_the_hour_that_summer_time_leaves_out_has_no_ticket(desk: MakeDesk) -> None:
    # B opens a second before the clock jumps, at 01:59:59; C at 03:00.
    hours = desk(DESK, "Europe/Rome").by("volume", "opened_hour", window("2026-03-29", "2026-03-30"))
    assert hours == {"01:00": 1, "03:00": 1}


def test_the_hour_that_comes_twice_has_the_tickets_of_both(desk: MakeDesk) -> None:
    # D and E are an hour apart, and both open at half past two.
    hours = desk(DESK, "Europe/Rome").by("volume", "opened_hour", window("2026-10-25", "2026-10-26"))
    assert hours == {"02:00": 1 + 1}


def test_the_end_has_a_weekday_and_an_hour_of_its_own(desk: MakeDesk) -> None:
    rome = desk(DESK, "Europe/Rome")
    ended = {"Saturday": 1, "Monday": 1 + 1}  # B at 22:30 UTC on Sunday is half past midnight on Monday
    assert rome.by("outflow", "ended_weekday") == ended
    assert rome.by("outflow", "ended_hour") == {"11:00": 1 + 1, "00:00": 1}


def test_a_zone_of_half_hours_counts_the_hour_on_its_wall(desk: MakeDesk) -> None:
    # 23:30 UTC is 05:15 in Kathmandu.
    kathmandu = desk(DESK, "Asia/Kathmandu")
    assert kathmandu.value("volume", window("2026-03-28", "2026-03-29", opened_hour="05:00")) == 1


def test_what_is_not_known_has_no_weekday(desk: MakeDesk) -> None:
    made = desk(DESK)
    assert made.by("backlog", "ended_weekday") == {None: 3, "Saturday": 0, "Sunday": 0, "Monday": 0}
    assert made.value("volume", Filters.of(without={"ended_weekday": ["Monday"]})) == 6 - 1


def test_they_are_filtered_like_any_other(desk: MakeDesk) -> None:
    rome = desk(DESK, "Europe/Rome")
    night = Filters.of(where={"opened_hour": ["00:00", "01:00", "02:00"]})
    assert rome.value("volume", night) == 2 + 2  # A at 00:30, B at 01:59, D and E at 02:30
    assert rome.value("mttr", window(opened_weekday="Sunday")) == ((21 + 1 / 2 + 1 / 3600) + (32 + 59 / 60)) / 2


@pytest.mark.parametrize("name", sorted(CLOCK))
def test_choices_are_in_the_order_of_the_clock(desk: MakeDesk, name: str) -> None:
    found = [value for value in choices(desk(DESK).engine, name) if value is not None]
    assert found == [value for value in CLOCK[name] if value in found]
    assert found


def test_every_dimension_is_a_trait_or_of_the_clock() -> None:
    assert set(TRAITS) | set(CLOCK) == set(DIMENSIONS)
    assert not set(TRAITS) & set(CLOCK)
    assert [len(values) for values in CLOCK.values()] == [7, 24, 7, 24]
