"""Inside: what the history says of contacts within tickets, besides those that became tickets of their own."""

from dataclasses import dataclass

from analytics.diagnostic.chasing.chaser_sql import demand_conditions
from analytics.filters import Filters
from analytics.flow.moves import where
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Inside:
    """`touches` are moments in which requesters changed something in `touched` of their tickets before the end.

    Both are None where no history names requesters; `has_history` whether there is one at all. `replies` is agents'
    mean public replies a ticket, None where they are not counted.
    """

    has_history: bool
    touched: int | None
    touches: int | None
    replies: float | None


def inside(engine: Engine, window: Filters, bound: dict[str, object]) -> Inside:
    """Of the demand of the window; `bound` as `chaser_sql.parameters` has it."""
    demand = f"SELECT * FROM tickets {where(demand_conditions(window))}"
    history = engine.query("SELECT count(*) AS events FROM ticket_events")["events"][0] > 0
    touched = engine.query(_touches_sql(demand), bound).iloc[0]
    replies = engine.query(f"SELECT avg(reply_count) AS mean, count(reply_count) AS n FROM ({demand}) AS demand", bound)
    mean = float(replies["mean"][0]) if replies["n"][0] >= FEWEST_TICKETS else None
    counted = [int(touched[name]) if touched["known"] else None for name in ("touched", "touches")]
    return Inside(bool(history), counted[0], counted[1], mean)


def _touches_sql(demand: str) -> str:
    """What happened at one moment is one touch; what the ticket was opened with is none."""
    return (
        f"WITH demand AS ({demand}),\ntouches AS (\n"
        "  SELECT DISTINCT demand.ticket_key, ticket_events.happened_at,\n"
        "    happened_at > opened_at AND (ended_at IS NULL OR happened_at < ended_at) AS is_between\n"
        "  FROM ticket_events JOIN demand USING (ticket_id, source) WHERE actor = requester\n)\n"
        "SELECT count(*) AS known, count(DISTINCT ticket_key) FILTER (WHERE is_between) AS touched,\n"
        "  count(*) FILTER (WHERE is_between) AS touches\nFROM touches"
    )
