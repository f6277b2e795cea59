"""Workbook: .xlsx and .xls, read by a child process with limits and then treated like any other table."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import workbook_child
from analytics.warehouse.reading.archive import check_workbook
from analytics.warehouse.reading.clean_copy import DELIMITER, new_file, write_copy
from analytics.warehouse.reading.layout import HEADER_WITHIN, header_index, looks_like_header
from analytics.warehouse.reading.notes import size_notes, title_note
from analytics.warehouse.reading.records import MAX_RECORD, QUOTE, REPEATED_HEADER, TOO_LONG
from analytics.warehouse.reading.rows import RawRows, RejectedRow, Tally, cleaned_header, cropped

WALL_SECONDS = 150
# Notes beside the table are kept as columns without a name; a stray cell further away is not.
_BESIDE = 50
_ADVICE = {
    "is protected with a password": "save it without the password.",
    "holds no table": "put the tickets on the first sheet, with one header row.",
}


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet as the child wrote them, below the header row number `header_row`."""

    sheet_csv: Path
    header_row: int
    header: list[str]
    width: int
    work_dir: Path

    def rows(self) -> Iterator[tuple[int, list[str], str]]:
        """Number in the sheet, cells, and the problem or '' of each filled row below the header."""
        for number, cells in _sheet_rows(self.sheet_csv):
            if number > self.header_row:
                yield number, cells + [""] * (self.width - len(cells)), self._problem(cells)

    def _problem(self, cells: list[str]) -> str:
        if cells == self.header:
            return REPEATED_HEADER
        if len(cells) > self.width:
            return f"a cell in column {len(cells)}, far beside the table of {len(self.header)} columns"
        return TOO_LONG if sum(map(len, cells)) > MAX_RECORD else ""

    def good_records(self) -> Iterator[tuple[int, str]]:
        """Sheet row and text of each good record, in the order of the sheet."""
        return ((number, _shown(cells)) for number, cells, problem in self.rows() if not problem)

    def clean_copy(self) -> Path:
        """A comma-separated UTF-8 file of the good records without a header."""
        return self.written()[0]

    def written(self) -> tuple[Path, Tally]:
        """A new clean copy and its tally."""
        return write_copy((cells for _, cells, problem in self.rows() if not problem), self.work_dir)


def read_workbook(path: Path, name: str, work_dir: Path) -> RawRows:
    """The rows of the first visible sheet that has a table. Raises UnreadableFile for anything hostile or damaged."""
    sheet_csv = new_file(work_dir, ".sheet")
    answer = _ask_child(path, name, sheet_csv)
    sheet, sure = _sheet(sheet_csv, work_dir)
    rejected = [
        RejectedRow(number, problem, cropped(_shown(cells))) for number, cells, problem in sheet.rows() if problem
    ]
    copy, tally = sheet.written()
    rows_read = tally.records + len(rejected)
    return RawRows(
        name=name,
        header=cleaned_header(sheet.header + [""] * (sheet.width - len(sheet.header))),
        csv_path=copy,
        delimiter=DELIMITER,
        quote=QUOTE,
        skip=0,
        rows_read=rows_read,
        rejected=tuple(rejected),
        notes=(*_notes(answer, sheet, sure), *size_notes(rows_read)),
        tally=tally,
        source=sheet,
    )


def _ask_child(path: Path, name: str, target: Path) -> dict[str, Any]:
    if not path.open("rb").read(4).startswith(b"\xd0\xcf\x11\xe0"):
        check_workbook(path, name)
    command = [sys.executable, str(Path(workbook_child.__file__)), str(path.resolve()), str(target.resolve())]
    # Nothing of the environment is its business: a workbook that takes it over finds no secrets.
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "SYSTEMROOT", "TMPDIR")}
    try:
        done = subprocess.run(command, capture_output=True, timeout=WALL_SECONDS, env=kept, check=False)
    except subprocess.TimeoutExpired as error:
        raise _too_large(name) from error
    if done.returncode:
        raise _too_large(name)
    answer: dict[str, Any] = json.loads(done.stdout)
    if "problem" in answer:
        problem = answer["problem"]
        raise UnreadableFile(name, problem, _ADVICE.get(problem, "save or export it again."))
    return answer


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        name,
        "needs more memory or time than a workbook with tickets should, often for a stray cell far outside the table",
        "delete the empty rows and columns around the table, or export it as CSV.",
    )


def _sheet_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, *cells in csv.reader(file):
            yield int(number), cells


def _sheet(path: Path, work_dir: Path) -> tuple[Sheet, bool]:
    top = [(number, cells) for number, cells in islice(_sheet_rows(path), HEADER_WITHIN) if number <= 4 * HEADER_WITHIN]
    top = top or list(islice(_sheet_rows(path), 1))
    number, header = top[header_index([cells for _, cells in top])]
    allowed = len(header) + _BESIDE
    widths = (len(cells) for row, cells in _sheet_rows(path) if row > number)
    width = max((width for width in widths if width <= allowed), default=len(header))
    return Sheet(path, number, header, max(width, len(header)), work_dir), looks_like_header(header)


def _notes(answer: dict[str, Any], sheet: Sheet, sure: bool) -> Iterator[str]:
    titles = sum(1 for number, _ in islice(_sheet_rows(sheet.sheet_csv), HEADER_WITHIN) if number < sheet.header_row)
    if titles:
        yield title_note(titles)
    if not sure:
        yield "The row taken as header looks like data: check that the sheet has a header."
    if answer["others"]:
        yield f"Only the sheet {answer['sheet']} was read; others have rows too: {', '.join(answer['others'])}."
    if answer["errors"]:
        yield f"Cells with an error such as #REF!: {answer['errors']:,}; they are left empty."


def _shown(cells: list[str]) -> str:
    return DELIMITER.join(cells).rstrip(DELIMITER)
