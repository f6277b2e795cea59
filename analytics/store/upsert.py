"""One row per name: enter it, or replace what was entered before. One statement, so two writers cannot collide."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Table, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite


def upsert(dialect: str, table: Table, name: str, value: object) -> UpdateBase:
    """The statement that sets the one value column of `table` for `name`, and when that was."""
    key, column, changed_at = table.columns
    return insert_or_change(dialect, table, {key.name: name}, {column.name: value, changed_at.name: datetime.now(UTC)})


def insert_or_change(dialect: str, table: Table, made: Mapping[str, Any], entered: Mapping[str, Any]) -> UpdateBase:
    """The statement that makes the row of its first column, or sets what was `entered` in the row that is there."""
    key = next(iter(table.columns))
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = insert(table).values({**made, **entered})
    return row.on_conflict_do_update(index_elements=[key], set_=dict(entered))


def put(connection: Connection, table: Table, name: str, value: object) -> None:
    """Enter or replace one row."""
    connection.execute(upsert(connection.dialect.name, table, name, value))


def remove(connection: Connection, table: Table, name: str) -> None:
    """Delete one row, if it is there."""
    connection.execute(table.delete().where(table.columns[0] == name))
