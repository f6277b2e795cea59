"""Mean business hours to resolve."""

from analytics.kpi import Direction, Kpi, Ratio, Unit
from analytics.kpis.mttr import NOT_RESOLVED

MTTR_BUSINESS = Kpi(
    name="mttr_business",
    title="Mean business hours to resolve",
    definition="Mean business hours from opened to resolved, of the tickets resolved in the period.",
    population="business_resolution_hours IS NOT NULL",
    anchor="resolved_on",
    verb="resolved",
    value=Ratio("sum(business_resolution_hours)", "count(business_resolution_hours)"),
    unit=Unit.HOURS,
    direction=Direction.LOWER,
    exclusions=NOT_RESOLVED,
    caveats=(
        "Business hours are those of the calendar kept with the data; time on hold counts.",
        "One calendar holds for all groups: a desk that works in shifts, or in several countries, is not told apart.",
        "A ticket opened and resolved outside business hours took 0 of them, and counts.",
        "Tickets still open are absent, so the newest periods look better than they will in the end.",
        "All ticket types count; filter ticket_type=incident for HDI's definition.",
    ),
    source="HDI/MetricNet: average elapsed business hours from opened to resolved, incidents only.",
    numerator_words="business hours from opened to resolved, added up",
    denominator_words="tickets resolved in the period",
)
