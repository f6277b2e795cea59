"""Results by day, added up, are what a statement of its own says of the period: for any desk, filters and grain."""

from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.day_sums import added_up, outflow_by_day
from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import measure_each
from analytics.period import Grain
from tests.properties.desks import GRAINS, desks, examples, filters, opened
from tests.warehouse_of import known

NAMES = ("mttr", "fcr", "sla_adherence", "inflow", "outflow", "backlog")


@examples
@given(desks, st.lists(filters(), min_size=1, max_size=4))
def test_days_added_up_are_the_period(listed: list, asked: list[Filters]) -> None:
    where = asked[0].where
    with opened(listed) as desk:
        every = Filters(where=where)
        for name in NAMES:
            kpi = find_kpi(name)
            daily = measure_each(desk.engine, [kpi], every, grain=Grain.DAY)[name]
            for each in asked:
                window = Filters(each.start, each.end, where)
                for grain in (None, *GRAINS):
                    _alike(added_up(daily, window, grain), measure_each(desk.engine, [kpi], window, grain=grain)[name])


@examples
@given(desks, filters())
def test_the_outflow_is_the_inflow_less_the_growth_of_the_backlog(listed: list, asked: Filters) -> None:
    earlier = asked.between(asked.start - timedelta(days=1) if asked.start else None, asked.end)
    with opened(listed) as desk:
        found = measure_each(desk.engine, [find_kpi("inflow"), find_kpi("outflow")], asked, grain=Grain.DAY)
        backlog = measure_each(desk.engine, [find_kpi("backlog")], earlier, grain=Grain.DAY)["backlog"]
        _alike(outflow_by_day(found["inflow"], backlog), found["outflow"])


def _alike(one: object, other: object) -> None:
    assert one.query == other.query
    assert list(one.frame.columns) == list(other.frame.columns)
    assert len(one.frame) == len(other.frame)
    for column in ("value", "numerator", "denominator"):
        left, right = (result.frame[column].to_numpy(dtype=float) for result in (one, other))
        if column == "numerator":  # the sum of no hours
            left, right = np.nan_to_num(left), np.nan_to_num(right)
        np.testing.assert_allclose(left, right, rtol=1e-9, err_msg=column)
    for column in set(one.frame) - {"value", "numerator", "denominator"}:
        pairs = zip(one.frame[column], other.frame[column], strict=True)
        assert all(known(left) == known(right) for left, right in pairs), column
