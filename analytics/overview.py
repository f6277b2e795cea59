"""The overview: the five core KPIs of a selection, now, before and over time, in as few statements as they allow."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from analytics.day_sums import added_up, outflow_by_day
from analytics.extent import first_day
from analytics.filters import Filters
from analytics.headline import Headline, comparable, headline
from analytics.kpis.backlog import BACKLOG
from analytics.kpis.fcr import FCR
from analytics.kpis.inflow import INFLOW
from analytics.kpis.median_time_to_resolve import MEDIAN_TIME_TO_RESOLVE
from analytics.kpis.mttr import MTTR
from analytics.kpis.outflow import OUTFLOW
from analytics.kpis.p90_time_to_resolve import P90_TIME_TO_RESOLVE
from analytics.kpis.sla_adherence import SLA_ADHERENCE
from analytics.kpis.volume import VOLUME
from analytics.measure import KpiResult, account, measure_each
from analytics.period import Grain
from analytics.ranking import ranking
from analytics.signals import Resets, Signal, judged_weeks, signals_of
from analytics.trend import Trend, trend
from analytics.warehouse.engine import Engine
from analytics.window import whole_periods

CORE = (MTTR, FCR, SLA_ADHERENCE, VOLUME, BACKLOG)
# The outflow follows from the last two.
_ASKED = (MTTR, FCR, SLA_ADHERENCE, INFLOW, BACKLOG)
_DAILY = (*_ASKED, OUTFLOW)
_DAY = timedelta(days=1)
_STATISTICS = (MEDIAN_TIME_TO_RESOLVE, P90_TIME_TO_RESOLVE)
_COURSES = (MTTR, MEDIAN_TIME_TO_RESOLVE, P90_TIME_TO_RESOLVE, FCR, SLA_ADHERENCE, INFLOW, OUTFLOW, BACKLOG)


@dataclass(frozen=True)
class Overview:
    """`headlines` in display order; `trends` and `signals` by KPI name; `categories` ranked by volume.

    Trends are over whole periods. `matching` is False if no ticket at all meets the filters.
    """

    headlines: tuple[Headline, ...]
    trends: dict[str, Trend]
    categories: pd.DataFrame
    targets: dict[str, float]
    matching: bool
    signals: dict[str, Signal]


def overview(
    engine: Engine, filters: Filters, grain: Grain, targets: dict[str, float], resets: Resets = ()
) -> Overview:
    """Measure everything that the overview shows; `resets` are the baselines that people began anew."""
    first = first_day(engine)
    earlier, periods = comparable(filters, first), whole_periods(filters, grain)
    weeks = judged_weeks(filters, engine.as_of, first)
    # At once: each is a small statement, which leaves a core idle when they take turns. By day: each is then asked
    # only once for the period, the one before, the course and the signals.
    with ThreadPoolExecutor() as pool:
        reach = _reach(filters, earlier, periods, weeks)
        asked = [
            pool.submit(
                measure_each, engine, [kpi], _with_day_before(reach) if kpi is BACKLOG else reach, grain=Grain.DAY
            )
            for kpi in _ASKED
        ]
        asked_courses = pool.submit(measure_each, engine, _STATISTICS, periods, grain=grain)
        asked_categories = pool.submit(measure_each, engine, [VOLUME], filters, by=["category"])
        daily = {name: result for one in asked for name, result in one.result().items()}
        daily[OUTFLOW.name] = outflow_by_day(daily[INFLOW.name], daily[BACKLOG.name])
        courses, by_category = asked_courses.result(), asked_categories.result()[VOLUME.name]
    now = _core(daily, filters)
    before = _core(daily, earlier) if earlier else {}
    courses |= {kpi.name: added_up(daily[kpi.name], periods, grain) for kpi in _DAILY}
    lines = tuple(
        headline(now[kpi.name], before.get(kpi.name), targets.get(kpi.name), _why_not(engine, now[kpi.name]))
        for kpi in CORE
    )
    return Overview(
        lines,
        {kpi.name: trend(courses[kpi.name]) for kpi in _COURSES},
        ranking(by_category),
        targets,
        any(result.tickets for result in now.values()),
        signals_of(daily, weeks, resets),
    )


def _reach(*periods: Filters | None) -> Filters:
    """The filters over the shortest period that holds them all."""
    held = [period for period in periods if period and (period.start is None or period.start != period.end)]
    starts, ends = [period.start for period in held], [period.end for period in held]
    return held[0].between(
        None if None in starts else min(day for day in starts if day),
        None if None in ends else max(day for day in ends if day),
    )


def _with_day_before(filters: Filters) -> Filters:
    return filters.between(filters.start - _DAY if filters.start else None, filters.end)


def _core(daily: dict[str, KpiResult], filters: Filters) -> dict[str, KpiResult]:
    """The unsplit results of the cards."""
    return {kpi.name: added_up(daily[INFLOW.name if kpi is VOLUME else kpi.name], filters, kpi=kpi) for kpi in CORE}


def _why_not(engine: Engine, result: KpiResult) -> str:
    """The reason that keeps most tickets out, where there is no value."""
    if result.value is not None:
        return ""
    excluded = account(engine, result.kpi, result.query.filters).excluded
    if not excluded:
        return "no tickets to measure"
    reason, count = max(excluded, key=lambda pair: pair[1])
    return f"{reason} ({count:,} {'ticket' if count == 1 else 'tickets'})"
