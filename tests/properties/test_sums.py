"""What holds for any tickets: parts add up to the whole, levels follow from flows, every ticket is accounted for."""

from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.filters import Filters
from analytics.kpi import Kpi, Statistic
from analytics.kpis import KPIS
from analytics.measure import measure_each
from analytics.period import Grain
from analytics.tickets import list_tickets
from analytics.warehouse.schema import DIMENSIONS
from tests.properties.desks import GRAINS, SPLITS, days, desks, examples, filters, opened, value_filters
from tests.warehouse_of import Desk

SUMMED = [kpi for kpi in KPIS if not isinstance(kpi.value, Statistic)]
FLOWS = [kpi for kpi in KPIS if not kpi.is_stock]


def _total(frame: pd.DataFrame, column: str) -> float:
    return float(frame[column].fillna(0).sum())


@examples
@given(desks, filters(), st.sampled_from(DIMENSIONS), st.sampled_from(SPLITS))
def test_the_parts_sum_to_the_whole(listed: list[dict[str, Any]], chosen: Filters, dimension: str, second: str) -> None:
    with opened(listed) as desk:
        for kpi in SUMMED:
            whole = desk.result(kpi.name, filters=chosen).frame
            for by in ([dimension], list({dimension: 1, second: 1})):
                parts = desk.result(kpi.name, by=by, filters=chosen).frame
                for column in ("numerator", "denominator"):
                    assert _total(parts, column) == pytest.approx(_total(whole, column)), (kpi.name, by, column)


@examples
@given(desks, filters(), st.sampled_from(SPLITS), st.sampled_from(GRAINS))
def test_the_periods_of_a_flow_sum_to_the_whole(
    listed: list[dict[str, Any]], chosen: Filters, dimension: str, grain: Grain
) -> None:
    with opened(listed) as desk:
        for kpi in FLOWS:
            whole = desk.result(kpi.name, filters=chosen).frame
            column = "denominator" if whole["numerator"].isna().all() else "numerator"
            for by in ([], [dimension]):
                periods = desk.result(kpi.name, by, grain, chosen).frame
                assert _total(periods, column) == pytest.approx(_total(whole, column)), (kpi.name, by)


@examples
@given(desks, value_filters())
def test_the_backlog_follows_from_inflow_and_outflow(listed: list[dict[str, Any]], where: dict[str, list[Any]]) -> None:
    chosen = Filters.of(where=where)
    with opened(listed) as desk:
        for grain in GRAINS:
            levels = desk.by_period("backlog", grain, chosen)
            inflow, outflow = (desk.by_period(kpi, grain, chosen) for kpi in ("inflow", "outflow"))
            assert set(inflow) | set(outflow) <= set(levels)
            before = 0.0
            for period, level in levels.items():
                assert level == before + (inflow.get(period) or 0) - (outflow.get(period) or 0), (grain, period)
                before = level or 0.0


@examples
@given(desks, filters(), st.sampled_from(GRAINS))
def test_a_window_on_the_backlog_changes_which_periods_are_shown_and_no_level(
    listed: list[dict[str, Any]], chosen: Filters, grain: Grain
) -> None:
    with opened(listed) as desk:
        everything = desk.by_period("backlog", grain, Filters(end=chosen.end, where=chosen.where))
        shown = desk.by_period("backlog", grain, chosen)
        first = grain.start(chosen.start).isoformat() if chosen.start else ""
        assert shown == {period: level for period, level in everything.items() if period >= first}


@examples
@given(desks, value_filters())
def test_used_and_excluded_are_all_tickets_of_the_selection(
    listed: list[dict[str, Any]], where: dict[str, list[Any]]
) -> None:
    chosen = Filters.of(where=where)
    wanted = sum(all(t[name] in values for name, values in where.items()) for t in listed)
    with opened(listed) as desk:
        for kpi in KPIS:
            account = desk.account(kpi.name, chosen)
            assert account.used + account.tickets_excluded == wanted, kpi.name
            assert "not told by any column" not in dict(account.excluded), kpi.name


@examples
@given(desks, days)
def test_every_ticket_is_on_one_side_of_a_day(listed: list[dict[str, Any]], middle: date) -> None:
    with opened(listed) as desk:
        for kpi in KPIS:
            if not kpi.is_stock:
                sides = (Filters(end=middle), Filters(start=middle))
                parts = [desk.account(kpi.name, side) for side in sides]
                placed = f"COALESCE({kpi.anchor}, ended_on, opened_on) IS NOT NULL"
                whole = desk.engine.query(f"SELECT count(*) AS n FROM tickets WHERE {placed}")
                assert sum(part.used + part.tickets_excluded for part in parts) == int(whole["n"].iloc[0]), kpi.name


@examples
@given(desks, filters())
def test_the_number_its_account_and_its_ticket_list_agree(listed: list[dict[str, Any]], chosen: Filters) -> None:
    with opened(listed) as desk:
        for kpi in KPIS:
            result, account = desk.result(kpi.name, filters=chosen), desk.account(kpi.name, chosen)
            behind = list_tickets(desk.engine, kpi, chosen)
            assert behind.total == len(behind.frame) == result.tickets, kpi.name
            assert kpi.is_stock or account.used == result.tickets, kpi.name
            assert list_tickets(desk.engine, kpi, chosen, used=False).total == account.tickets_excluded, kpi.name


@examples
@given(desks, filters(), st.sampled_from(SPLITS), st.sampled_from((None, *GRAINS)))
def test_several_kpis_at_once_give_what_each_gives_alone(
    listed: list[dict[str, Any]], chosen: Filters, dimension: str, grain: Grain | None
) -> None:
    with opened(listed) as desk:
        for by in ([], [dimension]):
            together = measure_each(desk.engine, KPIS, chosen, by, grain)
            assert list(together) == [kpi.name for kpi in KPIS]
            for kpi in KPIS:
                alone = desk.result(kpi.name, by, grain, chosen)
                assert together[kpi.name].query == alone.query
                pd.testing.assert_frame_equal(together[kpi.name].frame, alone.frame)


@examples
@given(desks, filters())
def test_shares_lie_between_nought_and_one_and_hours_are_not_negative(
    listed: list[dict[str, Any]], chosen: Filters
) -> None:
    with opened(listed) as desk:
        for kpi in KPIS:
            _check_range(desk, kpi, chosen)


def _check_range(desk: Desk, kpi: Kpi, chosen: Filters) -> None:
    values = desk.result(kpi.name, by=["priority"], filters=chosen).frame["value"].dropna()
    assert (values >= 0).all(), kpi.name
    assert kpi.unit != "ratio" or (values <= 1).all(), kpi.name
