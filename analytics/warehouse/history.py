"""From rows to tickets: the last row of a ticket gives the ticket, differences between its rows give its events."""

import duckdb

from analytics.warehouse.formats import Mapping
from analytics.warehouse.schema import FINAL_STATUSES, SOURCE_COLUMNS, TICKET_EVENTS, Column, names

TRACKED_FIELDS = (
    "status",
    "source_status",
    "priority",
    "assignment_group",
    "assignee",
    "category",
    "subcategory",
    "service",
    "configuration_item",
)
_FINAL = ", ".join(f"'{status}'" for status in FINAL_STATUSES)


def gather(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Turn the temporary table `staged` into `gathered` (one row per ticket) and `gathered_events`."""
    connection.execute("DROP TABLE IF EXISTS gathered")
    if not mapping.is_event_log and not _ids_repeat(connection):
        connection.execute(f"CREATE OR REPLACE TEMP TABLE gathered_events ({_typed(TICKET_EVENTS)})")
        connection.execute("ALTER TABLE staged RENAME TO gathered")
        return
    _order_rows(connection, mapping)
    _create_events(connection, mapping)
    if mapping.is_event_log:
        _create_story(connection)
    columns = ", ".join(f"{_column(name, mapping)} AS {name}" for name in names(SOURCE_COLUMNS))
    story = "LEFT JOIN story USING (ticket_id)" if mapping.is_event_log else ""
    connection.execute(f"""
        CREATE TEMP TABLE gathered AS
        SELECT {columns} FROM ordered AS last {story} WHERE last.from_last = 1""")


def _ids_repeat(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute("SELECT count(*) > count(DISTINCT ticket_id) FROM staged").fetchone()
    return bool(row and row[0])


def _typed(columns: tuple[Column, ...]) -> str:
    return ", ".join(f"{column.name} {column.type}" for column in columns)


def _order_rows(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Rows with their place in the ticket's life: by time of the update, then the source's counter, then the file."""
    ties = [f"TRY_CAST(order_{i} AS DOUBLE)" for i in range(len(mapping.event_order))]
    order = ", ".join(["updated_at NULLS FIRST", *ties, "record"])
    backwards = ", ".join(["updated_at DESC NULLS LAST", *(f"{tie} DESC" for tie in ties), "record DESC"])
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE ordered AS
        SELECT *,
            row_number() OVER (PARTITION BY ticket_id ORDER BY {order}) AS from_first,
            row_number() OVER (PARTITION BY ticket_id ORDER BY {backwards}) AS from_last
        FROM staged""")


def _create_events(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    actor = "actor" if mapping.event_actor else "CAST(NULL AS VARCHAR)"
    before = ", ".join(f"lag({field}) OVER life AS old_{field}" for field in TRACKED_FIELDS)
    changes = " UNION ALL ".join(
        f"SELECT ticket_id, source, updated_at AS happened_at, '{field}' AS field, "
        f"CAST(old_{field} AS VARCHAR) AS old_value, CAST({field} AS VARCHAR) AS new_value, {actor} AS actor "
        f"FROM lives WHERE {field} IS DISTINCT FROM old_{field}"
        for field in TRACKED_FIELDS
    )
    none = "" if mapping.is_event_log else " LIMIT 0"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE gathered_events AS
        WITH lives AS (
            SELECT *, {before} FROM ordered WINDOW life AS (PARTITION BY ticket_id ORDER BY from_first)
        )
        SELECT * FROM ({changes}){none}""")


def _create_story(connection: duckdb.DuckDBPyConnection) -> None:
    """What a ticket's rows tell when no column does: first and last update, resolution, reopenings, hand-overs."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE story AS
        WITH steps AS (
            SELECT ticket_id, from_first, updated_at, status, assignment_group, status IN ({_FINAL}) AS is_final,
                lag(status IN ({_FINAL}) IGNORE NULLS) OVER life AS was_final,
                lag(assignment_group IGNORE NULLS) OVER life AS old_group
            FROM ordered
            WINDOW life AS (PARTITION BY ticket_id ORDER BY from_first)
        ),
        ends AS (
            SELECT ticket_id, COALESCE(max(from_first) FILTER (WHERE is_final IS NOT TRUE), 0) AS last_open
            FROM steps GROUP BY ticket_id
        )
        SELECT ticket_id,
            min(updated_at) AS first_at,
            min(updated_at) FILTER (WHERE is_final AND from_first > last_open) AS resolved_at,
            max(updated_at) FILTER (WHERE status = 'closed' AND from_first > last_open) AS closed_at,
            count(*) FILTER (WHERE was_final AND NOT is_final) AS reopen_count,
            count(*) FILTER (WHERE assignment_group <> old_group) AS reassignment_count
        FROM steps JOIN ends USING (ticket_id) GROUP BY ticket_id""")


def _column(name: str, mapping: Mapping) -> str:
    """The last row's value; in an event log, what the column does not tell the story does."""
    told = {
        "opened_at": "story.first_at",
        "resolved_at": "story.resolved_at",
        "closed_at": "story.closed_at",
        "reopen_count": "story.reopen_count",
        "reassignment_count": "story.reassignment_count",
    }
    if not mapping.is_event_log or name not in told or name in mapping.positions:
        return f"last.{name}"
    if name == "reassignment_count" and "assignment_group" not in mapping.positions:
        return f"last.{name}"
    return told[name]
