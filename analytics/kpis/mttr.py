"""Mean time to resolve."""

from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Direction, Exclusion, Kpi, Ratio, Unit

RESOLVED_TICKETS = "resolution_hours IS NOT NULL"
NOT_RESOLVED: tuple[Exclusion, ...] = (
    NO_OPENING,
    CANCELLED,
    STILL_OPEN,
    Exclusion("ended without a resolution time", "resolved_at IS NULL"),
    Exclusion("resolved before it was opened", "resolved_at < opened_at"),
)
RESOLUTION_CAVEATS: tuple[str, ...] = (
    "Calendar hours: nights, weekends and time on hold count.",
    "Tickets still open are absent, so the newest periods look better than they will in the end.",
    "All ticket types count; filter ticket_type=incident for HDI's definition.",
)

MTTR = Kpi(
    name="mttr",
    title="Mean time to resolve",
    definition="Mean calendar hours from opened to resolved, of the tickets resolved in the period.",
    population=RESOLVED_TICKETS,
    anchor="resolved_on",
    verb="resolved",
    value=Ratio("sum(resolution_hours)", "count(resolution_hours)"),
    unit=Unit.HOURS,
    direction=Direction.LOWER,
    exclusions=NOT_RESOLVED,
    caveats=(
        *RESOLUTION_CAVEATS,
        "A mean follows its longest tickets: read it beside the median and the 90th percentile.",
    ),
    source="ServiceNow Performance Analytics: average opened to resolved, by month resolved. "
    "HDI/MetricNet: business hours, incidents only.",
    numerator_words="hours from opened to resolved, added up",
    denominator_words="tickets resolved in the period",
)
