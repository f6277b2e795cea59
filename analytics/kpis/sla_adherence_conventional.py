"""SLA adherence as most tools report it: only tickets that have ended are judged."""

from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Direction, Exclusion, Kpi, Ratio, Unit

SLA_ADHERENCE_CONVENTIONAL = Kpi(
    name="sla_adherence_conventional",
    title="SLA adherence, conventional",
    definition="Met / (met + breached) of the resolution target, of the tickets that have ended.",
    population="sla_met IS NOT NULL AND ended_at IS NOT NULL AND opened_at IS NOT NULL",
    anchor="judged_on",
    verb="judged",
    value=Ratio("count(*) FILTER (WHERE sla_met)", "count(sla_met)"),
    unit=Unit.RATIO,
    direction=Direction.HIGHER,
    exclusions=(
        NO_OPENING,
        CANCELLED,
        STILL_OPEN,
        Exclusion("no target known", "due_at IS NULL"),
        Exclusion("ended at an unknown time", "sla_met IS NULL"),
    ),
    caveats=(
        "A ticket that missed its target and is still open is absent: the later it ends, the better this looks.",
        "Read it beside sla_adherence, which counts those tickets as breached.",
        "Unknown is not met: a ticket without a target is left out.",
        "Where the source keeps its own flag, the flag decides; else the due time does.",
    ),
    source="ServiceNow Benchmarks: resolved within SLA / resolved. ITIL v3: closed within target / closed.",
    numerator_words="tickets that ended within the resolution target",
    denominator_words="tickets that ended and whose target is known",
)
