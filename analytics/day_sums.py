"""Results by day, added up to longer periods, so that one statement answers for every period on a screen.

For counts, ratios and stocks; a median or a percentile of days says nothing of their week.
"""

from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.kpi import Kpi, Ratio, Statistic
from analytics.kpis.outflow import OUTFLOW
from analytics.measure import Columns, KpiResult, result_of
from analytics.period import Grain
from analytics.query import compose

Array = np.ndarray[Any, np.dtype[Any]]


def added_up(daily: KpiResult, filters: Filters, grain: Grain | None = None, kpi: Kpi | None = None) -> KpiResult:
    """What `measure` would say of `filters` and `grain`, from a result by day whose days cover them.

    `filters` differ from those of `daily` in the period only. `kpi` is another name for the same tickets, as volume
    is for inflow.
    """
    named = kpi or daily.kpi
    if isinstance(named.value, Statistic) or daily.query.grain is not Grain.DAY:
        raise ValueError("only counts, ratios and stocks by day can be added up")
    days = daily.frame["period"].to_numpy().astype("datetime64[D]")
    start = filters.start
    if named.is_stock:  # a level at a period's end, wherever in the period the window begins; in all: at the end
        start = grain.start(start) if start and grain else None
    cut = slice(_place(days, start, 0), _place(days, filters.end, len(days)))
    edges, periods = _periods(days[cut], grain)
    columns: Columns = {"period": periods} if grain else {}
    for part in ("numerator", "denominator") if isinstance(named.value, Ratio) else ("numerator",):
        values = np.nan_to_num(daily.frame[part].to_numpy(dtype=float)[cut])
        columns[f"{named.name}_{part}"] = _last(values, edges) if named.is_stock else _sums(values, edges)
    return result_of(named, compose(named, filters, (), grain), _found(named, columns, grain), daily.as_of)


def outflow_by_day(inflow: KpiResult, backlog: KpiResult) -> KpiResult:
    """What `measure` would say of the outflow by day: the inflow less what the backlog grew by.

    Both are by day with the same filters, but the backlog begins a day earlier: what was open before counts.
    """
    filters = inflow.query.filters
    days, opened = (inflow.frame[name].to_numpy() for name in ("period", "numerator"))
    level_days, levels = (backlog.frame[name].to_numpy() for name in ("period", "numerator"))
    ended = -np.diff(np.nan_to_num(levels.astype(float)), prepend=0.0)
    ended[np.searchsorted(level_days, days)] += opened
    cut = _place(level_days.astype("datetime64[D]"), filters.start, 0)
    found = _found(OUTFLOW, {"period": level_days[cut:], f"{OUTFLOW.name}_numerator": ended[cut:]}, Grain.DAY)
    return result_of(OUTFLOW, compose(OUTFLOW, filters, (), Grain.DAY), found, inflow.as_of)


def _place(days: Array, day: object, otherwise: int) -> int:
    return otherwise if day is None else int(np.searchsorted(days, np.datetime64(str(day))))


def _periods(days: Array, grain: Grain | None) -> tuple[Array, Array]:
    """Where each period begins among the days, and with the end; and the first day of each."""
    if grain is None:
        return np.array([0, len(days)]), days[:1]
    if not len(days):
        return np.array([0]), days
    starts = grain.starts(np.datetime64(grain.start(days[0].item())), days[-1])
    return np.append(np.searchsorted(days, starts), len(days)), starts


def _sums(values: Array, edges: Array) -> Array:
    return np.asarray(np.add.reduceat(values, edges[:-1])) if len(values) else np.zeros(len(edges) - 1)


def _last(values: Array, edges: Array) -> Array:
    """The level at the end of each period; 0 before the first day."""
    return np.concatenate([[0.0], values])[edges[1:]]


def _found(kpi: Kpi, columns: Columns, grain: Grain | None) -> Columns:
    """As an engine returns them: periods without a ticket have no row."""
    if grain and not kpi.is_stock:
        tickets = columns[f"{kpi.name}_{'denominator' if isinstance(kpi.value, Ratio) else 'numerator'}"]
        columns = {name: column[tickets > 0] for name, column in columns.items()}
    return {name: pd.Series(column) for name, column in columns.items()}
