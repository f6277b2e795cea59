"""Series file: the rows of a person's own CSV as texts, each with the line it stands on, before anything is read."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from analytics.errors import BacklightError, UnreadableFile
from analytics.warehouse.reading.text import open_text, survey

# Before the comma, which may be the decimal sign.
_DELIMITERS = ("\t", ";", "|", ",")
_SAMPLE = 50
_MOST_LINES = 20_000
_MOST_BYTES = 10_000_000
_PERIODS = ("period", "date", "day", "week", "month", "quarter", "time", "ds", "datum", "data", "periode")
_VALUES = ("value", "count", "tickets", "total", "number", "amount", "sum", "inflow", "backlog", "y", "wert", "anzahl")
_SHOWN = 40


@dataclass(frozen=True)
class SeriesRow:
    """A row: its line in the file, and the texts of its period and its value."""

    line: int
    period: str
    value: str


@dataclass(frozen=True)
class SeriesFile:
    """The `rows` of `file`, the `name` of the column with values, and whether fields were separated by commas."""

    file: str
    name: str
    by_comma: bool
    rows: tuple[SeriesRow, ...]


class BadRow(BacklightError):
    """A row of a series that cannot be read."""

    def __init__(self, file: str, line: int, text: str, why: str) -> None:
        plain = " ".join(text.split())
        shown = plain if len(plain) <= _SHOWN else f"{plain[:_SHOWN]}..."
        super().__init__(f"{file}, line {line}: '{shown}' {why}")


def read_series_file(path: Path) -> SeriesFile:
    """The rows of a text file with a period and a value in each; raises `BacklightError` where there are none."""
    lines = _lines(path)
    delimiter = _delimiter(lines)
    if delimiter is None:
        raise UnreadableFile(
            path.name, "has no two columns", "give a period and a value in each row, such as 2026-01-05,42."
        )
    try:
        found = [(number, cells) for number, cells in _records(lines, delimiter) if any(cell.strip() for cell in cells)]
    except csv.Error as error:
        raise UnreadableFile(path.name, f"cannot be read as CSV ({error})", "save it as CSV again.") from None
    header = [cell.strip() for cell in found[0][1]]
    headed = not any(letter.isdigit() for letter in header[0])
    period, value = _columns(header) if headed else (0, 1)
    rows = tuple(_row(path.name, line, cells, period, value) for line, cells in found[headed:])
    if not rows:
        raise UnreadableFile(path.name, "has a header and no rows", "give a period and a value in each row.")
    return SeriesFile(path.name, header[value] if headed else "value", delimiter == ",", rows)


def _lines(path: Path) -> list[str]:
    if path.is_dir():
        raise UnreadableFile(str(path), "is a folder", "name a CSV file with a period and a value in each row.")
    if not path.exists():
        raise UnreadableFile(str(path), "does not exist", "check the path.")
    if path.stat().st_size > _MOST_BYTES:
        raise UnreadableFile(
            path.name, "is larger than 10 MB", "give one series with a period and a value in each row."
        )
    facts = survey(path)
    with open_text(path, facts) as file:
        lines = list(islice(file, _MOST_LINES + 1))
    text = "".join(lines[:_SAMPLE])
    if facts.nuls or any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in text):
        raise UnreadableFile(path.name, "is not text", "save the series as CSV.")
    if not "".join(lines).strip("\ufeff \t\r\n,;|"):
        raise UnreadableFile(path.name, "is empty", "give a period and a value in each row, such as 2026-01-05,42.")
    if len(lines) > _MOST_LINES:
        raise UnreadableFile(
            path.name, f"has more than {_MOST_LINES:,} lines", "give one value a day, week, month or quarter."
        )
    return lines


def _delimiter(lines: Sequence[str]) -> str | None:
    """The first that splits more than half of the lines."""
    sample = [line for line in lines if line.strip()][:_SAMPLE]
    split = (each for each in _DELIMITERS if sum(each in line for line in sample) > len(sample) / 2)
    return next(split, None)


def _records(lines: Sequence[str], delimiter: str) -> list[tuple[int, list[str]]]:
    """Records with the line that each begins on."""
    reader, found, line = csv.reader(lines, delimiter=delimiter), [], 1
    for cells in reader:
        found.append((line, cells))
        line = reader.line_num + 1
    return found


def _columns(header: Sequence[str]) -> tuple[int, int]:
    """Places of the period and of the value: by name, else the first two columns."""
    names = [cell.casefold() for cell in header]
    period = next((names.index(name) for name in _PERIODS if name in names), 0)
    others = [place for place in range(len(names)) if place != period]
    named = (place for name in _VALUES for place in others if names[place] == name)
    return period, next(named, others[0] if others else 1)


def _row(file: str, line: int, cells: Sequence[str], period: int, value: int) -> SeriesRow:
    if len(cells) <= max(period, value):
        raise BadRow(
            file, line, " ".join(cells).strip(), "has no value beside the period: give both, or take the row out."
        )
    return SeriesRow(line, cells[period].strip(), cells[value].strip())
