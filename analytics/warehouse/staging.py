"""Staging: the text of `cells` becomes canonical columns, row by row; nothing is merged or dropped here.

Words of the source (statuses, priorities) are looked up in the table `words` or bound, never written into SQL.
"""

import re
from collections.abc import Mapping as Dictionary
from datetime import UTC, datetime, timedelta

import duckdb

from analytics.warehouse.cells import cancelled_columns, status_columns
from analytics.warehouse.formats import ColumnRule, DateRule, ExportFormat, Mapping
from analytics.warehouse.schema import PLANNED_TIMES, SOURCE_COLUMNS, TIME_COLUMNS, Column

_WORDS = {"true": ("true", "yes", "y", "1", "t"), "false": ("false", "no", "n", "0", "f")}
_HOURS = {"": "1.0", "hours": "1.0", "minutes": "1.0 / 60", "seconds": "1.0 / 3600"}


def stage(
    connection: duckdb.DuckDBPyConnection, mapping: Mapping, dates: Dictionary[str, DateRule], time_zone: str
) -> None:
    """Create the temporary table `staged` from `cells`.

    It has `record`, all source columns, and `order_<i>` and `actor` as `cells` has them. A time later than
    tomorrow is unknown, unless it is a planned one: nothing has happened in the future.
    """
    _create_words(connection, mapping.format)
    carried = [f"order_{i}" for i in range(len(mapping.event_order))] + (["actor"] if mapping.event_actor else [])
    columns = ["record", *carried, *(f"{_value(column, mapping)} AS {column.name}" for column in SOURCE_COLUMNS)]
    statement = (
        f"CREATE OR REPLACE TEMP TABLE staged AS WITH timed AS ({_timed(mapping, dates, time_zone)}) "
        f"SELECT {', '.join(columns)} FROM timed{_lookups(mapping)}"
    )
    connection.execute(statement, _parameters(mapping, statement))


def _create_words(connection: duckdb.DuckDBPyConnection, chosen: ExportFormat) -> None:
    kinds: dict[str, Dictionary[str, object]] = {
        "status": chosen.status,
        **{f"status:{kind}": words for kind, words in chosen.status_by_type.items()},
        "priority": chosen.priority,
        "ticket_type": chosen.ticket_type,
        "prefix": chosen.ticket_type_prefix,
        "change_tier": chosen.change_tier,
    }
    rows = [(kind, word, str(value)) for kind, words in kinds.items() for word, value in words.items()]
    connection.execute("CREATE OR REPLACE TEMP TABLE words (kind VARCHAR, word VARCHAR, value VARCHAR)")
    if rows:
        connection.executemany("INSERT INTO words VALUES (?, ?, ?)", rows)


def _timed(mapping: Mapping, dates: Dictionary[str, DateRule], time_zone: str) -> str:
    """`cells` with the times read (`at_<name>`) and the ticket type told (`kind`)."""
    times = [f"{_time(name, mapping, dates, time_zone)} AS at_{name}" for name in TIME_COLUMNS]
    joins = _lookup("prefix_word", "upper(regexp_extract(cells.ticket_id, '^[^0-9]+'))", "prefix")
    kind = "prefix_word.value"
    if "ticket_type" in mapping.positions:
        joins += _lookup("type_word", "lower(cells.ticket_type)", "ticket_type")
        kind = "COALESCE(type_word.value, prefix_word.value)"
    return f"SELECT cells.*, {', '.join(times)}, COALESCE({kind}, $default_type) AS kind FROM cells{joins}"


def _time(name: str, mapping: Mapping, dates: Dictionary[str, DateRule], time_zone: str) -> str:
    if name not in mapping.positions:
        return "CAST(NULL AS TIMESTAMP)"
    unit = mapping.format.columns[name].after_opened
    if unit:
        milliseconds = f"CAST(TRY_CAST(cells.{name} AS DOUBLE) * {_HOURS[unit]} * 3600000 AS BIGINT)"
        read = f"({dates['opened_at'].sql('cells.opened_at', time_zone)} + to_milliseconds({milliseconds}))"
    else:
        read = dates[name].sql(f"cells.{name}", time_zone)
    return read if name in PLANNED_TIMES else f"CASE WHEN {read} <= $latest THEN {read} END"


def _lookup(alias: str, word: str, kind: str) -> str:
    return f" LEFT JOIN words AS {alias} ON {alias}.kind = '{kind}' AND {alias}.word = {word}"


def _lookups(mapping: Mapping) -> str:
    joins = [_lookup(column, f"lower(timed.{column})", "status") for column in status_columns(mapping)]
    if mapping.format.status_by_type:
        joins += [
            f" LEFT JOIN words AS by_type_{column} ON by_type_{column}.kind = 'status:' || timed.kind"
            f" AND by_type_{column}.word = lower(timed.{column})"
            for column in status_columns(mapping)
        ]
    joins += [
        _lookup(f"{name}_word", f"lower(timed.{name})", name)
        for name in ("priority", "change_tier")
        if name in mapping.positions
    ]
    return "".join(joins)


