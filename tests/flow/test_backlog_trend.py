"""The backlog's trend: the KPI's own numbers, parts that sum to the whole, and the tickets behind a point."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.backlog_trend import MOST_VALUES, backlog_trend, open_selection_on
from analytics.period import Grain
from analytics.selection import select_tickets
from tests.conftest import MakeDesk
from tests.properties.desks import SPLITS, desks, examples, filters, opened
from tests.warehouse_of import known, window

DESK = """
ticket | status   | group   | opened           | resolved
A      | resolved | network | 2026-03-02 08:00 | 2026-03-10 10:00
B      | new      | network | 2026-03-04 09:00 |
C      | resolved |         | 2026-03-09 00:00 | 2026-03-09 09:00
D      | resolved | desk    | 2026-03-18 08:00 | 2026-03-20 23:59
E      | new      |         | 2026-03-20 08:00 |
"""


def test_open_tickets_at_the_end_of_each_day(desk: MakeDesk) -> None:
    found = backlog_trend(desk(DESK).engine, window("2026-03-08", "2026-03-12"))
    assert found.grain is Grain.DAY
    assert [f"{day:%d}" for day in found.frame["period"]] == ["08", "09", "10", "11"]
    assert found.frame["open"].tolist() == [2, 2 + 1 - 1, 2 - 1, 1]
    assert found.before == 2  # A and B at the end of 7 March
    assert backlog_trend(desk(DESK).engine, window()).before == 0
    assert found.parts.empty


def test_split_by_group_largest_at_the_end_first(desk: MakeDesk) -> None:
    found = backlog_trend(desk(DESK).engine, window(), "assignment_group")
    assert found.values == ("network", None, "desk")
    assert found.labels == ("network", "not recorded", "desk")
    assert found.parts.iloc[-1].tolist() == [1, 1, 0]
    assert found.parts.sum(axis=1).tolist() == found.frame["open"].tolist()


def test_a_long_window_has_weeks(desk: MakeDesk) -> None:
    found = backlog_trend(desk(f"{DESK}F | new | desk | 2025-01-06 08:00 |\n").engine, window())
    assert found.grain is Grain.WEEK
    assert found.frame["open"].iloc[-1] == 3
    assert found.last_day(len(found.frame) - 1) == date(2026, 3, 20)  # the records' last day, within the week
    assert found.last_day(0) == date(2025, 1, 12)


def test_more_values_than_are_shown_are_other(desk: MakeDesk) -> None:
    rows = "\n".join(f"{n} | new | g{n % 9} | 2026-03-02 08:00" for n in range(9 * 3 + 8))
    found = backlog_trend(desk(f"ticket | status | group | opened\n{rows}").engine, window(), "assignment_group")
    assert found.labels == (*(f"g{n}" for n in range(MOST_VALUES)), "other")
    assert found.parts.iloc[-1].tolist() == [4] * 6 + [9 * 3 + 8 - 6 * 4]


def test_the_tickets_behind_a_point(desk: MakeDesk) -> None:
    engine = desk(DESK).engine
    chosen = open_selection_on(window(), date(2026, 3, 9))
    assert chosen.words == "tickets open at the end of 2026-03-09"
    assert select_tickets(engine, chosen).frame["ticket_id"].tolist() == ["A", "B"]
    narrowed = open_selection_on(window(assignment_group="network"), date(2026, 3, 10))
    assert narrowed.words == "tickets open at the end of 2026-03-10 where assignment group is network"
    assert select_tickets(engine, narrowed).frame["ticket_id"].tolist() == ["B"]


def test_nothing_loaded_is_an_empty_trend(desk: MakeDesk) -> None:
    found = backlog_trend(desk([]).engine, window(), "assignment_group")
    assert found.frame.empty
    assert found.marks == ()
    assert found.closures.frame.empty


@examples
@given(desks, filters(), st.sampled_from(SPLITS))
def test_it_is_the_kpi_and_its_parts_sum_to_it(listed: list[dict[str, Any]], chosen: Filters, dimension: str) -> None:
    with opened(listed) as desk:
        found = backlog_trend(desk.engine, chosen, dimension)
        if found.frame.empty:
            return
        expected = [level or 0 for level in desk.by_period("backlog", found.grain, found.filters).values()]
        assert found.frame["open"].tolist() == expected
        assert found.parts.sum(axis=1).tolist() == expected
        assert (found.parts >= 0).all(axis=None) or min(expected) < 0
        ends = desk.by("backlog", dimension, found.filters)
        for place, value in enumerate(found.values):
            assert found.parts[place].iloc[-1] == ends[known(value)]
        for place in (0, len(found.frame) - 1):
            behind = select_tickets(desk.engine, open_selection_on(chosen, found.last_day(place)))
            assert behind.total == found.frame["open"].iloc[place]


def test_a_people_dimension_is_refused(desk: MakeDesk) -> None:
    with pytest.raises(Exception, match="assignee"):
        backlog_trend(desk(DESK).engine, window(), "assignee")


def test_split_by_priority_with_some_not_recorded(desk: MakeDesk) -> None:
    made = desk("""
    ticket | priority | opened
    A      | 2        | 2026-03-02
    B      | 2        | 2026-03-02
    C      |          | 2026-03-03
    """)
    found = backlog_trend(made.engine, Filters(), "priority")
    assert list(found.values) == [2, None]
