"""The desk's tickets as a ServiceNow list export: field names as header, every cell in quotes, words of that tool."""

from pathlib import Path

import duckdb

from tests.bench.desk import tickets_sql

STATES = {
    "in_progress": "In Progress",
    "pending": "On Hold",
    "resolved": "Resolved",
    "closed": "Closed",
    "cancelled": "Canceled",
}
PRIORITIES = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low", "5 - Planning")
# Header -> type and SQL.
FIELDS = {
    "number": ("VARCHAR", "ticket_id"),
    "short_description": ("VARCHAR", "title"),
    "state": ("VARCHAR", "[{states}][list_position([{statuses}], status)]"),
    "priority": ("VARCHAR", "[{priorities}][priority]"),
    "category": ("VARCHAR", "category"),
    "subcategory": ("VARCHAR", "subcategory"),
    "business_service": ("VARCHAR", "service"),
    "assignment_group": ("VARCHAR", "assignment_group"),
    "assigned_to": ("VARCHAR", "assignee"),
    "caller_id": ("VARCHAR", "requester"),
    "contact_type": ("VARCHAR", "channel"),
    "location": ("VARCHAR", "site"),
    "department": ("VARCHAR", "department"),
    "opened_at": ("TIMESTAMP", "opened_at"),
    "resolved_at": ("TIMESTAMP", "resolved_at"),
    "closed_at": ("TIMESTAMP", "closed_at"),
    "sys_updated_on": ("TIMESTAMP", "updated_at"),
    "due_date": ("TIMESTAMP", "due_at"),
    "reopen_count": ("INTEGER", "reopen_count"),
    "reassignment_count": ("INTEGER", "reassignment_count"),
    "made_sla": ("BOOLEAN", "COALESCE(resolved_at, updated_at) <= due_at"),
}


def write_export(path: Path, tickets: int) -> Path:
    """Write the CSV, if it is not there."""
    if not path.exists():
        texts = {"states": STATES.values(), "statuses": STATES, "priorities": PRIORITIES}
        lists = {name: ", ".join(f"'{text}'" for text in values) for name, values in texts.items()}
        columns = ", ".join(f"{sql.format(**lists)} AS {field}" for field, (_, sql) in FIELDS.items())
        path.parent.mkdir(parents=True, exist_ok=True)
        with duckdb.connect() as connection:
            connection.execute(
                f"COPY (SELECT {columns} FROM ({tickets_sql(tickets)})) TO '{path}' (HEADER, FORCE_QUOTE *)"
            )
    return path
