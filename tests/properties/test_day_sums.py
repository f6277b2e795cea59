"""Results by day, added up, are what a statement of its own says of the period: for any desk, filters and grain."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.day_sums import added_up
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
