"""Hard to reach: tickets whose first answer took more than so many business hours, or has not come."""

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share_finding import Counted, share_finding, window_of
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import percent_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "hard_to_reach"
_LATE = "business_response_hours > :most_business_hours"


def hard_to_reach(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """The share of answered tickets whose first answer was late."""
    days, limit = numbers.threshold(_NAME, "window_days"), numbers.threshold(_NAME, "late_share")
    hours = numbers.threshold(_NAME, "business_hours")
    window = window_of(engine, filters, days)
    chosen = " AND ".join(["opened_on IS NOT NULL", *window.period_conditions("opened_on"), *window.value_conditions()])
    counted = Counted(
        f"  SELECT business_response_hours IS NOT NULL AS is_whole, coalesce({_LATE}, FALSE) AS is_part\n"
        f"  FROM tickets WHERE {chosen}",
        "answered tickets", f"had their first answer after more than {hours:g} business hours",
        Selection("tickets whose first answer was late, the latest first", f"{_LATE} AND {chosen}",
                  order="business_response_hours DESC, ticket_id"),
        "no first answer is recorded", 0.5,
    )  # fmt: skip
    rule = (
        f"Agrees where more than {percent_text(limit)} of the tickets opened in the last {days:g} days had their first "
        f"answer after more than {hours:g} business hours, beyond chance."
    )
    basis = Basis(
        "Business hours from opening to the first answer, by the calendar in Settings.", "",
        {"most_business_hours": hours}, None, 0,
        caveats=(
            "A ticket without a recorded answer is left out: it may have been answered by telephone.",
            "Calls that nobody took leave no ticket.",
        ),
        source="Zendesk: first reply time.",
    )  # fmt: skip
    return share_finding(engine, window, _NAME, counted, limit, rule, basis)
