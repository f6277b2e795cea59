"""Stays: how long each ticket stayed at each status, group and priority, worked out once when a snapshot is built.

Only what has a history has stays: a list export, one row a ticket, has none.
"""

import duckdb

from analytics.warehouse.business_time import day_of
from analytics.warehouse.derivation import MOST_ENUM_VALUES
from analytics.warehouse.schema import STAY_FIELDS, STAYS, names

_FIELDS = ", ".join(f"'{field}'" for field in STAY_FIELDS)
# Several changes at one moment come in no order: one whose value another of them changes was only passed through.
_CHANGES = f"""
    SELECT ticket_key, field, old_value, new_value, happened_at, COALESCE(ended_at, CAST($as_of AS TIMESTAMP)) AS until,
        count(*) OVER (PARTITION BY ticket_key, field, happened_at) > 1 AS tied
    FROM ticket_events AS event JOIN {{target}}.tickets AS ticket
    ON ticket.source = event.source AND ticket.ticket_id = event.ticket_id
    WHERE field IN ({_FIELDS})"""
_ORDERED = """
    SELECT *, tied AND EXISTS (
        SELECT 1 FROM changes AS other
        WHERE other.tied AND other.ticket_key = changes.ticket_key AND other.field = changes.field
        AND other.happened_at = changes.happened_at AND other.old_value = changes.new_value
    ) AS passed_through
    FROM changes"""
_LIVES = """
    SELECT *, COALESCE(old_value, lag(new_value IGNORE NULLS) OVER life) AS previous_value,
        lead(happened_at) OVER life AS left_at, row_number() OVER life AS place
    FROM ordered
    WINDOW life AS (PARTITION BY ticket_key, field ORDER BY happened_at, NOT passed_through, old_value, new_value)"""
# After its end a ticket is not open: what it stays at then has no hours.
_HOURS = """
    SELECT *, COALESCE(new_value <> previous_value, FALSE) AS is_change,
        CASE WHEN happened_at < until OR place = 1
            THEN greatest(0, epoch_ms(least(left_at, until)) - epoch_ms(happened_at)) / 3600000.0 END AS stay_hours
    FROM lives"""
_CHANGED = """
    SELECT *,
        sum(CASE WHEN is_change THEN 1 ELSE 0 END) OVER (PARTITION BY ticket_key, field ORDER BY place) AS changes,
        is_change AND COALESCE(
            lag(previous_value) OVER change = new_value AND lag(new_value) OVER change = previous_value, FALSE
        ) AS returned,
        lag(stay_hours) OVER change AS hours_there
    FROM hours
    WINDOW change AS (PARTITION BY ticket_key, field, is_change ORDER BY place)"""


def create_stays(connection: duckdb.DuckDBPyConnection, target: str, time_zone: str, as_of: str | None) -> None:
    """Create `<target>.stays` from `ticket_events`; days are those of the reporting `time_zone`, `as_of` is UTC."""
    _create_types(connection, target)
    formulas = {
        "field": f"CAST(field AS {target}.stay_fields)",
        "value": _value("new_value", connection, target),
        "previous_value": _value("previous_value", connection, target),
        "entered_at": "happened_at",
        "change_number": "CAST(changes AS INTEGER)",
        "away_hours": "CASE WHEN returned THEN hours_there END",
        "entered_on": day_of("happened_at"),
    }
    columns = ", ".join(f"{formulas.get(name, name)} AS {name}" for name in names(STAYS))
    connection.execute(
        f"""
        CREATE TABLE {target}.stays AS
        WITH changes AS ({_CHANGES.format(target=target)}),
        ordered AS ({_ORDERED}),
        lives AS ({_LIVES}),
        hours AS ({_HOURS}),
        changed AS ({_CHANGED})
        SELECT {columns} FROM changed ORDER BY field, ticket_key, place""",
        {"as_of": as_of, "zone": time_zone},
    )


def _create_types(connection: duckdb.DuckDBPyConnection, target: str) -> None:
    connection.execute(f"CREATE TYPE {target}.stay_fields AS ENUM ({_FIELDS})")
    counted = connection.execute(
        f"SELECT approx_count_distinct(new_value) FROM ticket_events WHERE field IN ({_FIELDS})"
    ).fetchone()
    if counted and 0 < counted[0] <= MOST_ENUM_VALUES:
        values = f"SELECT unnest([old_value, new_value]) AS value FROM ticket_events WHERE field IN ({_FIELDS})"
        known = f"SELECT DISTINCT value FROM ({values}) WHERE value IS NOT NULL ORDER BY 1"
        connection.execute(f"CREATE TYPE {target}.stay_values AS ENUM ({known})")


def _value(name: str, connection: duckdb.DuckDBPyConnection, target: str) -> str:
    """The value as an ENUM where there are few of them: that is what makes grouping by it fast."""
    found = connection.execute(
        "SELECT count(*) FROM duckdb_types() WHERE type_name = 'stay_values' AND database_name = $target",
        {"target": target},
    ).fetchone()
    return f"CAST({name} AS {target}.stay_values)" if found and found[0] else f"CAST({name} AS VARCHAR)"
