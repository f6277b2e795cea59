"""Outflow."""

from analytics.kpi import NO_OPENING, STILL_OPEN, Count, Direction, Kpi, Unit

OUTFLOW = Kpi(
    name="outflow",
    title="Outflow",
    definition="Tickets that left the backlog in the period: resolved, else closed, else cancelled.",
    population="opened_on IS NOT NULL AND ended_on IS NOT NULL",
    anchor="ended_on",
    verb="ended",
    value=Count(),
    unit=Unit.TICKETS,
    direction=Direction.NEUTRAL,
    exclusions=(NO_OPENING, STILL_OPEN),
    caveats=(
        "A ticket leaves once, at its last resolution.",
        "A mass closure counts as outflow: look at the day before calling it an improvement.",
    ),
    source="Flow metrics: net flow = arrivals - departures.",
    numerator_words="tickets resolved, closed or cancelled in the period",
)
