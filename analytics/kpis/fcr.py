"""First contact resolution."""

from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Direction, Exclusion, Kpi, Ratio, Unit

FCR = Kpi(
    name="fcr",
    title="First contact resolution",
    definition="Share of the tickets that ended in the period which were resolved at the first contact.",
    population="first_contact_resolved IS NOT NULL AND opened_at IS NOT NULL",
    anchor="ended_on",
    verb="ended",
    value=Ratio("count(*) FILTER (WHERE first_contact_resolved)", "count(first_contact_resolved)"),
    unit=Unit.RATIO,
    direction=Direction.HIGHER,
    exclusions=(
        NO_OPENING,
        CANCELLED,
        STILL_OPEN,
        Exclusion("no column tells whether the first contact resolved it", "first_contact_resolved IS NULL"),
    ),
    caveats=(
        "The rule depends on the columns of the export; all but the tool's own flag are proxies.",
        "Rules in order: the flag; at most one reply, not reopened, one group; not reopened, one group.",
        "What no column tells (such as reopenings) is left out of the rule, and the rule's name says so.",
        "A proxy cannot see a call-back or a warm transfer.",
        "Never used to compare people.",
    ),
    source="HDI: resolved before the first contact ends. Freshservice: no customer reply after the first response. "
    "ServiceNow Benchmarks: reassignment count 0.",
    numerator_words="tickets resolved at the first contact",
    denominator_words="tickets ended in the period of which that can be told",
)
