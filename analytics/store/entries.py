"""Entries: what a person gave for the columns of a table, checked as the stricter of the two databases would.

SQLite takes any length and any type, and turns NaN into NULL; PostgreSQL refuses with an error that is no sentence.
"""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Float, Integer, String, Table

from analytics.store.errors import BadEntry
from analytics.store.names import is_storable


def checked_entries(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values`, if each names a column of `table` and is what that column holds. Raises `BadEntry`."""
    for name, value in values.items():
        if name not in table.columns:
            raise BadEntry(_words(name), "is not known", "leave it out")
        if fault := fault_of(table.columns[name], value):
            raise BadEntry(_words(name), *fault)
    return dict(values)


def fault_of(column: Column[Any], value: object) -> tuple[str, str] | None:
    """What is wrong with a value and what to do about it, or None. Columns of moments are the code's own."""
    if value is None:
        return None if column.nullable else ("is missing", "enter it")
    kind = column.type
    if isinstance(kind, String):
        return _fault_of_text(value, kind.length)
    if isinstance(kind, Date):
        is_date = isinstance(value, date) and not isinstance(value, datetime)
        return None if is_date else ("is not a date", "choose a day")
    if isinstance(kind, Float):
        return None if _is_number(value) else ("is not a number", "enter a number, or leave it empty")
    if isinstance(kind, Integer):
        return None if type(value) is int else ("is not a whole number", "enter a whole number")
    return None


def _fault_of_text(value: object, longest: int | None) -> tuple[str, str] | None:
    if not isinstance(value, str) or not is_storable(value):
        return "holds a character that is not text", "write plain text"
    if longest and len(value) > longest:
        return f"has {len(value):,} characters", f"use at most {longest:,}"
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _words(name: str) -> str:
    return name.replace("_", " ")
