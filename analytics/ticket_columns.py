"""The columns a table of tickets can have: their titles with units, and which the loaded data fills."""

from analytics.tickets import PEOPLE
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TICKETS, Column

USUAL: tuple[str, ...] = (
    "ticket_id", "source", "ticket_type", "title", "status", "priority", "category", "service", "assignment_group",
    "opened_at", "first_response_at", "resolved_at", "resolution_hours", "due_at", "sla_met", "reassignment_count",
    "reopen_count",
)  # fmt: skip
_TITLES = {
    "ticket_id": "Ticket", "ticket_type": "Type", "source_status": "Status in the source",
    "source_priority": "Priority in the source", "assignment_group": "Group", "sla_met": "SLA met",
    "response_breached": "Response missed, says the source",
    "resolution_breached": "Resolution missed, says the source",
    "reopen_count": "Reopenings", "reassignment_count": "Hand-offs", "reply_count": "Replies",
    "first_contact_resolved": "Resolved at first contact", "first_contact_rule": "Rule of first contact",
    "pending_hours": "On hold (h)", "handle_hours": "Work booked (h)", "resolution_hours": "Time to resolve (h)",
    "response_hours": "Time to first response (h)", "business_resolution_hours": "Business time to resolve (h)",
    "business_response_hours": "Business time to first response (h)", "satisfaction": "Satisfaction (0 to 1)",
    "parent_id": "Parent", "problem_id": "Problem", "caused_by_change_id": "Caused by change",
    "last_event_at": "Last event",
}  # fmt: skip
_OF_TICKETS: dict[str, Column] = {column.name: column for column in TICKETS}
# A place in one snapshot, which says nothing to a reader.
_INTERNAL = ("ticket_key",)


def column_title(name: str) -> str:
    """What a column is called on screen, in our own words: `Opened`, `Time to resolve (h)`."""
    if name in _TITLES:
        return _TITLES[name]
    words = name.removesuffix("_at").replace("_", " ")
    return (f"{words.removesuffix(' on')} (day)" if name.endswith("_on") else words).capitalize()


def column_type(name: str) -> str:
    """The SQL type of a column of tickets; raises `KeyError` for another name."""
    return _OF_TICKETS[name].type


def allowed_columns(people: bool) -> tuple[str, ...]:
    """All columns a table may show or be sorted by; names of people only where an administrator shows them."""
    return tuple(name for name in _OF_TICKETS if name not in _INTERNAL and (people or name not in PEOPLE))


def filled_columns(engine: Engine) -> tuple[str, ...]:
    """The columns of which any ticket has a value, people included."""
    counts = ", ".join(f"count({name}) AS {name}" for name in allowed_columns(people=True))
    row = engine.query(f"SELECT {counts} FROM tickets").iloc[0]
    return tuple(name for name in allowed_columns(people=True) if row[name])


def usual_columns(filled: tuple[str, ...], sources: int, people: bool) -> tuple[str, ...]:
    """The columns shown at first: the usual ones that are filled, the source only where there are several."""
    wanted = (*USUAL, *(PEOPLE if people else ()))
    found = tuple(name for name in wanted if name in filled and (name != "source" or sources > 1))
    return found or ("ticket_id",)
