"""Wrong answers: ended tickets that had been reopened, since the first answer did not solve them."""

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import Numbers
from analytics.diagnostic.share_finding import Counted, share_finding, window_of
from analytics.filters import Filters
from analytics.flow.basis import Basis
from analytics.formatting import percent_text
from analytics.kpis.reopen_rate import REOPEN_RATE
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

_NAME = "wrong_answers"


def wrong_answers(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
    """The reopen rate against the share allowed."""
    days, limit = numbers.threshold(_NAME, "window_days"), numbers.threshold(_NAME, "reopened_share")
    window = window_of(engine, filters, days)
    chosen = " AND ".join(
        ["ended_at IS NOT NULL", *window.period_conditions(REOPEN_RATE.anchor), *window.value_conditions()]
    )
    counted = Counted(
        f"  SELECT {REOPEN_RATE.population} AS is_whole, coalesce(reopen_count > 0, FALSE) AS is_part\n"
        f"  FROM tickets WHERE {chosen} AND coalesce(status, '') <> 'cancelled'",
        "ended tickets", "had been reopened",
        Selection("tickets ended after being reopened", f"{REOPEN_RATE.population} AND reopen_count > 0 AND {chosen}"),
        "reopenings are not counted in these exports", 0.5,
    )  # fmt: skip
    rule = (
        f"Agrees where more than {percent_text(limit)} of the tickets that ended in the last {days:g} days had been "
        "reopened, beyond chance."
    )
    basis = Basis(REOPEN_RATE.definition, "", {}, None, 0, caveats=REOPEN_RATE.caveats, source=REOPEN_RATE.source)
    return share_finding(engine, window, _NAME, counted, limit, rule, basis)