def _value(column: Column, mapping: Mapping) -> str:
    """SQL for one canonical column of one row."""
    special = {"source": "$source", "ticket_type": "NULLIF(timed.kind, '')", "status": _status(mapping)}
    if column.name in special:
        return special[column.name]
    if column.name in ("source_status", "source_priority"):
        return _text(column.name.removeprefix("source_"), mapping)
    if column.type == "TIMESTAMP":
        return _resolved_at(mapping) if column.name == "resolved_at" else f"timed.at_{column.name}"
    if column.name not in mapping.positions:
        return f"CAST(NULL AS {column.type})"
    if column.name in ("priority", "change_tier"):
        return f"TRY_CAST({column.name}_word.value AS {column.type})"
    return _typed(column, mapping.format.columns[column.name])


def _typed(column: Column, rule: ColumnRule) -> str:
    text = f"timed.{column.name}"
    match column.type:
        case "BOOLEAN" if rule.negative:
            return f"starts_with({text}, '-')"
        case "BOOLEAN":
            sides = [
                f"WHEN list_contains(${column.name}_{side}, lower({text})) THEN {side}" for side in ("true", "false")
            ]
            return f"CASE {' '.join(sides)} END"
        case "INTEGER":
            return f"TRY_CAST(TRY_CAST({text} AS DOUBLE) - {int(rule.minus)} AS INTEGER)"
        case "DOUBLE" if rule.words:
            return f"list_extract(${column.name}_numbers, list_position(${column.name}_words, lower({text})))"
        case "DOUBLE":
            return _hours(text, rule.unit)
    return text


def _hours(text: str, unit: str) -> str:
    """Hours from a number of `unit`, or from H:MM and H:MM:SS with any number of hours."""
    if unit != "h:m:s":
        return f"TRY_CAST({text} AS DOUBLE) * {_HOURS[unit]}"
    part = f"TRY_CAST(string_split({text}, ':')[{{}}] AS DOUBLE)"
    return f"{part.format(1)} + COALESCE({part.format(2)}, 0) / 60 + COALESCE({part.format(3)}, 0) / 3600"


def _text(name: str, mapping: Mapping) -> str:
    if name == "status" and status_columns(mapping):
        return f"COALESCE({', '.join(f'timed.{column}' for column in status_columns(mapping))})"
    return f"timed.{name}" if name in mapping.positions else "CAST(NULL AS VARCHAR)"


def _status(mapping: Mapping) -> str:
    known = [name for column in status_columns(mapping) for name in _status_values(column, mapping)]
    told = f"COALESCE({', '.join(known)})" if known else "CAST(NULL AS VARCHAR)"
    rules = [_is_cancelled(column, mapping.cancelled[i][0].listed, i) for column, i in cancelled_columns(mapping)]
    return f"CASE WHEN {' OR '.join(rules)} THEN 'cancelled' ELSE {told} END" if rules else told


def _status_values(column: str, mapping: Mapping) -> list[str]:
    return [f"by_type_{column}.value", f"{column}.value"] if mapping.format.status_by_type else [f"{column}.value"]


def _is_cancelled(column: str, listed: bool, rule: int) -> str:
    words = f"$cancelled_{rule}"
    if listed:
        return f"COALESCE(list_has_any(string_split_regex(lower(timed.{column}), '[\\s,;]+'), {words}), FALSE)"
    return f"COALESCE(list_contains({words}, lower(timed.{column})), FALSE)"


def _resolved_at(mapping: Mapping) -> str:
    """Only where the format has no resolution time at all does the closing time stand in."""
    return (
        "timed.at_resolved_at"
        if mapping.format.has_resolution_time
        else "COALESCE(timed.at_resolved_at, timed.at_closed_at)"
    )


def _parameters(mapping: Mapping, statement: str) -> dict[str, object]:
    """Values for the parameters that the statement uses."""
    values: dict[str, object] = {
        "source": mapping.format.tool or mapping.format.name,
        "default_type": mapping.format.default_ticket_type,
        "latest": datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1),
        **{f"cancelled_{i}": list(rule.words) for i, (rule, _) in enumerate(mapping.cancelled)},
    }
    for name, rule in mapping.format.columns.items():
        values[f"{name}_true"] = list(rule.true or _WORDS["true"])
        values[f"{name}_false"] = list(rule.false or _WORDS["false"])
        values[f"{name}_words"] = list(rule.words)
        values[f"{name}_numbers"] = list(rule.words.values())
    used = set(re.findall(r"\$(\w+)", statement))
    return {name: value for name, value in values.items() if name in used}
