"""Weekly flow, by example, and equal to the KPIs inflow, outflow and backlog."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from analytics.filters import Filters
from analytics.flow.weekly import weekly_flow, weeks_of
from analytics.period import Grain
from tests.conftest import MakeDesk
from tests.flow.streams import daily_of
from tests.properties.desks import desks, examples, opened, value_filters
from tests.warehouse_of import window

DESK = """
ticket | status   | group   | opened           | resolved
A      | resolved | network | 2026-03-02 08:00 | 2026-03-10 10:00
B      | new      | network | 2026-03-04 09:00 |
C      | resolved |         | 2026-03-09 00:00 | 2026-03-09 09:00
D      | resolved | desk    | 2026-03-18 08:00 | 2026-03-22 23:59
"""


def test_opened_ended_net_and_open_by_week(desk: MakeDesk) -> None:
    frame = weekly_flow(desk(DESK).engine, window()).frame
    assert [f"{week:%m-%d}" for week in frame["week"]] == ["03-02", "03-09", "03-16"]
    assert frame["opened"].tolist() == [2, 1, 1]
    assert frame["ended"].tolist() == [0, 2, 1]
    assert frame["net"].tolist() == [2 - 0, 1 - 2, 1 - 1]
    assert frame["open"].tolist() == [2, 2 + 1 - 2, 1 + 1 - 1]
    assert frame["partial"].tolist() == [False, False, False]


def test_the_end_of_the_period_cuts_and_its_start_does_not(desk: MakeDesk) -> None:
    frame = weekly_flow(desk(DESK).engine, window("2026-03-10", "2026-03-19")).frame
    assert frame["opened"].tolist() == [2, 1, 1]
    assert frame["open"].tolist() == [2, 1, 2]
    assert frame["partial"].tolist() == [False, False, True]  # Monday to Wednesday of the third


def test_values_and_what_stands_behind_them(desk: MakeDesk) -> None:
    found = weekly_flow(desk(DESK).engine, window(assignment_group="network"))
    assert found.frame["opened"].tolist() == [2, 0, 0]
    assert found.basis.used == 2
    assert found.basis.parameters == {"assignment_group_0": "network"}
    assert "network" not in found.basis.sql


def test_nothing_loaded_is_no_week(desk: MakeDesk) -> None:
    assert weekly_flow(desk([]).engine, window()).frame.empty


@pytest.mark.parametrize(
    ("end", "partial"),
    [
        (date(2024, 1, 13), False),  # Friday is covered, and this desk rests at weekends
        (date(2024, 1, 12), True),  # to Thursday: four of five working days
        (date(2024, 1, 15), False),
    ],
)
def test_a_week_is_whole_where_the_days_covered_carry_nearly_all(end: date, partial: bool) -> None:
    frame = weeks_of(daily_of([100, 100]), None, end)
    assert frame["partial"].tolist() == [False, partial]


def test_a_first_week_that_begins_on_a_tuesday_is_partial() -> None:
    assert weeks_of(daily_of([100, 100], first=date(2024, 1, 2)), None, None)["partial"].tolist() == [True, False]
    assert weeks_of(daily_of([100, 100]), date(2024, 1, 2), None)["partial"].tolist() == [True, False]


def test_of_few_tickets_every_weekday_counts() -> None:
    frame = weeks_of(daily_of([10, 10]), None, date(2024, 1, 13))
    assert frame["partial"].tolist() == [False, True]


@examples
@given(desks, value_filters())
def test_the_weeks_are_the_kpis(listed: list[dict[str, Any]], where: dict[str, list[Any]]) -> None:
    chosen = Filters.of(where=where)
    with opened(listed) as desk:
        frame = weekly_flow(desk.engine, chosen).frame
        for column, kpi in (("opened", "inflow"), ("ended", "outflow"), ("open", "backlog")):
            expected = desk.by_period(kpi, Grain.WEEK, chosen)
            for week, count in zip(frame["week"], frame[column], strict=True):
                assert count == (expected.get(f"{week:%Y-%m-%d}") or 0), (kpi, week)
        assert frame["net"].tolist() == frame["open"].diff().fillna(frame["open"]).tolist()
