"""Backup: everything that people entered, in one file, as it was at one moment. Writers and readers go on meanwhile."""

import os
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from analytics.store.backup_file import Contents, is_backup, write_contents, write_rows
from analytics.store.database import Database
from analytics.store.errors import BackupIsThere, CannotWriteBackup
from analytics.store.migration import current_revision
from analytics.store.numbering import highest_numbers
from analytics.store.tables import METADATA

_AT_ONCE = 500


@dataclass(frozen=True)
class Backup:
    """A backup that was made, and what it holds."""

    file: Path
    contents: Contents


def back_up(database: Database, file: Path, replace: bool = False) -> Backup:
    """Write a backup, whole or not at all; only its owner can read it. `replace` is for an earlier backup there.

    Raises `BackupIsThere`, `CannotWriteBackup`.
    """
    if file.exists() and not (replace and is_backup(file)):
        raise BackupIsThere(file, is_backup(file))
    with database.reading() as connection:
        return write_backup(connection, file)


def write_backup(connection: Connection, file: Path) -> Backup:
    """Write what a transaction sees. Raises `CannotWriteBackup`."""
    try:
        return Backup(file, _written(connection, file))
    except OSError as error:
        raise CannotWriteBackup(file, error.strerror or "the system refused") from error


def is_empty(connection: Connection) -> bool:
    """Whether nobody has entered anything."""
    return not any(
        connection.execute(select(func.count()).select_from(table)).scalar() for table in METADATA.tables.values()
    )


def _written(connection: Connection, file: Path) -> Contents:
    # Beside the file and then renamed: a backup is never half there.
    descriptor, building = tempfile.mkstemp(prefix=f".{file.name[:100]}.", suffix=".building", dir=file.parent)
    try:
        with os.fdopen(descriptor, "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                contents = _filled(connection, archive)
            out.flush()
            os.fsync(out.fileno())
        Path(building).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(building).unlink()
        raise
    _sync_folder(file.parent)
    return contents


def _filled(connection: Connection, archive: zipfile.ZipFile) -> Contents:
    highest, tables = highest_numbers(connection, METADATA.sorted_tables), {}
    for table in METADATA.sorted_tables:
        asked = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_AT_ONCE)
        rows = ({**row} for row in connection.execute(asked).mappings())
        tables[table.name] = write_rows(archive, table, rows, highest.get(table.name, 0))
    contents = Contents(current_revision(connection) or "", datetime.now(UTC), tables)
    write_contents(archive, contents)
    return contents


def _sync_folder(folder: Path) -> None:
    # So that the new name survives a power cut too, where the system can do that.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
