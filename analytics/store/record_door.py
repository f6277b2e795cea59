"""Record door: one way in and out for every kind of record that several people edit."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy import Row, Table, delete, select

from analytics.store.database import Database
from analytics.store.errors import EditedMeanwhile
from analytics.store.moments import utc
from analytics.store.records import RecordChange, add_record, change_record, record, record_changes

Entered = TypeVar("Entered")


@dataclass(frozen=True)
class KeptRecord(Generic[Entered]):
    """What was entered, with its number and version; times are UTC."""

    id: int
    version: int
    entered: Entered
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class RecordDoor(Generic[Entered]):
    """The door to the records of one kind. A subclass says its table, its dataclass, and how entries are checked."""

    database: Database

    table: ClassVar[Table]
    kind: ClassVar[Callable[..., Any]]

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values as they are kept; raises `BadEntry`, `BadNote`."""
        raise NotImplementedError

    def check_kept(self, row: Row[Any]) -> None:
        """Look at the whole record as it would be kept, before it is; raises `BadEntry`."""

    def all(self) -> tuple[KeptRecord[Entered], ...]:
        """Every record, in the order in which they were made."""
        with self.database.reading() as connection:
            rows = connection.execute(select(self.table).order_by(self.table.c.id))
            return tuple(self._kept(row) for row in rows)

    def one(self, number: int) -> KeptRecord[Entered]:
        """One of them as it is now; raises `NoSuchRecord`."""
        with self.database.reading() as connection:
            return self._kept(record(connection, self.table, number))

    def add(self, entered: Entered) -> int:
        """Keep a new one; its number. Raises `BadEntry`, `BadNote`."""
        values = self.checked(asdict(entered))  # type: ignore[call-overload]
        with self.database.writing() as connection:
            number = add_record(connection, self.table, values)
            self.check_kept(record(connection, self.table, number))
            return number

    def change(self, number: int, seen: int, **values: Any) -> int:
        """Change fields of the version `seen`; the version now. Raises `EditedMeanwhile`, `BadEntry`, `BadNote`."""
        kept = self.checked(values)
        with self.database.writing() as connection:
            version = change_record(connection, self.table, number, seen, kept)
            self.check_kept(record(connection, self.table, number))
            return version

    def changes(self, number: int) -> tuple[RecordChange, ...]:
        """Everything that was changed in one, the oldest first."""
        with self.database.reading() as connection:
            return record_changes(connection, self.table, number)

    def _kept(self, row: Row[Any]) -> KeptRecord[Entered]:
        kind = type(self).kind
        values = {field.name: getattr(row, field.name) for field in fields(kind)}  # type: ignore[arg-type]
        return KeptRecord(row.id, row.version, kind(**values), utc(row.created_at), utc(row.changed_at))


class RemovableRecords(RecordDoor[Entered]):
    """The door to records that may be taken away again."""

    def remove(self, number: int, seen: int) -> None:
        """Take away the version `seen`; its changes stay known. Raises `EditedMeanwhile`, `NoSuchRecord`."""
        with self.database.writing() as connection:
            record(connection, self.table, number)
            mine = (self.table.c.id == number) & (self.table.c.version == seen)
            if not connection.execute(delete(self.table).where(mine)).rowcount:
                raise EditedMeanwhile(self.table.name.replace("_", " ").removesuffix("s"), ("removal",))
