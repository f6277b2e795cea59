"""One row per name: enter it, or replace what was entered before. One statement, so two writers cannot collide."""

from datetime import UTC, datetime

from sqlalchemy import Connection, Table, UpdateBase
from sqlalchemy.dialects import postgresql, sqlite


def upsert(dialect: str, table: Table, name: str, value: object) -> UpdateBase:
    """The statement that sets the one value column of `table` for `name`, and when that was."""
    key, column, changed_at = table.columns
    entered = {column: value, changed_at: datetime.now(UTC)}
    values = {key: name, **entered}
    if dialect == "postgresql":
        return postgresql.insert(table).values(values).on_conflict_do_update(index_elements=[key], set_=entered)
    return sqlite.insert(table).values(values).on_conflict_do_update(index_elements=[key], set_=entered)


def put(connection: Connection, table: Table, name: str, value: object) -> None:
    """Enter or replace one row."""
    connection.execute(upsert(connection.dialect.name, table, name, value))


def remove(connection: Connection, table: Table, name: str) -> None:
    """Delete one row, if it is there."""
    connection.execute(table.delete().where(table.columns[0] == name))
