"""First response time."""

from analytics.kpi import NO_OPENING, Direction, Exclusion, Kpi, Ratio, Unit

FIRST_RESPONSE_TIME = Kpi(
    name="first_response_time",
    title="First response time",
    definition="Mean calendar hours from opened to the first answer, of the tickets first answered in the period.",
    population="response_hours IS NOT NULL",
    anchor="responded_on",
    verb="first answered",
    value=Ratio("sum(response_hours)", "count(response_hours)"),
    unit=Unit.HOURS,
    direction=Direction.LOWER,
    exclusions=(
        NO_OPENING,
        Exclusion("no first response recorded", "first_response_at IS NULL"),
        Exclusion("answered before it was opened", "first_response_at < opened_at"),
    ),
    caveats=(
        "Calendar hours: nights and weekends count.",
        "An automatic acknowledgement counts where the tool counts it.",
    ),
    source="Zendesk: first reply time; unknown until there is a reply.",
    numerator_words="hours from opened to the first answer, added up",
    denominator_words="tickets first answered in the period",
)
