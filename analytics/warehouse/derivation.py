"""Derivation: what is worked out once per ticket when a snapshot is built.

Rows are stored in order of opening and text with few values as ENUM: that is what makes the queries fast.
"""

import duckdb

from analytics.warehouse.business_calendar import BusinessCalendar
from analytics.warehouse.business_time import business_time, day_of, local_time
from analytics.warehouse.schema import CLOCK, FINAL_STATUSES, PAST_TIMES, SOURCE_COLUMNS, TICKETS, Column

MOST_ENUM_VALUES = 10_000
_FINAL = ", ".join(f"'{status}'" for status in FINAL_STATUSES)
# By their days, between which business hours pass.
_MOMENTS = {"opened": "opened_at", "responded": "first_response_at", "resolved": "resolved_at"}
_LOCAL = _MOMENTS | {"ended": "ended_at"}


def newest_event(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The as-of time: the newest event in `tickets` and `ticket_events`, UTC, as ISO text; None without tickets."""
    newest = ", ".join(f"max({name})" for name in PAST_TIMES)
    row = connection.execute(f"""
        SELECT strftime(greatest({newest}, (SELECT max(happened_at) FROM ticket_events)), '%Y-%m-%d %H:%M:%S')
        FROM tickets""").fetchone()
    return str(row[0]) if row and row[0] else None


def derive_tickets(
    connection: duckdb.DuckDBPyConnection,
    target: str,
    time_zone: str,
    as_of: str | None,
    business: BusinessCalendar,
) -> None:
    """Create `<target>.tickets` from `tickets` and `<target>.calendar`; `as_of` is UTC.

    Days are those of the reporting `time_zone`, business hours those of the `business` calendar.
    """
    enums = _create_enums(connection, target)
    stored = ", ".join(_stored(column, enums, target) for column in TICKETS)
    connection.execute(
        f"""
        CREATE TABLE {target}.tickets AS
        WITH histories AS (
            SELECT source, ticket_id, max(happened_at) AS last_event_at FROM ticket_events GROUP BY 1, 2
        ),
        ended AS (SELECT *, {_ended_at()} AS ended_at FROM tickets LEFT JOIN histories USING (source, ticket_id)),
        judged AS (SELECT *, {_sla_met()} AS sla_met, {_first_contact_rule()} AS first_contact_rule FROM ended),
        placed AS (SELECT *, {_local_times()} FROM judged),
        worked AS (SELECT placed.*, {_business_hours(business)} FROM placed {_days_of_the_calendar(target)})
        SELECT {stored} FROM (SELECT * FROM worked ORDER BY opened_at NULLS LAST, ticket_id, source)""",
        {"as_of": as_of, "zone": time_zone},
    )


def _ended_at() -> str:
    """When a ticket left the backlog; a finished one without any time leaves at its last update, else as-of."""
    finished = f"CASE WHEN status IN ({_FINAL}) THEN COALESCE(updated_at, CAST($as_of AS TIMESTAMP)) END"
    left = f"COALESCE(resolved_at, closed_at, {finished})"
    # greatest() skips NULLs: alone it would end every open ticket the moment it was opened.
    return f"CASE WHEN {left} IS NOT NULL THEN greatest(opened_at, {left}) END"


def _sla_met() -> str:
    """TRUE met, FALSE missed (also while open past the due time), NULL unknown. Cancelled tickets are not judged."""
    return (
        "CASE WHEN status = 'cancelled' THEN NULL "
        "WHEN ended_at IS NULL THEN CASE WHEN resolution_breached OR due_at < CAST($as_of AS TIMESTAMP) THEN FALSE END "
        "WHEN resolution_breached IS NOT NULL THEN NOT resolution_breached "
        "ELSE COALESCE(resolved_at, closed_at) <= due_at END"
    )


def _first_contact_rule() -> str:
    """The strongest rule that the ticket's columns allow, naming only what they tell; NULL where none does."""
    ended = "ended_at IS NOT NULL AND (status IS NULL OR status <> 'cancelled')"
    known = {
        "reply_count": "at most one reply",
        "reopen_count": "not reopened",
        "reassignment_count": "one group",
    }
    parts = ", ".join(f"CASE WHEN {count} IS NOT NULL THEN '{words}' END" for count, words in known.items())
    return (
        f"CASE WHEN NOT ({ended}) THEN NULL "
        "WHEN first_contact_flagged THEN 'flag' "
        f"WHEN COALESCE(reply_count, reassignment_count) IS NOT NULL THEN concat_ws(', ', {parts}) END"
    )


def _first_contact() -> str:
    # A count that no column holds is not part of the rule, and the rule's name does not claim it.
    one_visit = "COALESCE(reopen_count, 0) = 0 AND COALESCE(reassignment_count, 0) = 0"
    return (
        "CASE WHEN first_contact_rule IS NULL THEN NULL WHEN first_contact_rule = 'flag' THEN first_contact_resolved "
        f"ELSE COALESCE(reply_count, 0) <= 1 AND {one_visit} END"
    )


def _hours(until: str) -> str:
    return f"CASE WHEN {until} >= opened_at THEN (epoch_ms({until}) - epoch_ms(opened_at)) / 3600000.0 END"


def _local_times() -> str:
    return ", ".join(f"{local_time(moment)} AS {name}_local" for name, moment in _LOCAL.items())


def _days_of_the_calendar(target: str) -> str:
    return " ".join(
        f"LEFT JOIN {target}.calendar AS {name}_day ON {name}_day.calendar_on = CAST({name}_local AS DATE)"
        for name in _MOMENTS
    )


def _business_hours(business: BusinessCalendar) -> str:
    before = {name: business_time(f"{name}_local", f"{name}_day", business) for name in _MOMENTS}
    # Where the clocks go back, a later moment may read an earlier time.
    spent = {name: f"greatest(0, {before[name]} - {before['opened']}) / 3600000.0" for name in _MOMENTS}
    resolved = (
        f"CASE WHEN status IS DISTINCT FROM 'cancelled' AND resolved_at >= opened_at THEN {spent['resolved']} END"
    )
    responded = f"CASE WHEN first_response_at >= opened_at THEN {spent['responded']} END"
    return f"{resolved} AS business_resolution_hours, {responded} AS business_response_hours"


def _derived(name: str) -> str:
    judged = "COALESCE(ended_at, least(due_at, CAST($as_of AS TIMESTAMP)))"
    formulas = {
        "first_contact_resolved": _first_contact(),
        "ticket_key": "CAST(row_number() OVER () AS INTEGER)",
        **{f"{name}_on": f"CAST({name}_local AS DATE)" for name in _LOCAL},
        **{f"{name}_weekday": f"dayname({name}_local)" for name in ("opened", "ended")},
        **{f"{name}_hour": f"strftime({name}_local, '%H:00')" for name in ("opened", "ended")},
        "judged_on": f"CASE WHEN sla_met IS NOT NULL THEN {day_of(judged)} END",
        "resolution_hours": f"CASE WHEN status = 'cancelled' THEN NULL ELSE {_hours('resolved_at')} END",
        "response_hours": _hours("first_response_at"),
    }
    return formulas.get(name, name)


def _stored(column: Column, enums: set[str], target: str) -> str:
    formula = _derived(column.name)
    kept = f"CAST({formula} AS {target}.{column.name}_values)" if column.name in enums else formula
    return f"{kept} AS {column.name}"


def _create_enums(connection: duckdb.DuckDBPyConnection, target: str) -> set[str]:
    """Types for the text columns with few values; returns those columns."""
    texts = [c.name for c in SOURCE_COLUMNS if c.type == "VARCHAR" and (c.dimension or c.name.startswith("source"))]
    counted = ", ".join(f"approx_count_distinct({name})" for name in texts)
    counts = connection.execute(f"SELECT {counted} FROM tickets").fetchone()
    few = {name for name, count in zip(texts, counts or (), strict=True) if 0 < count <= MOST_ENUM_VALUES}
    for name, listed in CLOCK.items():
        connection.execute(f"CREATE TYPE {target}.{name}_values AS ENUM ({', '.join(map(repr, listed))})")
    for name in few:
        values = f"SELECT DISTINCT {name} FROM tickets WHERE {name} IS NOT NULL ORDER BY 1"
        connection.execute(f"CREATE TYPE {target}.{name}_values AS ENUM ({values})")
    return few | set(CLOCK)
