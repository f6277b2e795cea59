"""SLA adherence."""

from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Direction, Exclusion, Kpi, Ratio, Unit

SLA_ADHERENCE = Kpi(
    name="sla_adherence",
    title="SLA adherence",
    definition="Met / (met + breached) of the resolution target; breached includes tickets open past their due time.",
    population="sla_met IS NOT NULL AND opened_at IS NOT NULL",
    anchor="judged_on",
    verb="judged",
    value=Ratio("count(*) FILTER (WHERE sla_met)", "count(sla_met)"),
    unit=Unit.RATIO,
    direction=Direction.HIGHER,
    exclusions=(
        NO_OPENING,
        CANCELLED,
        Exclusion("still open and not yet due", STILL_OPEN.condition),
        Exclusion("no target known", "due_at IS NULL"),
        Exclusion("ended at an unknown time", "sla_met IS NULL"),
    ),
    caveats=(
        "Unknown is not met: a ticket without a target is left out.",
        "A ticket counts in the period in which it ended; one still open past its due time, when it was due.",
        "Where the source keeps its own flag, the flag decides; else the due time does.",
    ),
    source="ServiceNow Benchmarks: resolved within SLA / resolved; open breaches are added, "
    "since leaving them out can show 100 % (BMC SLM).",
    numerator_words="tickets that met the resolution target",
    denominator_words="tickets that met it, missed it, or are open past their due time",
)
