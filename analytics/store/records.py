"""Records that several people edit: each change counts up a version, and all changes are kept.

Whoever saves says which version they saw. If another one came between, nothing is written and `EditedMeanwhile` says
so: a change is never overwritten unseen. The row is locked when it is read, and the UPDATE itself names the version, so
that this holds on PostgreSQL too, where writers do not queue.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, insert, select, update

from analytics.store.entries import checked_entries
from analytics.store.errors import EditedMeanwhile, NoSuchRecord
from analytics.store.moments import utc
from analytics.store.tables import RECORD_CHANGES

Values = Mapping[str, Any]
_KEPT = ("id", "version", "created_at", "changed_at")


@dataclass(frozen=True)
class RecordChange:
    """One change: field -> (before, after) as text or number, None for nothing. `changed_at` is UTC."""

    version: int
    fields: tuple[tuple[str, Any, Any], ...]
    changed_at: datetime


def add_record(connection: Connection, table: Table, values: Values) -> int:
    """Keep a new one, at version 1; its number. Raises `BadEntry`."""
    now, values = datetime.now(UTC), _entered(table, values)
    made = {**values, "version": 1, "created_at": now, "changed_at": now}
    number = int(connection.execute(insert(table).returning(table.c.id), made).scalar_one())
    _keep_change(connection, table, number, 1, {name: (None, value) for name, value in values.items()}, now)
    return number


def change_record(connection: Connection, table: Table, number: int, seen: int, values: Values) -> int:
    """Change some fields of the version `seen`; the version now. Raises `EditedMeanwhile`, `NoSuchRecord`, `BadEntry`.

    Where the fields hold these values already nothing is written and `seen` comes back, be it an old one: saving
    twice harms nothing, and the next change of a version that is not the newest is still refused.
    """
    values, before = _entered(table, values), record_to_change(connection, table, number)
    changed = {name: (getattr(before, name), value) for name, value in values.items() if getattr(before, name) != value}
    if not changed:
        return seen
    now = datetime.now(UTC)
    after = {name: value for name, (_, value) in changed.items()} | {"version": seen + 1, "changed_at": now}
    mine = (table.c.id == number) & (table.c.version == seen)
    if before.version != seen or not connection.execute(update(table).where(mine).values(after)).rowcount:
        raise EditedMeanwhile(_kind(table), tuple(sorted(changed)))
    _keep_change(connection, table, number, seen + 1, changed, now)
    return seen + 1


def record(connection: Connection, table: Table, number: int) -> Row[Any]:
    """One as it is now; raises `NoSuchRecord`."""
    return _found(connection, table, number, select(table))


def record_to_change(connection: Connection, table: Table, number: int) -> Row[Any]:
    """One as it is now, which nobody else changes before the transaction ends; raises `NoSuchRecord`."""
    return _found(connection, table, number, select(table).with_for_update())


def record_changes(connection: Connection, table: Table, number: int) -> tuple[RecordChange, ...]:
    """Everything that was changed in one, the oldest first."""
    columns = RECORD_CHANGES.c
    mine = (columns.kind == table.name) & (columns.record_id == number)
    rows = connection.execute(select(RECORD_CHANGES).where(mine).order_by(columns.version))
    return tuple(RecordChange(row.version, _fields(row.fields), utc(row.changed_at)) for row in rows)


def _found(connection: Connection, table: Table, number: int, asked: Select[Any]) -> Row[Any]:
    found = connection.execute(asked.where(table.c.id == number)).first()
    if found is None:
        raise NoSuchRecord(_kind(table), number)
    return found


def _entered(table: Table, values: Values) -> dict[str, Any]:
    # How a record is numbered and dated is not entered.
    return checked_entries(table, {name: value for name, value in values.items() if name not in _KEPT})


def _keep_change(
    connection: Connection, table: Table, number: int, version: int, fields: Mapping[str, Any], now: datetime
) -> None:
    plain = {name: [_plain(before), _plain(after)] for name, (before, after) in fields.items()}
    text = json.dumps(plain, allow_nan=False)
    kept = {"kind": table.name, "record_id": number, "version": version, "fields": text, "changed_at": now}
    connection.execute(insert(RECORD_CHANGES).values(kept))


def _fields(text: str) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((name, before, after) for name, (before, after) in json.loads(text).items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _kind(table: Table) -> str:
    return table.name.replace("_", " ").removesuffix("s")
