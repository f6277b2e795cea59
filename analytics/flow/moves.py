"""Moves: changes from one known value to another, and the tickets they belong to, as SQL over `stays`."""

from analytics.filters import Filters

# The first value known is no move, and neither is what an export did not say.
MOVED = "previous_value IS NOT NULL AND value IS NOT NULL AND value <> previous_value"

# One row for each ticket with a known value: its `change_number` counts all its moves.
LAST_STAY = "left_at IS NULL AND (value IS NOT NULL OR previous_value IS NOT NULL)"


def of_tickets(filters: Filters, anchor: str | None = None) -> list[str]:
    """Conditions on stays: their tickets are in the filters, and with an `anchor` that day is in the period.

    None at all where every ticket is meant: a statement over all stays is faster without them.
    """
    conditions = [*(filters.period_conditions(anchor) if anchor else []), *filters.value_conditions()]
    return [f"ticket_key IN (SELECT ticket_key FROM tickets WHERE {' AND '.join(conditions)})"] if conditions else []


def where(conditions: list[str]) -> str:
    """A WHERE clause, or nothing."""
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""
