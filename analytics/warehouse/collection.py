"""The collection: all tickets, events, imports and rejected rows that the next snapshot will hold.

It lives in a work database beside the snapshots: filled from the current snapshot, then file by file. A newer
export of a ticket updates it; what the newer file has no column for stays as it was.
"""

from collections.abc import Collection
from pathlib import Path

import duckdb

from analytics.warehouse.schema import IMPORTS, REJECTED_ROWS, SOURCE_COLUMNS, TICKET_EVENTS, Column, names

KEPT_TABLES: dict[str, tuple[Column, ...]] = {
    "tickets": (*SOURCE_COLUMNS, Column("first_contact_flagged", "BOOLEAN", "The source has its own flag.")),
    "ticket_events": TICKET_EVENTS,
    "imports": IMPORTS,
    "rejected_rows": REJECTED_ROWS,
}
_SAME = "tickets.source = gathered.source AND tickets.ticket_id = gathered.ticket_id"


def fill_collection(connection: duckdb.DuckDBPyConnection, snapshot: Path | None) -> dict[str, str]:
    """Create the tables, filled from `snapshot` if there is one; returns the snapshot's facts."""
    if snapshot is None:
        for table, columns in KEPT_TABLES.items():
            connection.execute(f"CREATE TABLE {table} ({', '.join(f'{c.name} {c.type}' for c in columns)})")
        return {}
    connection.execute(f"ATTACH '{_quoted(snapshot)}' AS before (READ_ONLY)")
    for table, columns in KEPT_TABLES.items():
        select = ", ".join(f"{_restored(column)} AS {column.name}" for column in columns)
        connection.execute(f"CREATE TABLE {table} AS SELECT {select} FROM before.{table}")
    facts = dict(connection.execute("SELECT name, value FROM before.facts").fetchall())
    connection.execute("DETACH before")
    return facts


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _restored(column: Column) -> str:
    """What the source said, before anything was derived from it."""
    flagged = "first_contact_rule = 'flag'"
    if column.name == "first_contact_resolved":
        return f"CASE WHEN {flagged} THEN first_contact_resolved END"
    if column.name == "first_contact_flagged":
        return f"COALESCE({flagged}, FALSE)"
    return f"CAST({column.name} AS {column.type})"


def add_tickets(connection: duckdb.DuckDBPyConnection, provided: Collection[str]) -> None:
    """Take `gathered` and `gathered_events` in. `provided` are the canonical columns that the file can fill."""
    if _known_tickets(connection):
        _merge_tickets(connection, provided)
    else:
        columns = ", ".join(names(SOURCE_COLUMNS))
        connection.execute(f"INSERT INTO tickets SELECT {columns}, first_contact_resolved IS NOT NULL FROM gathered")
    connection.execute("INSERT INTO ticket_events SELECT * FROM gathered_events EXCEPT SELECT * FROM ticket_events")


def _known_tickets(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"SELECT count(*) FROM gathered SEMI JOIN tickets ON {_SAME}").fetchone()
    return int(row[0]) if row else 0


def _merge_tickets(connection: duckdb.DuckDBPyConnection, provided: Collection[str]) -> None:
    merged = ", ".join(f"{_merged(name, provided)} AS {name}" for name in names(SOURCE_COLUMNS))
    flagged = "(gathered.first_contact_resolved IS NOT NULL OR COALESCE(tickets.first_contact_flagged, FALSE))"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE arriving AS
        SELECT {merged}, {flagged} AS first_contact_flagged FROM gathered LEFT JOIN tickets ON {_SAME}""")
    connection.execute(f"DELETE FROM tickets USING arriving AS gathered WHERE {_SAME}")
    connection.execute("INSERT INTO tickets SELECT * FROM arriving")


def _merged(name: str, provided: Collection[str]) -> str:
    """The newer export's value; the value kept where the newer one has no such column."""
    if name in ("ticket_id", "source"):
        return f"gathered.{name}"
    if name not in provided:
        return f"COALESCE(gathered.{name}, tickets.{name})"
    return f"CASE WHEN tickets.updated_at > gathered.updated_at THEN tickets.{name} ELSE gathered.{name} END"
