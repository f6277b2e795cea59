"""Bridge tickets: the tickets behind each step of a bridge, and behind what one value contributed."""

from analytics.filters import Filters, Value
from analytics.flow.bridge import ENDED, OPEN_AT_END, OPEN_AT_START, OPENED, reopening_conditions
from analytics.selection import Selection

_CONDITIONS = {
    "start": ("open at the start of the period: {}", OPEN_AT_START),
    "opened": ("opened in the period: {}", OPENED),
    "reopened": ("reopened in the period: {}", ""),
    "resolved": ("resolved in the period: {}", f"{ENDED} AND (status IS NULL OR status <> 'cancelled')"),
    "cancelled": ("cancelled in the period: {}", f"{ENDED} AND status = 'cancelled'"),
    "end": ("open at the end of the period: {}", OPEN_AT_END),
}
STEPS = tuple(_CONDITIONS)


def step_tickets(window: Filters, step: str) -> Selection:
    """The tickets of one of `STEPS`; those resolved are the ones whose resolution held."""
    words, condition = _CONDITIONS[step]
    if step == "reopened":
        reopenings = " AND ".join(reopening_conditions(window))
        condition = (
            "ticket_key IN (SELECT stays.ticket_key FROM stays JOIN tickets ON tickets.ticket_key = stays.ticket_key "
            f"WHERE {reopenings})"
        )
    return _selection(window, words, condition)


def value_tickets(window: Filters, dimension: str, value: Value, change: int) -> Selection:
    """Where the backlog of a value grew, the tickets opened in the window and still open at its end; else the ended."""
    narrowed = window.only(dimension, value)
    if change > 0:
        words, condition = "opened in the period and still open at its end: {}", f"{OPENED} AND {OPEN_AT_END}"
    else:
        words, condition = "ended in the period: {}", ENDED
    return _selection(narrowed, words, condition)


def week_tickets(window: Filters) -> Selection:
    """The tickets that were opened or that ended in the window."""
    return _selection(window, "opened or ended in the period: {}", f"(({OPENED}) OR ({ENDED}))")


def _selection(window: Filters, words: str, condition: str) -> Selection:
    conditions = ["opened_on IS NOT NULL", condition, *window.value_conditions()]
    told = words.format(window.sentence("in the backlog"))
    return Selection(f"tickets {told}", " AND ".join(conditions), window.parameters())
