"""SLA adherence of the first response."""

from analytics.kpi import CANCELLED, NO_OPENING, Direction, Exclusion, Kpi, Ratio, Unit

_NOT_YET = "first_response_at IS NULL AND ended_at IS NULL"

RESPONSE_SLA_ADHERENCE = Kpi(
    name="response_sla_adherence",
    title="Response SLA adherence",
    definition="Met / (met + breached) of the response target, of the tickets opened in the period.",
    population="response_breached IS NOT NULL AND opened_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled') "
    f"AND (response_breached OR NOT ({_NOT_YET}))",
    anchor="opened_on",
    verb="opened",
    value=Ratio("count(*) FILTER (WHERE NOT response_breached)", "count(response_breached)"),
    unit=Unit.RATIO,
    direction=Direction.HIGHER,
    exclusions=(
        NO_OPENING,
        CANCELLED,
        Exclusion("the source does not say whether the response target was missed", "response_breached IS NULL"),
        Exclusion("not yet answered, target not yet missed", _NOT_YET),
    ),
    caveats=(
        "Only the source's own flag tells: the target itself is in no export.",
        "Unknown is not met: a ticket that waits for its first answer counts once its target is missed.",
        "A ticket counts on the day it was opened, whenever it was answered.",
        "An automatic acknowledgement counts where the tool counts it.",
    ),
    source="AMS Ticket Analytics: response and resolution apart, never one overall figure. The flag is that of "
    "Freshservice, Freshdesk or Jira.",
    numerator_words="tickets answered within the response target",
    denominator_words="tickets answered, or whose response target was missed",
)
