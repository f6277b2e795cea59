"""Building a snapshot: the collection, with everything derived, written to a new database file and checked."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from analytics.errors import BacklightError
from analytics.warehouse.business_calendar import FACT, BusinessCalendar, shipped_calendar
from analytics.warehouse.business_time import create_calendar
from analytics.warehouse.derivation import derive_tickets, newest_event
from analytics.warehouse.notes import create_notes
from analytics.warehouse.schema import LAYOUT
from analytics.warehouse.stays import create_stays

TARGET = "next_snapshot"


def build_snapshot(
    connection: duckdb.DuckDBPyConnection, building: Path, time_zone: str, business: BusinessCalendar | None = None
) -> None:
    """Write the collection in `connection` to the database file `building`, complete and closed.

    Days are those of the reporting `time_zone`, business hours those of `business` (None: of the shipped calendar).
    """
    business = business or shipped_calendar()
    path = str(building).replace("'", "''")
    connection.execute(f"ATTACH '{path}' AS {TARGET}")
    as_of = newest_event(connection)
    create_calendar(connection, TARGET, time_zone, as_of, business)
    derive_tickets(connection, TARGET, time_zone, as_of, business)
    create_stays(connection, TARGET, time_zone, as_of)
    for table in ("ticket_events", "imports", "rejected_rows"):
        connection.execute(f"CREATE TABLE {TARGET}.{table} AS FROM {table}")
    create_notes(connection, TARGET)
    _create_facts(connection, time_zone, as_of, business)
    _check(connection)
    connection.execute(f"CHECKPOINT {TARGET}")
    connection.execute(f"DETACH {TARGET}")


def _create_facts(
    connection: duckdb.DuckDBPyConnection, time_zone: str, as_of: str | None, business: BusinessCalendar
) -> None:
    connection.execute(f"CREATE TABLE {TARGET}.facts (name VARCHAR, value VARCHAR)")
    facts = {
        "as_of": _local(as_of, time_zone) if as_of else None,
        "reporting_time_zone": time_zone,
        FACT: business.fact,
        "layout": LAYOUT,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    connection.executemany(f"INSERT INTO {TARGET}.facts VALUES (?, ?)", list(facts.items()))


def _local(moment: str, time_zone: str) -> str:
    utc = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return utc.astimezone(ZoneInfo(time_zone)).replace(tzinfo=None).isoformat(sep=" ")


def _check(connection: duckdb.DuckDBPyConnection) -> None:
    """Nothing is published in which tickets were lost or doubled on the way."""
    row = connection.execute(
        f"SELECT (SELECT count(*) FROM tickets), count(*), count(DISTINCT (source, ticket_id)) FROM {TARGET}.tickets"
    ).fetchone()
    if row is None or len(set(row)) != 1:
        raise BacklightError(
            f"The new snapshot does not hold the tickets it should ({row}): nothing was changed; please report this."
        )
