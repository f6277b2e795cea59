"""Periods of the calendar: a month, quarter, week or day by its name or number, in a year named or the latest one.

Each reads a match of `named_periods`; None is a period that does not exist.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from analytics.ask.span import Span
from analytics.ask.times.time_lexicon import lexicon

WORDS = lexicon()
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_LASTS = ("last", "final", "latter")
_ONE_DAY = timedelta(days=1)
_NO_YEAR = 0

Found = re.Match[str]


def day_of_month(match: Found, _as_of: date, latest: date) -> Span | None:
    """`3 May 2026`."""
    parts = match.groupdict()
    month, day = WORDS.months[parts["month"]], int(re.sub(r"\D", "", parts["day"]))
    return _begun(lambda year: _one_day(year, month, day), _year(parts), latest)


def month_of(match: Found, as_of: date, latest: date) -> Span | None:
    """`May`, `May last year`."""
    parts = match.groupdict()
    month = WORDS.months[parts["month"]] if parts.get("month") else int(parts["number"])
    return _begun(lambda year: _periods(date(year, month, 1), 1), _year(parts, as_of), latest)


def quarter_of(match: Found, as_of: date, latest: date) -> Span | None:
    """`Q2 2016`, `the last quarter of 2025`."""
    quarter = 4 if match["n"] in _LASTS else ORDINALS.get(match["n"]) or int(match["n"])
    return _begun(lambda year: _periods(date(year, quarter * 3 - 2, 1), 3), _year(match.groupdict(), as_of), latest)


def half_of(match: Found, as_of: date, latest: date) -> Span | None:
    """`H1`, `second half of 2025`."""
    half = 2 if match["n"] in _LASTS else ORDINALS.get(match["n"]) or int(match["n"])
    if half > 2:
        return None
    return _begun(lambda year: _periods(date(year, half * 6 - 5, 1), 6), _year(match.groupdict(), as_of), latest)


def months_of_year(match: Found, _as_of: date, _latest: date) -> Span | None:
    """`first two months of 2026`."""
    count = WORDS.number(match["n"]) if "n" in match.groupdict() else 1
    start = date(int(match["year"]), 1 if match["which"] == "first" else 13 - count, 1)
    return _periods(start, count) if count < 12 else None


def week_of_year(match: Found, _as_of: date, latest: date) -> Span | None:
    """`week 14`: the ISO week."""
    week = int(match["n"])

    def of(year: int) -> Span | None:
        try:
            monday = date.fromisocalendar(year, week, 1)
        except ValueError:
            return None
        return Span(monday, monday + timedelta(days=7))

    return _begun(of, _year(match.groupdict()), latest + timedelta(days=3))


def whole_year(match: Found, _as_of: date, _latest: date) -> Span | None:
    """`2025`."""
    return Span(date(int(match["year"]), 1, 1), date(int(match["year"]) + 1, 1, 1))


def slashed(match: Found, _as_of: date, _latest: date) -> Span | None:
    """`2026/5/3`."""
    return _one_day(int(match["year"]), int(match["month"]), int(match["day"]))


def _year(parts: dict[str, str | None], as_of: date | None = None) -> int:
    if parts.get("of_year") and as_of:
        return as_of.year - (0 if parts["of_year"] in ("the", "this", "current") else 1)
    return int(parts.get("year") or _NO_YEAR)


def _one_day(year: int, month: int, day: int) -> Span | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Span(found, found + _ONE_DAY)


def _periods(start: date, months: int) -> Span:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return Span(start, date(year, month + 1, 1))


def _begun(of: Callable[[int], Span | None], year: int, latest: date) -> Span | None:
    """The period of that year; without a year the latest that has begun."""
    if year != _NO_YEAR:
        return of(year)
    spans = (of(latest.year + 1 - back) for back in range(10))
    return next((span for span in spans if span and span.start and span.start <= latest), None)
