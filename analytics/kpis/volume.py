"""Ticket volume."""

from analytics.kpi import NO_OPENING, Count, Direction, Kpi, Unit

VOLUME = Kpi(
    name="volume",
    title="Ticket volume",
    definition="Number of tickets opened in the period.",
    population="opened_on IS NOT NULL",
    anchor="opened_on",
    verb="opened",
    value=Count(),
    unit=Unit.TICKETS,
    direction=Direction.NEUTRAL,
    exclusions=(NO_OPENING,),
    caveats=("Cancelled, merged and spam tickets count: they were opened and had to be handled.",),
    source="MetricNet: tickets by opened date.",
    numerator_words="tickets opened in the period",
)
