"""90th percentile of the time to resolve."""

from analytics.kpi import Direction, Kpi, Statistic, Unit
from analytics.kpis.mttr import NOT_RESOLVED, RESOLUTION_CAVEATS, RESOLVED_TICKETS

P90_TIME_TO_RESOLVE = Kpi(
    name="p90_time_to_resolve",
    title="90th percentile time to resolve",
    definition="Calendar hours from opened to resolved that nine in ten tickets resolved in the period stayed within.",
    population=RESOLVED_TICKETS,
    anchor="resolved_on",
    verb="resolved",
    value=Statistic("percentile_cont(0.9) WITHIN GROUP (ORDER BY resolution_hours)", "count(resolution_hours)"),
    unit=Unit.HOURS,
    direction=Direction.LOWER,
    exclusions=NOT_RESOLVED,
    caveats=RESOLUTION_CAVEATS,
    source="The 90th percentile of mttr's durations, interpolated between neighbours (SQL:2003 percentile_cont).",
    numerator_words="the hours from opened to resolved that nine in ten tickets stay within",
    denominator_words="tickets resolved in the period",
)
