"""A time log as a CSV file: columns week, operational, tactical and strategic; read whole or not at all."""

import csv
import math
import re
from datetime import date

from analytics.store.errors import BadEntry
from analytics.store.time_log import CLASSES, HOURS_IN_A_WEEK, LoggedWeek

MOST_BYTES, MOST_WEEKS = 200_000, 520
EXAMPLE = "week,operational,tactical,strategic\n2026-11-16,32,6,2\n"
_COLUMNS = ("week", *CLASSES)
_WHAT = "time log"
_NUMBER = re.compile(r"\d{1,4}([.,]\d{1,6})?", re.ASCII)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{2})", re.ASCII | re.IGNORECASE)
_LONGEST_QUOTE = 30


def read_time_log(content: bytes) -> tuple[LoggedWeek, ...]:
    """The weeks of the file, in its order; other columns play no part. Raises `BadEntry`, whose sentence may quote it.

    Separators are comma, semicolon or tab; a week is written as 2026-11-16 or 2026-W47, hours as 4.5 or 4,5.
    """
    rows = _rows(content)
    places = _places(rows[0][1]) if rows else {}
    if len(rows) < 2:
        raise BadEntry(_WHAT, "holds no week", "write the columns week, operational, tactical and strategic, and a "
                       "line for each week")  # fmt: skip
    if len(rows) - 1 > MOST_WEEKS:
        raise BadEntry(_WHAT, f"has more than {MOST_WEEKS} lines", "choose a file with a line for each week")
    weeks = [_week(line, cells, places) for line, cells in rows[1:]]
    seen: dict[date, int] = {}
    for (line, _), week in zip(rows[1:], weeks, strict=True):
        if week.week in seen:
            raise _bad(line, f"has the same week as line {seen[week.week]}", "leave one of them out")
        seen[week.week] = line
    return tuple(weeks)


def read_week(text: str) -> date | None:
    """The Monday of the week written as 2026-11-16 (any of its days) or 2026-W47; None if it is neither."""
    try:
        iso = _ISO_WEEK.fullmatch(text.strip())
        day = date.fromisocalendar(int(iso[1]), int(iso[2]), 1) if iso else date.fromisoformat(text.strip()[:10])
        return date.fromordinal(day.toordinal() - day.weekday())
    except ValueError:
        return None


def read_hours(text: str) -> float | None:
    """Hours written as 32, 4.5 or 4,5; None if it is no such number from 0 to 168."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    hours = float(text.strip().replace(",", "."))
    return hours if math.isfinite(hours) and hours <= HOURS_IN_A_WEEK else None


def _rows(content: bytes) -> list[tuple[int, list[str]]]:
    """Lines with their numbers, empty ones left out."""
    if len(content) > MOST_BYTES:
        raise BadEntry(_WHAT, f"is larger than {MOST_BYTES // 1_000} kB", "choose a file with a line for each week")
    text = _text(content)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(text.splitlines(), delimiter=separator, strict=True)
    try:
        found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        raise _bad(reader.line_num, "cannot be read as CSV", "check its quotation marks") from error
    return [(line, cells) for line, cells in found if any(cells)]


def _text(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise BadEntry(_WHAT, "is no text file", "save it as CSV in UTF-8")
    return text


def _places(header: list[str]) -> dict[str, int]:
    names = [name.casefold() for name in header]
    for column in _COLUMNS:
        if names.count(column) != 1:
            why = f"has no column '{column}'" if column not in names else f"has the column '{column}' more than once"
            raise BadEntry(_WHAT, why, f"its first line must name {', '.join(_COLUMNS[:-1])} and {_COLUMNS[-1]}")
    return {column: names.index(column) for column in _COLUMNS}


def _week(line: int, cells: list[str], places: dict[str, int]) -> LoggedWeek:
    told = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    week = read_week(told["week"])
    if week is None:
        raise _bad(line, f"has '{_quoted(told['week'])}' as its week", "write it as 2026-11-16 or 2026-W47")
    hours = {name: _hours(line, name, told[name]) for name in CLASSES}
    if not 0 < sum(hours.values()) <= HOURS_IN_A_WEEK:
        raise _bad(line, f"has {sum(hours.values()):g} hours in all", f"more than 0 and at most {HOURS_IN_A_WEEK} fit")
    return LoggedWeek(week, **hours)


def _hours(line: int, name: str, text: str) -> float:
    if not text:
        raise _bad(line, f"has no hours of {name} work", "write 0 if there were none")
    hours = read_hours(text)
    if hours is None:
        raise _bad(line, f"has '{_quoted(text)}' as its {name} hours", "write a number from 0 to 168, such as 4.5")
    return hours


def _bad(line: int, why: str, what_to_do: str) -> BadEntry:
    return BadEntry(f"{_WHAT}'s line {line}", why, f"{what_to_do}; nothing was imported")


def _quoted(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}..."
