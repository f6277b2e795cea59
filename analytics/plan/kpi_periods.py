"""A KPI by week or by four weeks around the start of an action, from the engine's own numbers alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from analytics.extent import first_day
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.flow.stretch import stretch
from analytics.kpi import Count, Kpi
from analytics.kpis.inflow import INFLOW
from analytics.kpis.outflow import OUTFLOW
from analytics.limits import Array
from analytics.measure import FEWEST_TICKETS, KpiResult, account, measure, measure_each
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine

LONG_WEEKS = 4
_MOST_BEFORE, _MOST_AFTER = 104, 26
# By week only where most weeks can be told by themselves.
_TOLD = 0.75
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class KpiPeriods:
    """`values` (NaN: cannot be told) of periods of `length_weeks`, which begin on the Mondays `begins`.

    The first `before` of them end before the action started; the week in which it started belongs to neither side
    unless it started on a Monday. `basis` says what they rest on.
    """

    begins: Array
    values: Array
    before: int
    length_weeks: int
    basis: Basis


def kpi_periods(engine: Engine, kpi: Kpi, filters: Filters, started_on: date) -> KpiPeriods:
    """At most 104 weeks before and 26 after, of the finished weeks that the export covers.

    Of the filters' period only the end counts. By four weeks where too few weeks have five tickets.
    """
    first, monday, end = _weeks(engine, kpi, filters, started_on)
    if first >= end:
        empty = np.array([], dtype="datetime64[D]")
        return KpiPeriods(empty, np.zeros(0), 0, 1, _basis(engine, kpi, filters, first, first, ""))
    begins = np.arange(np.datetime64(first), np.datetime64(end), 7)
    result = measure(engine, compose(kpi, filters.between(first, end), grain=Grain.WEEK))
    values = _by_week(result, begins)
    behind = _basis(engine, kpi, filters, first, end, result.query.sql)
    place = int(np.searchsorted(begins, np.datetime64(monday)))
    if Grain.WEEK.start(started_on) != started_on and place < len(begins):
        values[place] = np.nan  # the week of the start is of both sides
    told = np.isfinite(values).mean() >= _TOLD
    if told or kpi.is_stock or isinstance(kpi.value, Count):
        return KpiPeriods(begins, values, place, 1, behind)
    return _by_four(engine, kpi, filters, (first, monday, end), _after(started_on), behind)


def _after(started_on: date) -> date:
    """The first Monday from which all is after the start."""
    monday = Grain.WEEK.start(started_on)
    return monday if monday == started_on else monday + _WEEK


def _weeks(engine: Engine, kpi: Kpi, filters: Filters, started_on: date) -> tuple[date, date, date]:
    """The first Monday, the Monday of the week of the start, and the end; all the same where there is nothing."""
    earliest, as_of = first_day(engine), engine.as_of
    monday = Grain.WEEK.start(started_on)
    if earliest is None or as_of is None:
        return monday, monday, monday
    end = min(
        Grain.WEEK.start(min(as_of.date(), filters.end or as_of.date())), _after(started_on) + _MOST_AFTER * _WEEK
    )
    recorded = Grain.WEEK.start(earliest + _WEEK - timedelta(days=1))
    start = max(monday - _MOST_BEFORE * _WEEK, recorded)
    if start >= end:
        return monday, monday, monday
    begins = np.arange(np.datetime64(start), np.datetime64(end), 7)
    counted = measure_each(engine, (INFLOW, OUTFLOW), filters.between(start, end), grain=Grain.WEEK)
    opened, ended = (_counts(counted[one.name], begins) for one in (INFLOW, OUTFLOW))
    covered = stretch(opened, ended, from_the_start=start == recorded)
    from_place = covered.opened_from if kpi.anchor == "opened_on" else covered.ended_from
    first, last = start + from_place * _WEEK, start + covered.end * _WEEK
    return (first, min(monday, last), last) if first < last else (monday, monday, monday)


def _counts(result: KpiResult, begins: Array) -> Array:
    found = dict(zip(result.frame["period"].to_numpy().astype("datetime64[D]"), result.frame["value"], strict=True))
    counts = np.fromiter((found.get(monday, 0.0) for monday in begins), dtype=float, count=len(begins))
    return np.asarray(np.nan_to_num(counts))


def _by_week(result: KpiResult, begins: Array) -> Array:
    """The value of each week, NaN where it rests on too few tickets; a count without tickets is 0."""
    if isinstance(result.kpi.value, Count):
        return _counts(result, begins)
    values = np.where(result.frame["too_few"], np.nan, result.frame["value"].to_numpy(dtype=float))
    days = result.frame["period"].to_numpy().astype("datetime64[D]")
    found: Mapping[np.datetime64, float] = dict(zip(days, values, strict=True))
    return np.fromiter((found.get(monday, np.nan) for monday in begins), dtype=float, count=len(begins))


def _by_four(
    engine: Engine, kpi: Kpi, filters: Filters, span: tuple[date, date, date], after: date, behind: Basis
) -> KpiPeriods:
    """Periods of four weeks, counted back from the start and on from it."""
    first, before, end = span
    step = LONG_WEEKS * _WEEK
    earlier = [before - number * step for number in range((before - first) // step, 0, -1)]
    later = [after + number * step for number in range(max((end - after) // step, 0))]
    results = [measure(engine, compose(kpi, filters.between(day, day + step))) for day in (*earlier, *later)]
    values = [np.nan if one.value is None or one.tickets < FEWEST_TICKETS else one.value for one in results]
    begins = np.array([*earlier, *later], dtype="datetime64[D]")
    return KpiPeriods(begins, np.array(values, dtype=float), len(earlier), LONG_WEEKS, behind)


def _basis(engine: Engine, kpi: Kpi, filters: Filters, first: date, end: date, sql: str) -> Basis:
    narrowed = filters.between(first, end)
    behind = account(engine, kpi, narrowed)
    return Basis(
        definition=f"{kpi.title}: {kpi.definition}",
        sql=sql,
        parameters=narrowed.parameters(),
        as_of=engine.as_of,
        used=behind.used,
        excluded=behind.excluded,
        caveats=kpi.caveats,
        source=kpi.source,
        filters=narrowed.sentence(kpi.verb),
    )
