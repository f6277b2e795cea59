"""A span of days, and the words that are relative to the as-of day, such as `last month`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.period import Grain

_DAY = timedelta(days=1)
_FIRST, _END = date(1970, 1, 1), date(2200, 1, 1)
_ROLLING = re.compile(r"last ([1-9][0-9]{0,3}) (day|week|month|quarter|year)s")
_WHOLE = re.compile(r"(?:(this|last) )?(week|month|quarter|year)( to date)?")
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}
BEFORE, YEAR_BEFORE = "before", "year before"


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end` (exclusive); None where a side is open.

    `code` is what the span is relative to the as-of day, such as `last month`; empty where days were given. A saved
    question keeps the code, so that it means the last month whenever it is asked.
    """

    start: date | None = None
    end: date | None = None
    code: str = ""


ALL_TIME = Span()


def span_of(code: str, as_of: date) -> Span | None:
    """The span that a code means as of a day, None for what is no code.

    Codes: today · yesterday · this|last week|month|quarter|year · last N days|weeks|months|quarters|years ·
    week|month|quarter|year to date. `last N ...` ends with the as-of day; nothing reaches back before 1970.
    """
    if not _FIRST <= as_of < _END:
        return None
    if code in ("today", "yesterday"):
        day = as_of if code == "today" else as_of - _DAY
        return _checked(day, day + _DAY, code)
    rolling, whole = _ROLLING.fullmatch(code), _WHOLE.fullmatch(code)
    if rolling:
        return _rolling(int(rolling[1]), Grain(rolling[2]), as_of, code)
    if whole is None or bool(whole[1]) is bool(whole[3]):
        return None
    grain = Grain(whole[2])
    start = grain.start(as_of)
    if whole[1] == "last":
        return _checked(grain.start(start - _DAY), start, code) if start > _FIRST else None
    return _checked(start, as_of + _DAY, code)


def before(span: Span) -> Span | None:
    """The period of the same kind just before (code `before`); None where the span is not bounded.

    Before whole months (a month, a quarter, a year) are as many whole months; before the 18 first days of a month, the
    18 first days of the month before, and likewise for the week, quarter or year to date; before any other span, as
    many days just before it.
    """
    if span.start is None or span.end is None or span.start >= span.end:
        return None
    grain = _to_date(span)
    if grain is Grain.WEEK:
        return _checked(_days_back(span.start, 7), _days_back(span.end, 7), BEFORE)
    months = _MONTHS[grain] if grain else _whole_months(span)
    if months:
        start = months_back(span.start, months)
        end = _end_back(span.end, months)
        return _checked(start, min(end, span.start) if end else None, BEFORE)
    days = (span.end - span.start).days
    return _checked(_days_back(span.start, days), span.start, BEFORE)


def year_before(span: Span) -> Span | None:
    """The same days a year earlier (code `year before`); a whole week is 52 weeks earlier. None where not bounded."""
    if span.start is None or span.end is None or span.start >= span.end:
        return None
    whole_week = span.start.weekday() == 0 and span.end - span.start == timedelta(days=7)
    if whole_week or _to_date(span) is Grain.WEEK:
        return _checked(_days_back(span.start, 364), _days_back(span.end, 364), YEAR_BEFORE)
    return _checked(months_back(span.start, 12), _end_back(span.end, 12), YEAR_BEFORE)


def months_back(day: date, months: int) -> date | None:
    """The same day of the month so many months earlier, or that month's last day; None before the calendar begins."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if not _FIRST.year <= year < _END.year:
        return None
    first = date(year, month + 1, 1)
    return min(first.replace(day=min(day.day, 28)) + timedelta(days=max(day.day - 28, 0)), _last_day(first))


def _last_day(first: date) -> date:
    return Grain.MONTH.next(first) - _DAY


def _rolling(count: int, grain: Grain, as_of: date, code: str) -> Span | None:
    end = as_of + _DAY
    if grain in _MONTHS:
        months = count * _MONTHS[grain]
        return _checked(_end_back(end, months), end, code)
    return _checked(_days_back(end, count * (7 if grain is Grain.WEEK else 1)), end, code)


def _end_back(end: date, months: int) -> date | None:
    """The end moved with its last day, so that a month's end stays one."""
    if end.day == 1:
        return months_back(end, months)
    last = months_back(end - _DAY, months)
    return last + _DAY if last else None


def _days_back(day: date, days: int) -> date | None:
    return day - timedelta(days=days) if (day - date.min).days >= days else None


def _to_date(span: Span) -> Grain | None:
    """The grain of which the span is the part so far, by its code."""
    found = _WHOLE.fullmatch(span.code)
    return Grain(found[2]) if found and found[1] != "last" and bool(found[1]) is not bool(found[3]) else None


def _whole_months(span: Span) -> int:
    """By how many months a span moves as calendar months do; 0 for one that moves by days."""
    if span.start is None or span.end is None or span.start.day != 1 or re.match(r"last \d+ (day|week)s", span.code):
        return 0
    months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month
    if span.end.day == 1:
        return months
    return 1 if months == 0 and span.end - span.start > _DAY else 0


def _checked(start: date | None, end: date | None, code: str) -> Span | None:
    if start is None or end is None:
        return None
    return Span(start, end, code) if _FIRST <= start < end <= _END else None
