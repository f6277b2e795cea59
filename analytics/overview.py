"""The overview: the five core KPIs of a selection, now, before and over time, in as few statements as they allow."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pandas as pd

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
from analytics.trend import Trend, trend
from analytics.warehouse.engine import Engine
from analytics.window import whole_periods

CORE = (MTTR, FCR, SLA_ADHERENCE, VOLUME, BACKLOG)
_COURSES = (MTTR, MEDIAN_TIME_TO_RESOLVE, P90_TIME_TO_RESOLVE, FCR, SLA_ADHERENCE, INFLOW, OUTFLOW, BACKLOG)


@dataclass(frozen=True)
class Overview:
    """`headlines` in display order; `trends` by KPI name over whole periods; `categories` ranked by volume.

    `matching` is False if no ticket at all meets the filters.
    """

    headlines: tuple[Headline, ...]
    trends: dict[str, Trend]
    categories: pd.DataFrame
    targets: dict[str, float]
    matching: bool


def overview(engine: Engine, filters: Filters, grain: Grain, targets: dict[str, float]) -> Overview:
    """Measure everything that the overview shows."""
    earlier = comparable(filters, first_day(engine))
    periods = whole_periods(filters, grain)
    # At once: each is many small statements, which leave a core idle when they take turns.
    with ThreadPoolExecutor() as pool:
        asked_before = pool.submit(measure_each, engine, CORE, earlier) if earlier else None
        asked_courses = pool.submit(measure_each, engine, _COURSES, periods, grain=grain)
        asked_categories = pool.submit(measure_each, engine, [VOLUME], filters, by=["category"])
        now = measure_each(engine, CORE, filters)
        before = asked_before.result() if asked_before else {}
        courses, by_category = asked_courses.result(), asked_categories.result()[VOLUME.name]
    lines = tuple(
        headline(now[kpi.name], before.get(kpi.name), targets.get(kpi.name), _why_not(engine, now[kpi.name]))
        for kpi in CORE
    )
    matching = any(result.tickets for result in now.values())
    return Overview(
        lines, {name: trend(course) for name, course in courses.items()}, ranking(by_category), targets, matching
    )


def _why_not(engine: Engine, result: KpiResult) -> str:
    """The reason that keeps most tickets out, where there is no value."""
    if result.value is not None:
        return ""
    excluded = account(engine, result.kpi, result.query.filters).excluded
    if not excluded:
        return "no tickets to measure"
    reason, count = max(excluded, key=lambda pair: pair[1])
    return f"{reason} ({count:,} {'ticket' if count == 1 else 'tickets'})"
