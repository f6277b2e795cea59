"""Inflow."""

from analytics.kpi import NO_OPENING, Count, Direction, Kpi, Unit

INFLOW = Kpi(
    name="inflow",
    title="Inflow",
    definition="Tickets that entered the backlog in the period: all that were opened.",
    population="opened_on IS NOT NULL",
    anchor="opened_on",
    verb="opened",
    value=Count(),
    unit=Unit.TICKETS,
    direction=Direction.NEUTRAL,
    exclusions=(NO_OPENING,),
    caveats=("The same tickets as volume; named apart because inflow less outflow is the change of the backlog.",),
    source="Flow metrics: net flow = arrivals - departures.",
    numerator_words="tickets opened in the period",
)
