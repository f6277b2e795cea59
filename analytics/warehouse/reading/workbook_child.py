"""Workbook child: reads a workbook in a process of its own, because a hostile one ends the process that reads it.

Run as `python workbook_child.py WORKBOOK CSV`: writes the first visible sheet with a table, every row led by its
number in the sheet, and prints one JSON document. It imports nothing of Backlight, so that little can be lost.
"""

import csv
import datetime as dt
import json
import posixpath
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY = 3 << 30
PROCESSOR_SECONDS = 120
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def cell_text(value: object) -> str:
    """A cell as text: times as 'YYYY-MM-DD HH:MM:SS', durations as 'H:MM:SS', whole numbers without '.0'."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return (value + dt.timedelta(microseconds=500_000)).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, dt.date):
        return f"{value.isoformat()} 00:00:00"
    if isinstance(value, dt.time):
        value = dt.timedelta(
            hours=value.hour, minutes=value.minute, seconds=value.second, microseconds=value.microsecond
        )
    return _duration(value) if isinstance(value, dt.timedelta) else str(value)


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def filled_rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[str]]]:
    """Number in the sheet and cells of each row that has any, without empty cells at its end."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [cell_text(value) for value in row]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield number, cells


def has_table(sheet: CalamineSheet) -> bool:
    """True if some row of the sheet has two cells or more."""
    return any(sum(1 for cell in cells if cell) > 1 for _, cells in filled_rows(sheet))


def main(workbook: str, target: str) -> dict[str, Any]:
    """What was written and what was seen: sheet, others, errors, or a problem."""
    book = CalamineWorkbook.from_path(workbook)
    visible = [
        (position, sheet.name)
        for position, sheet in enumerate(book.sheets_metadata)
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]
    for position, name in visible:
        sheet = book.get_sheet_by_index(position)
        if has_table(sheet):
            with Path(target).open("w", encoding="utf-8", errors="replace", newline="") as file:
                write = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow
                for number, cells in filled_rows(sheet):
                    write([str(number), *cells])
            others = [other for index, other in visible if index != position and book.get_sheet_by_index(index).height]
            return {"sheet": name, "others": others, "errors": error_cells(workbook, position)}
    return {"problem": "holds no table"}


def error_cells(workbook: str, position: int) -> int:
    """How many cells of the sheet hold an error such as #REF!; 0 for the old binary format, where none are seen."""
    if not zipfile.is_zipfile(workbook):
        return 0
    with zipfile.ZipFile(workbook) as archive:
        part, before, count = archive.open(_part_of(archive, position)), b"", 0
        while chunk := part.read(1 << 20):
            text = before + chunk
            count += text.count(b' t="e"') + text.count(b" t='e'")
            # Shorter than the mark, so that nothing is counted twice.
            before = text[-5:]
    return count


def _part_of(archive: zipfile.ZipFile, position: int) -> str:
    # The parent has refused every document type and entity, on which attacks by XML rest.
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    sheets = [element for element in book.iter() if element.tag.endswith("}sheet")]
    wanted = sheets[position].get(_RELATION)
    for relation in ET.fromstring(archive.read("xl/_rels/workbook.xml.rels")):  # noqa: S314
        if relation.get("Id") == wanted:
            return posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
    raise KeyError("sheet without a part")


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit()
    try:
        answer = main(sys.argv[1], sys.argv[2])
    except PasswordError:
        answer = {"problem": "is protected with a password"}
    except (CalamineError, zipfile.BadZipFile, KeyError, IndexError, ValueError, ET.ParseError):
        answer = {"problem": "is a damaged workbook"}
    sys.stdout.write(json.dumps(answer))
