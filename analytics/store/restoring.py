"""Restoring: what a backup holds in place of what is there, in one transaction: all of it or nothing.

A file is first loaded into a small database of its own, at the revision it was made at, and migrated there like any
other. So an older backup needs nothing special, and a damaged one is refused before anything is touched.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from stat import S_ISDIR
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from sqlalchemy import Connection, MetaData, RowMapping, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from analytics.store.backup import is_empty, write_backup
from analytics.store.backup_file import BackupFile, Contents, opened
from analytics.store.database import Database, connect
from analytics.store.errors import DamagedBackup, StoreUnavailable
from analytics.store.migration import migrate, revisions
from analytics.store.moments import utc
from analytics.store.numbering import go_on_after
from analytics.store.tables import METADATA

_AT_ONCE = 500
_PREFIX = "backlight-restore-"
# No restoring takes so long: an older folder was left behind by one that was killed.
_LEFT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Restored:
    """What was restored, and the backup of what was there before: None where that was nothing."""

    contents: Contents
    before: Path | None


def restore(database: Database, file: Path, folder: Path) -> Restored:
    """Put what a backup holds in place of what is there, which is kept in a backup in `folder` first.

    Raises `NoBackup`, `DamagedBackup`, `NewerBackup`, `CannotWriteBackup`: then nothing was changed.
    """
    with _loaded(file) as (contents, loaded), loaded.reading() as source:
        before: Path | None = None
        try:
            with database.writing(alone=True) as target:
                before = _keep(target, folder)
                _replace(source, target, contents)
        except BaseException:
            if before:
                with suppress(OSError):
                    before.unlink()
            raise
    return Restored(contents, before)


def check_backup(file: Path) -> Contents:
    """What a backup says of itself, before anything is opened. Raises `NoBackup`, `DamagedBackup`, `NewerBackup`."""
    backup = opened(file, tuple(revisions()))
    backup.archive.close()
    return backup.contents


@contextmanager
def _loaded(file: Path) -> Iterator[tuple[Contents, Database]]:
    """A backup as a database of this version."""
    _sweep()
    with TemporaryDirectory(prefix=_PREFIX) as folder:
        database = connect(Path(folder), None)
        try:
            backup = opened(file, tuple(revisions()))
            with backup.archive:
                migrate(database, backup.contents.revision)
                _load(backup, database)
            migrate(database)
            yield backup.contents, database
        finally:
            database.engine.dispose()


def _sweep() -> None:
    """Remove what killed restorings left behind: it holds what people wrote."""
    with suppress(OSError):
        for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
            told = folder.lstat()
            if S_ISDIR(told.st_mode) and told.st_mtime < time.time() - _LEFT_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)


def _load(backup: BackupFile, database: Database) -> None:
    try:
        with database.writing() as connection:
            tables = _tables(connection)
            if {table.name for table in tables} != set(backup.contents.tables):
                raise DamagedBackup(backup.file, "it holds other tables than its version has")
            for table in tables:
                _insert(connection, table, backup.rows(table))
    except StoreUnavailable as error:
        if isinstance(error.__cause__, IntegrityError):
            raise DamagedBackup(backup.file, "its rows do not fit together") from error
        raise


def _tables(connection: Connection) -> list[Table]:
    """The tables of a database, at whatever revision, parents first."""
    metadata = MetaData()
    metadata.reflect(connection)
    return [table for table in metadata.sorted_tables if table.name not in ("alembic_version", "sqlite_sequence")]


def _keep(connection: Connection, folder: Path) -> Path | None:
    if is_empty(connection):
        return None
    stem, number = f"state-before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}", 1
    while (file := folder / f"{stem}{f'-{number}' if number > 1 else ''}.zip").exists():
        number += 1
    return write_backup(connection, file).file


def _replace(source: Connection, target: Connection, contents: Contents) -> None:
    for table in reversed(METADATA.sorted_tables):
        target.execute(delete(table))
    for table in METADATA.sorted_tables:
        _insert(target, table, (_in_utc(row) for row in source.execute(select(table)).mappings()))
        if "id" in table.primary_key.columns:
            said = contents.tables.get(table.name)
            go_on_after(target, table, said.highest if said else 0)


def _insert(connection: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), some)


def _in_utc(row: RowMapping) -> dict[str, Any]:
    # PostgreSQL would read a moment without a zone as one in its own.
    return {name: utc(value) if isinstance(value, datetime) else value for name, value in row.items()}
