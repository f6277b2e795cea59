"""Reopen rate."""

from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Direction, Exclusion, Kpi, Ratio, Unit

REOPEN_RATE = Kpi(
    name="reopen_rate",
    title="Reopen rate",
    definition="Share of the tickets that ended in the period which had been reopened at least once.",
    population="reopen_count IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL AND status <> 'cancelled'",
    anchor="ended_on",
    verb="ended",
    value=Ratio("count(*) FILTER (WHERE reopen_count > 0)", "count(reopen_count)"),
    unit=Unit.RATIO,
    direction=Direction.LOWER,
    exclusions=(
        NO_OPENING,
        CANCELLED,
        STILL_OPEN,
        Exclusion("no count of reopenings", "reopen_count IS NULL"),
        Exclusion("status not known", "status IS NULL"),
    ),
    caveats=(
        "Some tools open a new ticket instead of reopening a closed one: the rate is then too low.",
        "A return of the same problem under a new number is recurrence, not reopening.",
    ),
    source="ServiceNow: tickets with reopen count above 0 / tickets resolved.",
    numerator_words="tickets reopened at least once",
    denominator_words="tickets ended in the period whose reopenings are counted",
)
