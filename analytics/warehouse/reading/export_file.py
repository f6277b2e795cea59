"""Export file: opened by what it is, whether text, JSON, workbook, or any of them in an archive."""

import tempfile
from dataclasses import replace
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.archive import unpack_gzip, unpack_zip
from analytics.warehouse.reading.delimited import read_delimited
from analytics.warehouse.reading.json_file import read_json
from analytics.warehouse.reading.kind import Kind, kind_of
from analytics.warehouse.reading.rows import RawRows
from analytics.warehouse.reading.workbook import read_workbook

_READERS = {"delimited": read_delimited, "json": read_json, "xlsx": read_workbook, "xls": read_workbook}


def read_file(path: Path, work_dir: Path, name: str | None = None) -> list[RawRows]:
    """The rows of every table in the file; what has to be unpacked or copied goes into `work_dir`.

    `name` is what to call the file (an upload has a temporary one). Raises UnreadableFile if there is nothing to read.
    """
    shown = name or path.name
    try:
        size = path.stat().st_size
    except OSError as error:
        raise UnreadableFile(shown, "cannot be opened", "check that the file exists and may be read.") from error
    if not path.is_file() or size == 0:
        what = "is empty" if path.is_file() else "is a folder"
        raise UnreadableFile(shown, what, "choose an export file.")
    kind = kind_of(path, shown)
    if kind == "zip":
        return _members(path, shown, work_dir)
    if kind == "gzip":
        return [_unpacked(unpack_gzip(path, shown, _folder(work_dir)), shown, work_dir)]
    return [_read(kind, path, shown, work_dir)]


def _read(kind: Kind, path: Path, name: str, work_dir: Path) -> RawRows:
    return _READERS[kind](path, name, work_dir)


def _folder(work_dir: Path) -> Path:
    return Path(tempfile.mkdtemp(dir=work_dir, prefix="unpacked-"))


def _unpacked(path: Path, name: str, work_dir: Path) -> RawRows:
    if path.stat().st_size == 0:
        raise UnreadableFile(name, "is empty", "export it again.")
    kind = kind_of(path, name)
    if kind in ("zip", "gzip"):
        raise UnreadableFile(name, "is an archive inside an archive", "unpack it first.")
    return _read(kind, path, name, work_dir)


def _members(path: Path, name: str, work_dir: Path) -> list[RawRows]:
    """The tables in a zip archive; what is no table is named in the notes of the first, or raised if all are none."""
    tables: list[RawRows] = []
    refused: list[UnreadableFile] = []
    for member, shown in unpack_zip(path, name, _folder(work_dir)):
        try:
            tables.append(_unpacked(member, shown, work_dir))
        except UnreadableFile as error:
            refused.append(error)
    if not tables:
        raise refused[0] if refused else UnreadableFile(name, "holds no files", "pack the export into it.")
    if refused:
        notes = tuple(f"Left out: {error}" for error in refused)
        tables[0] = replace(tables[0], notes=tables[0].notes + notes)
    return tables
