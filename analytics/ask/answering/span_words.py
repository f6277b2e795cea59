"""Spans in words: `last month (1 to 31 May 2026)`, `from 1 May 2026 to 31 May 2026`, `in April 2026`."""

from datetime import date, timedelta

from analytics.ask.span import Span
from analytics.formatting import day_text
from analytics.period import Grain

_DAY = timedelta(days=1)
# Codes that stand alone; all others take "in the": in the last 90 days, in the year to date.
_ALONE = ("today", "yesterday", "this ", "last week", "last month", "last quarter", "last year")
_WHOLE = (Grain.YEAR, Grain.QUARTER, Grain.MONTH, Grain.WEEK, Grain.DAY)


def span_words(span: Span, as_of: date | None = None) -> str:
    """When, to follow a verb: `last month (1 to 31 May 2026)`, `since 1 May 2026`; all time is `in all the data`.

    With `as_of` a relative span says the day that it is relative to: `(1 to 31 May 2026, as of 12 Jun 2026)`.
    """
    if not span.code:
        to = f" (to {day_text(as_of)})" if as_of and span.start is None and span.end is None else ""
        return f"{_days_words(span)}{to}"
    relative = f", as of {day_text(as_of)}" if as_of else ""
    days = day_range(span)
    said = span.code if span.code.startswith(_ALONE) and not span.code[5:6].isdigit() else f"in the {span.code}"
    return f"{said} ({days}{relative})" if days else said


def level_words(span: Span, as_of: date | None = None) -> str:
    """When a level is of: `at the end of last month (31 May 2026)`; empty where it is of now."""
    if span.end is None or (as_of and span.end > as_of):
        return ""
    last = day_text(span.end - _DAY)
    if not span.code or span.code.startswith(("today", "yesterday")):
        return f"at the end of {last}"
    named = span.code if span.code.startswith(_ALONE) and not span.code[5:6].isdigit() else f"the {span.code}"
    relative = f", as of {day_text(as_of)}" if as_of else ""
    return f"at the end of {named} ({last}{relative})"


def day_range(span: Span) -> str:
    """`1 to 31 May 2026`, `3 Apr to 1 Jul 2026`; one day alone; empty where a side is open."""
    if span.start is None or span.end is None:
        return ""
    first, last = span.start, span.end - _DAY
    if first >= last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)} to {day_text(last)}"
    return f"{first.day if first.month == last.month else f'{first:%-d %b}'} to {day_text(last)}"


def compared_words(span: Span) -> str:
    """A span that another is held against: `in April 2026`, `in Q1 2026`, `from 1 to 15 Apr 2026`."""
    grain = whole_grain(span)
    if grain and span.start:
        return period_words(span.start, grain)
    days = day_range(span)
    return f"from {days}" if days else _days_words(span)


def period_words(start: date, grain: Grain) -> str:
    """A period of a trend: `on 1 May 2026`, `in the week of 25 May 2026`, `in May 2026`, `in Q2 2026`, `in 2026`."""
    return f"{'on' if grain is Grain.DAY else 'in'} {period_name(start, grain)}"


def period_name(start: date, grain: Grain) -> str:
    """`1 May 2026`, `the week of 25 May 2026`, `May 2026`, `Q2 2026`, `2026`."""
    match grain:
        case Grain.DAY:
            return day_text(start)
        case Grain.WEEK:
            return f"the week of {day_text(start)}"
        case Grain.MONTH:
            return f"{start:%B %Y}"
        case Grain.QUARTER:
            return f"Q{(start.month + 2) // 3} {start.year}"
        case Grain.YEAR:
            return str(start.year)


def whole_grain(span: Span) -> Grain | None:
    """The period of the calendar that the span is exactly one of, None if it is no such."""
    if span.start is None or span.end is None:
        return None
    start, end = span.start, span.end
    return next((grain for grain in _WHOLE if grain.start(start) == start and grain.next(start) == end), None)


def _days_words(span: Span) -> str:
    last = span.end - _DAY if span.end else None
    if span.start and last:
        one = span.start == last
        return f"on {day_text(last)}" if one else f"from {day_text(span.start)} to {day_text(last)}"
    if span.start:
        return f"since {day_text(span.start)}"
    return f"until {day_text(last)}" if last else "in all the data"
