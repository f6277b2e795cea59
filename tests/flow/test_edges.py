"""The edges of an export, by example: what is found, what is left out of rates, and that growth is not cut."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.flow.edges import (
    CLOSED_ONLY,
    COLLAPSE,
    OPENED_SINCE,
    PARTIAL,
    RAMP_UP,
    START,
    Edges,
    dense_weeks,
    edges,
    edges_of,
)
from tests.conftest import MakeDesk
from tests.flow.streams import MONDAY, ages_of, daily_of
from tests.warehouse_of import window

QUICK = ages_of({0: 950, 3: 50})


def _monday(place: int) -> date:
    return MONDAY + timedelta(weeks=place)


def _kinds(found: Edges) -> list[str]:
    return [mark.kind for mark in found.marks]


def test_a_steady_desk_that_closes_at_once_has_no_edges() -> None:
    found = edges_of(daily_of([100] * 30), QUICK)
    assert _kinds(found) == []  # under 10 % are left at the end of the first day
    assert found.first_week == _monday(0)
    assert found.last_week == _monday(29)


def test_a_few_old_rows_before_the_start_are_no_weeks() -> None:
    found = edges_of(daily_of([3, 0, 0, 1, 0] + [0] * 40 + [100] * 30), QUICK)
    start = next(mark for mark in found.marks if mark.kind == START)
    assert (start.start, start.end) == (_monday(0), _monday(45))
    assert "Only 4 tickets were opened in the 45 weeks before" in start.sentence
    assert found.first_week == _monday(45)


def test_slow_growth_is_not_cut() -> None:
    assert dense_weeks(np.arange(1, 200)) == (0, 198)
    assert dense_weeks(np.round(2 * 1.02 ** np.arange(250))) == (0, 249)
    assert dense_weeks(np.arange(200, 1, -1)) == (0, 198)


def test_one_full_week_is_not_a_stretch() -> None:
    assert dense_weeks(np.array([500] + [20] * 40)) == (0, 40)
    assert dense_weeks(np.array([20] * 40 + [500])) == (0, 40)


def test_chance_alone_is_not_cut() -> None:
    rng = np.random.default_rng(7)
    streams = [rng.poisson(mean, 156) for mean in (3, 20, 100, 300) for _ in range(50)]
    assert all(dense_weeks(stream) == (0, 155) for stream in streams)


def test_inflow_that_stops_is_a_collapse_from_its_last_week_on() -> None:
    found = edges_of(daily_of([100] * 30 + [1, 0, 2, 0, 1, 0, 0, 0, 1, 0]), QUICK)
    collapse = next(mark for mark in found.marks if mark.kind == COLLAPSE)
    assert (collapse.start, collapse.end) == (_monday(29), _monday(40))
    assert "(5 after it)" in collapse.sentence
    assert found.last_week == _monday(28)


def test_an_export_of_closed_tickets_lacks_the_newest_weeks() -> None:
    # 20 a week, each open for 30 days at most: at the end about 4 weeks' worth should be open, and none is.
    found = edges_of(daily_of([20] * 40), ages_of({10: 400, 30: 400}))
    closed = next(mark for mark in found.marks if mark.kind == CLOSED_ONLY)
    last_day = _monday(40) - timedelta(days=1)
    assert closed.start == last_day - timedelta(days=30)  # the first age that under 10 % reach
    assert found.last_week == closed.start - timedelta(days=closed.start.weekday() + 7)
    # 10 days at 100 %, 20 at 50 %: 10 / 7 * 20 + 20 / 7 * 20 / 2
    assert "About 5" in closed.sentence
    assert "0 are" in closed.sentence


def test_open_tickets_at_the_end_are_no_closed_only_export() -> None:
    assert CLOSED_ONLY not in _kinds(edges_of(daily_of([20] * 40), ages_of({10: 370, 30: 370}, {5: 30, 15: 30})))


def test_where_older_tickets_are_missing_outflow_ramps_up() -> None:
    slow = ages_of({5: 500, 20: 420, 100: 80})
    found = edges_of(daily_of([100] * 30), slow)
    ramp = next(mark for mark in found.marks if mark.kind == RAMP_UP)
    assert (ramp.start, ramp.end) == (_monday(0), _monday(0) + timedelta(days=20))
    assert found.first_week == _monday(3)
    since = next(mark for mark in found.marks if mark.kind == OPENED_SINCE)
    assert not since.left_out
    assert since.end > ramp.end


def test_a_desk_that_began_small_is_not_truncated() -> None:
    assert _kinds(edges_of(daily_of(list(range(1, 120))), QUICK)) == []


def test_partial_weeks_are_told_and_left_out() -> None:
    found = edges_of(daily_of([100] * 30, first=date(2024, 1, 3)), QUICK)
    partial = next(mark for mark in found.marks if mark.kind == PARTIAL)
    assert (partial.start, partial.end) == (_monday(0), _monday(1))
    assert found.first_week == _monday(1)


def test_the_weeks_between_the_edges_are_usable() -> None:
    found = Edges((), _monday(1), _monday(3))
    weeks = pd.Series(pd.to_datetime([_monday(place) for place in range(5)]))
    assert found.usable(weeks).tolist() == [False, True, True, True, False]
    assert not Edges().usable(weeks).any()


def test_marks_within_a_window() -> None:
    found = edges_of(daily_of([100] * 30 + [0] * 10), QUICK)
    assert COLLAPSE not in [mark.kind for mark in found.within(None, _monday(20))]
    assert [mark.kind for mark in found.within(_monday(30), None)] == [COLLAPSE]


@pytest.mark.parametrize("table", ["ticket | opened\nA | 2026-03-02 08:00", []])
def test_hardly_any_ticket_leaves_no_week(desk: MakeDesk, table: str | list[dict[str, str]]) -> None:
    found = edges(desk(table).engine, window())
    assert (found.first_week, found.last_week) == (None, None)
