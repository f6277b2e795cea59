"""The reporting time zone, by example: days are those of the zone, durations are the same everywhere."""

import pytest

from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.period import Grain
from analytics.tickets import list_tickets
from tests.conftest import MakeDesk
from tests.warehouse_of import window

# 2026-03-29 01:00 UTC: summer time begins in Rome.
DESK = """
ticket | status   | opened           | first_response   | resolved         | due
A      | resolved | 2026-03-01 23:30 | 2026-03-01 23:31 | 2026-03-02 23:30 | 2026-03-05 00:00
B      | resolved | 2026-03-28 23:30 | 2026-03-29 22:30 | 2026-03-29 22:30 | 2026-03-30 00:00
C      | new      | 2026-03-30 08:00 |                  |                  |
"""


def test_a_ticket_at_half_past_eleven_at_night_utc_is_of_the_next_day_in_rome(desk: MakeDesk) -> None:
    utc, rome = desk(DESK), desk(DESK, "Europe/Rome")
    assert utc.value("inflow", window("2026-03-01", "2026-03-02")) == 1
    assert rome.value("inflow", window("2026-03-01", "2026-03-02")) == 0
    assert rome.value("inflow", window("2026-03-02", "2026-03-03")) == 1


def test_in_new_york_it_is_still_the_evening_before(desk: MakeDesk) -> None:
    new_york = desk(DESK, "America/New_York")
    assert new_york.value("outflow", window("2026-03-02", "2026-03-03")) == 1
    assert new_york.value("outflow", window("2026-03-03", "2026-03-04")) == 0


def test_every_day_column_follows_the_zone(desk: MakeDesk) -> None:
    rome = desk(DESK, "Europe/Rome")
    day = window("2026-03-30", "2026-03-31")  # B in Rome: 00:30 on the 30th, summer time by then
    assert [rome.value(kpi, day) for kpi in ("mttr", "outflow", "sla_adherence")] == [23, 1, 1]
    assert rome.value("first_response_time", day) == 23


@pytest.mark.parametrize("zone", ["UTC", "Europe/Rome", "America/New_York", "Asia/Kathmandu"])
def test_durations_do_not_depend_on_the_zone(desk: MakeDesk, zone: str) -> None:
    assert desk(DESK, zone).value("mttr") == (24 + 23) / 2


def test_the_backlog_is_counted_at_midnight_of_the_zone(desk: MakeDesk) -> None:
    made = desk(DESK, "Europe/Rome")
    days = made.by_period("backlog", Grain.DAY)
    assert min(days) == "2026-03-02"
    assert (days["2026-03-02"], days["2026-03-03"], days["2026-03-29"], days["2026-03-30"]) == (1, 0, 1, 1)


def test_the_as_of_time_is_local(desk: MakeDesk) -> None:
    assert f"{desk(DESK, 'Europe/Rome').engine.as_of:%Y-%m-%d %H:%M}" == "2026-03-30 10:00"
    assert f"{desk(DESK).engine.as_of:%Y-%m-%d %H:%M}" == "2026-03-30 08:00"


def test_listed_tickets_show_local_times(desk: MakeDesk) -> None:
    made = desk(DESK, "Europe/Rome")
    opened = list_tickets(made.engine, find_kpi("volume"), Filters()).frame.set_index("ticket_id")["opened_at"]
    assert f"{opened['A']:%Y-%m-%d %H:%M}" == "2026-03-02 00:30"
    assert f"{opened['C']:%Y-%m-%d %H:%M}" == "2026-03-30 10:00"
