"""Median time to resolve."""

from analytics.kpi import Direction, Kpi, Statistic, Unit
from analytics.kpis.mttr import NOT_RESOLVED, RESOLUTION_CAVEATS, RESOLVED_TICKETS

MEDIAN_TIME_TO_RESOLVE = Kpi(
    name="median_time_to_resolve",
    title="Median time to resolve",
    definition="Calendar hours from opened to resolved that half of the tickets resolved in the period stayed within.",
    population=RESOLVED_TICKETS,
    anchor="resolved_on",
    verb="resolved",
    value=Statistic("median(resolution_hours)", "count(resolution_hours)"),
    unit=Unit.HOURS,
    direction=Direction.LOWER,
    exclusions=NOT_RESOLVED,
    caveats=RESOLUTION_CAVEATS,
    source="The 50th percentile of mttr's durations, interpolated between neighbours (SQL:2003 percentile_cont).",
    numerator_words="the middle one of the hours from opened to resolved",
    denominator_words="tickets resolved in the period",
)
