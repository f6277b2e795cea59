"""Backlog."""

from analytics.kpi import NO_OPENING, Direction, Kpi, Stock, Unit

BACKLOG = Kpi(
    name="backlog",
    title="Backlog",
    definition="Tickets open at the end of the period: all opened by then less all that had ended by then.",
    population="opened_on IS NOT NULL",
    anchor="opened_on",
    verb="open",
    value=Stock(entered_on="opened_on", left_on="ended_on"),
    unit=Unit.TICKETS,
    direction=Direction.LOWER,
    exclusions=(NO_OPENING,),
    caveats=(
        "A level, never summed over time.",
        "A reopened ticket counts as open from its opening to its last resolution.",
        "A finished ticket without a time of resolution or closing leaves at its last update.",
        "Split by a dimension, a ticket counts under its present value for its whole life.",
    ),
    source="HDI: open at a point in time. InvGate: rebuilt for the instant, never opened minus closed of the day.",
    numerator_words="tickets opened by the end of the period, less those that had ended by then",
)
