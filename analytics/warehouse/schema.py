"""The canonical data model: what every export is turned into, column by column.

`TICKETS` is the one description of a ticket in the product. The importer builds the table from it, the
Definitions page prints it as the data dictionary, the filters take their dimensions from it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

SqlType = Literal["VARCHAR", "TIMESTAMP", "DATE", "BOOLEAN", "TINYINT", "INTEGER", "BIGINT", "DOUBLE"]

STATUSES = ("new", "in_progress", "pending", "resolved", "closed", "cancelled")
OPEN_STATUSES = ("new", "in_progress", "pending")
FINAL_STATUSES = ("resolved", "closed", "cancelled")
TICKET_TYPES = ("incident", "request", "problem", "change", "task")


@dataclass(frozen=True)
class Column:
    """One column: its canonical name, SQL type and meaning; `dimension` if a number may be split by it."""

    name: str
    type: SqlType
    meaning: str
    dimension: bool = False
    person: bool = False


def _text(name: str, meaning: str, dimension: bool = False, person: bool = False) -> Column:
    return Column(name, "VARCHAR", meaning, dimension, person)


def _time(name: str, meaning: str) -> Column:
    return Column(name, "TIMESTAMP", meaning)


# What an export can fill. Unknown is NULL: never 0, never "met".
SOURCE_COLUMNS: tuple[Column, ...] = (
    _text("ticket_id", "The ticket's number in its own tool; unique within `source`."),
    _text("source", "The tool it was exported from; for an unknown layout the mapping.", dimension=True),
    _text("ticket_type", "incident, request, problem, change or task.", dimension=True),
    _text("title", "The short description, as written."),
    _text("status", "new, in_progress, pending, resolved, closed or cancelled (also merged and spam).", dimension=True),
    _text("source_status", "The status in the tool's own words."),
    Column("priority", "TINYINT", "1 (most urgent) to 5, whichever way the tool counts.", dimension=True),
    _text("source_priority", "The priority in the tool's own words."),
    _text("impact", "Impact, in the tool's own words.", dimension=True),
    _text("urgency", "Urgency, in the tool's own words.", dimension=True),
    _text("category", "Category.", dimension=True),
    _text("subcategory", "Subcategory.", dimension=True),
    _text("service", "The business or technical service affected.", dimension=True),
    _text("configuration_item", "The configuration item affected.", dimension=True),
    _text("assignment_group", "The group that holds the ticket, or held it last.", dimension=True),
    _text("assignee", "The person that holds the ticket. Concealed unless an administrator shows names.", person=True),
    _text("requester", "The person the ticket is for. Concealed unless an administrator shows names.", person=True),
    _text("channel", "How the ticket arrived: phone, e-mail, portal ...", dimension=True),
    _text("site", "The requester's location.", dimension=True),
    _text("department", "The requester's department.", dimension=True),
    _time("opened_at", "When the ticket was opened (UTC)."),
    _time("first_response_at", "When a person first answered (UTC)."),
    _time("resolved_at", "When the ticket was resolved, for the last time if more than once (UTC)."),
    _time("closed_at", "When the ticket was closed (UTC)."),
    _time("updated_at", "The last update known (UTC); decides which of two exports is newer."),
    _time("due_at", "When resolution was due (UTC)."),
    Column("response_breached", "BOOLEAN", "The source says the response target was missed."),
    Column("resolution_breached", "BOOLEAN", "The source says the resolution target was missed."),
    Column("reopen_count", "INTEGER", "How often the ticket was reopened."),
    Column("reassignment_count", "INTEGER", "How often the ticket changed its assignment group."),
    Column("reply_count", "INTEGER", "Public replies by agents."),
    Column("first_contact_resolved", "BOOLEAN", "Resolved at the first contact, by the rule in `first_contact_rule`."),
    Column("satisfaction", "DOUBLE", "The requester's rating, 0 (worst) to 1 (best)."),
    Column("pending_hours", "DOUBLE", "Hours on hold, where the source keeps them."),
    Column("handle_hours", "DOUBLE", "Hours of work booked on the ticket."),
    _text("parent_id", "The parent ticket's number."),
    _text("problem_id", "The problem record linked to the ticket."),
    _text("caused_by_change_id", "The change that caused the ticket."),
    _text("change_tier", "standard, normal or emergency (changes only).", dimension=True),
    _time("planned_start_at", "Planned start of a change (UTC)."),
    _time("planned_end_at", "Planned end of a change (UTC)."),
    _text("change_outcome", "How a change ended, in the tool's own words."),
    _time("needed_by", "When the requester needs it, such as a new joiner's first day (UTC)."),
)

# Worked out once, when a snapshot is built, from the columns above and the as-of time.
DERIVED_COLUMNS: tuple[Column, ...] = (
    Column("ticket_key", "INTEGER", "The ticket's place in order of opening, from 1; joins `stays`."),
    _time(
        "ended_at", "When the ticket left the backlog: resolved, else closed, else the last update of a finished one."
    ),
    _time("last_event_at", "The last event in `ticket_events`; NULL without a history."),
    Column("opened_on", "DATE", "Day of opening in the reporting time zone."),
    Column("responded_on", "DATE", "Day of the first response in the reporting time zone."),
    Column("resolved_on", "DATE", "Day of resolution in the reporting time zone."),
    Column("ended_on", "DATE", "Day of leaving the backlog in the reporting time zone."),
    Column(
        "judged_on",
        "DATE",
        "Day on which the resolution target was met or missed: the end, or the due day if still open.",
    ),
    Column("resolution_hours", "DOUBLE", "Calendar hours from opened to resolved; NULL if negative."),
    Column("response_hours", "DOUBLE", "Calendar hours from opened to the first response; NULL if negative."),
    Column("business_resolution_hours", "DOUBLE", "Business hours from opened to resolved; NULL if negative."),
    Column("business_response_hours", "DOUBLE", "Business hours from opened to the first response; NULL if negative."),
    Column("sla_met", "BOOLEAN", "Resolution target met; FALSE also while open past the due time; NULL is unknown."),
    _text("opened_weekday", "Weekday of opening in the reporting time zone, Monday to Sunday.", dimension=True),
    _text("opened_hour", "Hour of opening in the reporting time zone: 09:00 is nine to ten.", dimension=True),
    _text("ended_weekday", "Weekday of leaving the backlog in the reporting time zone.", dimension=True),
    _text("ended_hour", "Hour of leaving the backlog in the reporting time zone.", dimension=True),
    _text("first_contact_rule", "The rule behind `first_contact_resolved`; NULL where the columns allow none."),
)

TIME_COLUMNS: tuple[str, ...] = tuple(column.name for column in SOURCE_COLUMNS if column.type == "TIMESTAMP")
# Times that may lie in the future; all others have happened.
PLANNED_TIMES: tuple[str, ...] = ("due_at", "planned_start_at", "planned_end_at", "needed_by")
PAST_TIMES: tuple[str, ...] = tuple(name for name in TIME_COLUMNS if name not in PLANNED_TIMES)

TICKETS: tuple[Column, ...] = SOURCE_COLUMNS + DERIVED_COLUMNS

TICKET_EVENTS: tuple[Column, ...] = (
    _text("ticket_id", "The ticket."),
    _text("source", "The ticket's source."),
    _time("happened_at", "When the field took the new value (UTC)."),
    _text("field", "The canonical column that changed."),
    _text("old_value", "The value before; NULL for the first value known."),
    _text("new_value", "The value after."),
    _text("actor", "Who changed it. Concealed unless an administrator shows names.", person=True),
)

STAYS: tuple[Column, ...] = (
    Column("ticket_key", "INTEGER", "The ticket."),
    _text("field", "status, source_status, assignment_group or priority."),
    _text("value", "What the field stayed at; NULL for nothing."),
    _text("previous_value", "The last value before that was known; NULL for the first."),
    _time("entered_at", "When it took the value (UTC)."),
    _time("left_at", "When it took the next one (UTC); NULL for the last value known."),
    Column("stay_hours", "DOUBLE", "Calendar hours there while the ticket was open; NULL for what came after its end."),
    Column("change_number", "INTEGER", "Changes from one known value to another up to here, this one included."),
    Column("returned", "BOOLEAN", "A change that goes straight back to where the ticket was before the last one."),
    Column("away_hours", "DOUBLE", "For a return, the hours where it had gone, while the ticket was open."),
    Column("entered_on", "DATE", "Day of taking the value in the reporting time zone."),
)

CALENDAR: tuple[Column, ...] = (
    Column("calendar_on", "DATE", "A day of the reporting time zone, from the first opening to the as-of day."),
    Column("is_business_day", "BOOLEAN", "The business calendar has hours on it."),
    _text("holiday", "The public holiday, or why else the day is closed; NULL on all other days."),
    Column("business_minutes_before", "BIGINT", "Business minutes from the first day to this one's midnight."),
)

IMPORTS: tuple[Column, ...] = (
    Column("import_id", "INTEGER", "Counts up from 1."),
    _text("file", "Name of the file, without its folder."),
    _text("hash", "SHA-256 of the file's bytes."),
    _text("format", "The format or mapping it was read with."),
    _text("mapping", "How it was read: the mapping as TOML."),
    _text("time_zone", "The zone in which times without an offset were read."),
    Column("rows_read", "BIGINT", "Records in the file: tickets + merged + rejected."),
    Column("tickets", "BIGINT", "Distinct tickets in the file."),
    Column("merged", "BIGINT", "Further rows of the same tickets."),
    Column("rejected", "BIGINT", "Rows that could not be used; kept in `rejected_rows`."),
    _text("warnings", "What the import had to say, a line each."),
    _time("imported_at", "When it was imported (UTC, by the clock)."),
)

REJECTED_ROWS: tuple[Column, ...] = (
    Column("import_id", "INTEGER", "The import it belongs to."),
    _text("file", "Name of the file, without its folder."),
    Column("line", "BIGINT", "Line in the file on which the row starts; 1 is the first."),
    _text("reason", "Why it was rejected."),
    _text("text", "The row, as it stood in the file."),
)

TABLES: dict[str, tuple[Column, ...]] = {
    "tickets": TICKETS,
    "ticket_events": TICKET_EVENTS,
    "stays": STAYS,
    "calendar": CALENDAR,
    "imports": IMPORTS,
    "rejected_rows": REJECTED_ROWS,
}

# A fingerprint of all tables and columns: it changes when they do, and older snapshots are then built anew.
LAYOUT: str = sha256(
    "\n".join(f"{table}.{c.name} {c.type}" for table, listed in TABLES.items() for c in listed).encode()
).hexdigest()[:16]

# Fields whose history becomes stays.
STAY_FIELDS: tuple[str, ...] = ("status", "source_status", "assignment_group", "priority")

DIMENSIONS: tuple[str, ...] = tuple(column.name for column in TICKETS if column.dimension)

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(f"{hour:02}:00" for hour in range(24))
# Dimensions of the clock, with their values in order. They tell when, not what: nothing there can be acted on.
CLOCK: dict[str, tuple[str, ...]] = {
    "opened_weekday": WEEKDAYS, "opened_hour": HOURS, "ended_weekday": WEEKDAYS, "ended_hour": HOURS,
}  # fmt: skip
TRAITS: tuple[str, ...] = tuple(name for name in DIMENSIONS if name not in CLOCK)


def names(columns: tuple[Column, ...]) -> tuple[str, ...]:
    """The columns' names, in order."""
    return tuple(column.name for column in columns)
