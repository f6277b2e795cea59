"""A backup's file: a zip of JSON lines, one file a table, with a list of contents that holds their checksums.

    backlight.json         {"format": 1, "revision": "0005", "made_at": ..., "tables": {"actions": {"rows": 3,
                           "sha256": ..., "highest": 7}, ...}}
    tables/actions.jsonl   {"id": 1, "what": "...", "due_on": "2026-06-30", ...}, one row a line

`highest` is the highest number that a row ever had. What is read from a file is data that may be hostile: names in it
are compared with those that are expected, never opened as paths, and nothing is unpacked to disk.
"""

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Date, DateTime, Float, Table

from analytics.errors import BacklightError
from analytics.store.entries import fault_of
from analytics.store.errors import DamagedBackup, NewerBackup, NoBackup
from analytics.store.moments import utc
from analytics.store.numbering import fault_of_numbers

FORMAT = 1
CONTENTS = "backlight.json"
# More than anybody enters; a file of zeros unpacks to a thousand times its size.
LARGEST_CONTENTS, LONGEST_LINE, LARGEST = 1_000_000, 128_000_000, 4_000_000_000
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, KeyError, TypeError,
    AttributeError, OverflowError,
)  # fmt: skip


@dataclass(frozen=True)
class TableContents:
    """One table in a backup: how many rows, their checksum, and the highest number given so far, if it has numbers."""

    rows: int
    sha256: str
    highest: int


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself; `made_at` is UTC."""

    revision: str
    made_at: datetime
    tables: Mapping[str, TableContents]

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(table.rows for table in self.tables.values())


def write_rows(
    archive: zipfile.ZipFile, table: Table, rows: Iterator[Mapping[str, Any]], highest: int
) -> TableContents:
    """Add one table to a backup."""
    digest, count = sha256(), 0
    with archive.open(_name(table.name), "w", force_zip64=True) as out:
        for row in rows:
            line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False)
            written = f"{line}\n".encode()
            digest.update(written)
            out.write(written)
            count += 1
    return TableContents(count, digest.hexdigest(), highest)


def write_contents(archive: zipfile.ZipFile, contents: Contents) -> None:
    """Add the list of contents, last."""
    tables = {name: vars(table) for name, table in contents.tables.items()}
    document = {
        "format": FORMAT, "revision": contents.revision, "made_at": contents.made_at.isoformat(), "tables": tables,
    }  # fmt: skip
    archive.writestr(CONTENTS, json.dumps(document, indent=1))


@dataclass(frozen=True)
class BackupFile:
    """An opened backup."""

    file: Path
    archive: zipfile.ZipFile
    contents: Contents

    def rows(self, table: Table) -> Iterator[dict[str, Any]]:
        """The rows of one table, checked. Raises `DamagedBackup`, in the end too if the checksum is another one."""
        said, digest, count = self.contents.tables[table.name], sha256(), 0
        try:
            with self.archive.open(_name(table.name)) as lines:
                for line in iter(lambda: lines.readline(LONGEST_LINE), b""):
                    digest.update(line)
                    count += 1
                    yield _row(table, line)
        except _BROKEN as error:
            raise DamagedBackup(self.file, f"'{table.name}' cannot be read") from error
        if (count, digest.hexdigest()) != (said.rows, said.sha256):
            raise DamagedBackup(self.file, f"the checksum of '{table.name}' is not right")


def opened(file: Path, known: tuple[str, ...]) -> BackupFile:
    """The backup in a file; `known` are the revisions of this version, the newest last.

    Raises `NoBackup`, `NewerBackup`, `DamagedBackup`.
    """
    if not file.is_file():
        raise NoBackup(file, "there is no such file")
    try:
        archive = zipfile.ZipFile(file)
    except OSError as error:
        raise NoBackup(file, error.strerror or "it cannot be read") from error
    except _BROKEN as error:
        raise NoBackup(file, "it is another kind of file, or was cut off") from error
    try:
        contents = _contents(file, archive, known)
        _check_names(file, archive, contents)
    except BacklightError:
        archive.close()
        raise
    return BackupFile(file, archive, contents)


def is_backup(file: Path) -> bool:
    """Whether a file is a backup, of whatever version."""
    try:
        with zipfile.ZipFile(file) as archive:
            return CONTENTS in archive.namelist()
    except (OSError, *_BROKEN):
        return False


def _contents(file: Path, archive: zipfile.ZipFile, known: tuple[str, ...]) -> Contents:
    if CONTENTS not in archive.namelist():
        raise NoBackup(file, "it is another kind of file")
    try:
        with archive.open(CONTENTS) as listed:
            document = json.loads(_whole(listed))
        if document["format"] > FORMAT or document["revision"] > known[-1]:
            raise NewerBackup(file)
        if document["format"] != FORMAT or document["revision"] not in known:
            raise ValueError
        tables = {name: TableContents(**table) for name, table in document["tables"].items()}
        if fault_of_numbers({name: table.highest for name, table in tables.items()}):
            raise ValueError
        return Contents(document["revision"], utc(datetime.fromisoformat(document["made_at"])), tables)
    except _BROKEN as error:
        raise DamagedBackup(file, "its list of contents cannot be read") from error


def _whole(listed: IO[bytes]) -> bytes:
    found = listed.read(LARGEST_CONTENTS)
    if len(found) == LARGEST_CONTENTS:
        raise ValueError
    return found


def _check_names(file: Path, archive: zipfile.ZipFile, contents: Contents) -> None:
    expected = sorted([CONTENTS, *(_name(table) for table in contents.tables)])
    if sorted(archive.namelist()) != expected:
        raise DamagedBackup(file, "it holds other files than it lists")
    if sum(entry.file_size for entry in archive.infolist()) > LARGEST:
        raise DamagedBackup(file, "it unpacks to more than anybody enters")


def _row(table: Table, line: bytes) -> dict[str, Any]:
    found = json.loads(line)
    if not line.endswith(b"\n") or found.keys() != set(table.columns.keys()):
        raise ValueError
    row = {name: _entered(table, name, value) for name, value in found.items()}
    if any(fault_of(table.columns[name], value) for name, value in row.items()):
        raise ValueError
    return row


def _entered(table: Table, name: str, value: Any) -> Any:
    if value is None:
        return None
    kind = table.columns[name].type
    if isinstance(kind, DateTime):
        return utc(datetime.fromisoformat(value))
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return float(value) if isinstance(kind, Float) else value


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return utc(value).astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _name(table: str) -> str:
    return f"tables/{table}.jsonl"
