"""Records that several people edit: each change counts up a version, and all changes are kept.

Whoever saves says which version they saw. If another one came between, nothing is written and `EditedMeanwhile` says
so: a change is never overwritten unseen.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from analytics.store.errors import EditedMeanwhile, NoSuchRecord
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
    """Keep a new one, at version 1; its number."""
    now = datetime.now(UTC)
    entered = {**values, "version": 1, "created_at": now, "changed_at": now}
    number = int(connection.execute(insert(table).returning(table.c.id), entered).scalar_one())
    _keep_change(connection, table, number, 1, {name: (None, value) for name, value in values.items()}, now)
    return number


def change_record(connection: Connection, table: Table, number: int, seen: int, values: Values) -> int:
    """Change some fields of the version `seen`; the version now. Raises `EditedMeanwhile`, `NoSuchRecord`."""
    before = record(connection, table, number)
    changed = {name: (getattr(before, name), value) for name, value in values.items() if getattr(before, name) != value}
    if not changed:
        return int(before.version)
    now = datetime.now(UTC)
    entered = {name: after for name, (_, after) in changed.items()} | {"version": seen + 1, "changed_at": now}
    mine = (table.c.id == number) & (table.c.version == seen)
    if not connection.execute(update(table).where(mine).values(entered)).rowcount:
        raise EditedMeanwhile(_kind(table), tuple(sorted(changed)))
    _keep_change(connection, table, number, seen + 1, changed, now)
    return seen + 1


def record(connection: Connection, table: Table, number: int) -> Row[Any]:
    """One as it is now; raises `NoSuchRecord`."""
    found = connection.execute(select(table).where(table.c.id == number)).first()
    if found is None:
        raise NoSuchRecord(_kind(table), number)
    return found


def record_changes(connection: Connection, table: Table, number: int) -> tuple[RecordChange, ...]:
    """Everything that was changed in one, the oldest first."""
    columns = RECORD_CHANGES.c
    mine = (columns.kind == table.name) & (columns.record_id == number)
    rows = connection.execute(select(RECORD_CHANGES).where(mine).order_by(columns.version))
    return tuple(RecordChange(row.version, _fields(row.fields), utc(row.changed_at)) for row in rows)


def utc(moment: datetime) -> datetime:
    """The moment with its zone: SQLite gives it back without, and it is always UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _keep_change(
    connection: Connection, table: Table, number: int, version: int, fields: Mapping[str, Any], now: datetime
) -> None:
    plain = {name: [_plain(before), _plain(after)] for name, (before, after) in fields.items() if name not in _KEPT}
    entered = {
        "kind": table.name, "record_id": number, "version": version, "fields": json.dumps(plain), "changed_at": now,
    }  # fmt: skip
    connection.execute(insert(RECORD_CHANGES).values(entered))


def _fields(text: str) -> tuple[tuple[str, Any, Any], ...]:
    return tuple((name, before, after) for name, (before, after) in json.loads(text).items())


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _kind(table: Table) -> str:
    return table.name.replace("_", " ").removesuffix("s")
