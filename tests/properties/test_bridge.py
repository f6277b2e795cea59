"""What holds for the bridge of any tickets: it reconciles, for every dimension and window."""

import itertools
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.flow.bridge import bridge
from analytics.flow.contributions import PARTS, contributions
from analytics.flow.telling import tellings
from analytics.kpis.backlog import BACKLOG
from analytics.period import Grain
from analytics.tickets import list_tickets
from analytics.warehouse.schema import DIMENSIONS
from tests.properties.desks import ZONES, days, desks, examples, filters, opened, value_filters

FLOWS = ("opened", "reopened", "resolved", "cancelled", "change")


@examples
@given(desks, filters(), st.sampled_from(ZONES))
def test_the_bridge_reconciles_and_its_ends_are_the_backlog_two_ways(
    listed: list[dict[str, Any]], chosen: Filters, zone: str
) -> None:
    with opened(listed, zone) as desk:
        found = bridge(desk.engine, chosen)
        assert found.leak == 0
        assert found.start + found.opened + found.reopened - found.resolved - found.cancelled == found.end
        start, end = found.filters.start, found.filters.end
        assert start is not None
        assert end is not None
        for day, level in ((start, found.start), (end, found.end)):
            until = found.filters.between(None, day)
            assert level == desk.value("backlog", until), "by running total"
            assert level == list_tickets(desk.engine, BACKLOG, until).total, "by counting"


@examples
@given(desks, filters())
def test_the_changes_of_every_dimension_sum_to_the_change(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        whole = bridge(desk.engine, chosen)
        for dimension in DIMENSIONS:
            found = contributions(desk.engine, chosen, dimension)
            frame = found.frame
            assert found.change == whole.end - whole.start, dimension
            assert (frame["start"].sum(), frame["end"].sum()) == (whole.start, whole.end), dimension
            assert (frame["end"] - frame["start"] == frame["change"]).all(), dimension
            assert frame[list(PARTS)].isna().all(axis=None) if found.before is None else True
            if found.before is not None:
                assert (frame[list(PARTS)].sum(axis=1) == frame["change"]).all(), dimension
            assert found.basis.used == whole.basis.used


@examples
@given(desks, days, st.integers(1, 40), value_filters())
def test_the_bridges_of_the_weeks_add_up_to_the_whole(
    listed: list[dict[str, Any]], start: date, length: int, where: dict[str, list[Any]]
) -> None:
    end = start + timedelta(days=length)
    with opened(listed) as desk:
        whole = bridge(desk.engine, Filters.of(start, end, where))
        edges = [start]
        while edges[-1] < end:
            edges.append(min(Grain.WEEK.next(Grain.WEEK.start(edges[-1])), end))
        weeks = [bridge(desk.engine, Filters.of(first, last, where)) for first, last in itertools.pairwise(edges)]
        for name in FLOWS:
            assert sum(getattr(week, name) for week in weeks) == getattr(whole, name), name
        for earlier, later in itertools.pairwise(weeks):
            assert earlier.end == later.start


@examples
@given(desks, filters())
def test_every_ranked_dimension_has_something_to_tell_apart(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        found = tellings(desk.engine, chosen)
        names = [telling.dimension for telling in found]
        assert len(set(names)) == len(names)
        assert "status" not in names
        for telling in found:
            frame = contributions(desk.engine, chosen, telling.dimension).frame
            assert telling.values == int((frame["opened"] + frame["ended"] > 0).sum())
            assert telling.values >= 2
            assert 0 <= telling.score <= 1
