"""Series periods: which day, week, month or quarter a text means, and what the gaps between them say of the grain."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from analytics.errors import BacklightError
from analytics.forecast.series_file import BadRow, SeriesFile, SeriesRow
from analytics.period import Grain

_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}|(\d{{4}})(\d{{2}})(\d{{2}})")
_WRITTEN = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[/.](\d{4})")
_WEEK = re.compile(r"(\d{4})[- ]?W(\d{1,2})(?:-?1)?", re.IGNORECASE)
_QUARTER = re.compile(r"(\d{4})[- ]?Q([1-4])|Q([1-4])[- ](\d{4})", re.IGNORECASE)
_NAMED = re.compile(r"([a-z]{3,9})\.?[ -](\d{4})", re.IGNORECASE)
_NAMES = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")  # fmt: skip
_LENGTHS = {
    Grain.DAY: range(1, 2), Grain.WEEK: range(7, 8), Grain.MONTH: range(28, 32), Grain.QUARTER: range(89, 93),
    Grain.YEAR: range(365, 367),
}  # fmt: skip
_HOW = "is no date: write it as 2026-03-31, 2026-03, 2026-W05 or 2026-Q1."
_FIRST_YEAR, _LAST_YEAR = 1700, 2200
Dated = tuple[date, Grain | None]


def read_periods(found: SeriesFile) -> tuple[Grain, list[date]]:
    """The grain, and the first day of each row's period; raises `BacklightError` for a row that cannot be read."""
    day_first = _day_first(found)
    dated = [_dated(found.file, row, day_first) for row in found.rows]
    said = {grain for _, grain in dated}
    if len(said) > 1:
        other = next(place for place, (_, grain) in enumerate(dated) if grain != dated[0][1])
        row = found.rows[other]
        raise BadRow(
            found.file, row.line, row.period, "is written otherwise than the rows before: write all periods alike."
        )
    days = [day for day, _ in dated]
    grain = said.pop() or _from_gaps(found.file, days)
    if grain is Grain.YEAR:
        raise BacklightError(f"{found.file} holds years: give days, weeks, months or quarters.")
    return grain, [_begin(found, place, days, grain) for place in range(len(days))]


def _dated(file: str, row: SeriesRow, day_first: bool) -> Dated:
    """The day of a text, and the grain that it is written as; None for a plain day."""
    try:
        read = _read(row.period, day_first)
    except ValueError:
        read = None
    if read is None:
        raise BadRow(file, row.line, row.period, _HOW)
    if not _FIRST_YEAR <= read[0].year <= _LAST_YEAR:
        raise BadRow(file, row.line, row.period, f"is not a date from {_FIRST_YEAR} to {_LAST_YEAR}: check its year.")
    return read


def _read(text: str, day_first: bool) -> Dated | None:
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups() if part is not None)
        return date(year, month, day), None
    if match := _WRITTEN.fullmatch(text):
        one, other = int(match[1]), int(match[3])
        day, month = (one, other) if day_first else (other, one)
        return date(int(match[4]), month, day), None
    if match := _WEEK.fullmatch(text):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1), Grain.WEEK
    if match := _QUARTER.fullmatch(text):
        when, quarter = (match[1], match[2]) if match[1] else (match[4], match[3])
        return date(int(when), 3 * int(quarter) - 2, 1), Grain.QUARTER
    if match := _MONTH.fullmatch(text):
        year, month = (int(part) for part in ((match[1], match[2]) if match[1] else (match[4], match[3])))
        return date(year, month, 1), Grain.MONTH
    if match := _NAMED.fullmatch(text):
        places = [place for place, name in enumerate(_NAMES, 1) if name.startswith(match[1].lower())]
        return (date(int(match[2]), places[0], 1), Grain.MONTH) if len(places) == 1 else None
    return (date(int(text), 1, 1), Grain.YEAR) if re.fullmatch(r"\d{4}", text) else None


def _day_first(found: SeriesFile) -> bool:
    """Whether 13/02/2026 is written with the day first; with points it is, else a number above 12 must tell."""
    written = [(row, match) for row in found.rows if (match := _WRITTEN.fullmatch(row.period))]
    first, second = any(int(m[1]) > 12 for _, m in written), any(int(m[3]) > 12 for _, m in written)
    if first or second or not written:
        return first
    row, match = written[0]
    if match[2] == ".":
        return True
    why = "may be read with the day or with the month first: write it as 2026-03-31."
    raise BadRow(found.file, row.line, row.period, why)


def _from_gaps(file: str, days: Sequence[date]) -> Grain:
    """The grain whose length most gaps have."""
    gaps = Counter((after - before).days for before, after in pairwise(sorted(set(days))))
    counted = {grain: sum(gaps[gap] for gap in lengths) for grain, lengths in _LENGTHS.items()}
    if len(days) < 2 or not gaps:
        return Grain.DAY
    grain = max(counted, key=lambda each: counted[each])
    if not counted[grain]:
        usual = gaps.most_common(1)[0][0]
        raise BacklightError(
            f"{file} has a value every {usual:,} days or so: give one for each day, week, month or quarter."
        )
    return grain


def _begin(found: SeriesFile, place: int, days: Sequence[date], grain: Grain) -> date:
    """The first day of a row's period; weeks begin on the weekday that most rows are dated by."""
    if grain is not Grain.WEEK:
        return grain.start(days[place])
    usual = Counter(day.weekday() for day in days).most_common(1)[0][0]
    if days[place].weekday() != usual:
        row = found.rows[place]
        raise BadRow(found.file, row.line, row.period, "is not the weekday of the other weeks: date all weeks alike.")
    return days[place]
