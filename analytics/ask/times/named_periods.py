"""Named periods: `last month`, `Q2 2016`, `week 14`, `3 May`, as the days they mean as of a day.

A period that names no year is the latest such period that has begun.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from analytics.ask.span import Span, months_back, span_of
from analytics.ask.times.calendar_periods import (
    ORDINALS,
    WORDS,
    Found,
    day_of_month,
    half_of,
    month_of,
    months_of_year,
    quarter_of,
    slashed,
    week_of_year,
    whole_year,
)
from analytics.period import Grain

MONTH = WORDS.month_pattern
WEEKDAY = WORDS.weekday_pattern
NUMBER = WORDS.number_pattern
YEAR = r"(?:19[7-9]\d|20\d\d|21\d\d)"
UNIT = r"(?:week|month|quarter|year)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_ONE_DAY = timedelta(days=1)

Reader = Callable[[Found, date, date], Span | None]


def named(text: str, as_of: date, latest: date | None = None) -> Span | None:
    """The days that the words mean, None for no period; one without a year has begun by `latest` (else `as_of`)."""
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(text)
        if match:
            try:
                found = reader(match, as_of, latest or as_of)
            except (ValueError, OverflowError):
                found = None
            return found if found is None or _is_sane(found) else None
    return None


def names_a_year(text: str) -> str:
    """The year that the words end or begin with; empty for words that leave it open or are relative to a day."""
    match = re.fullmatch(rf".* ({YEAR})|({YEAR}) .*", text)
    return (match[1] or match[2]) if match else ""


def leaves_the_year_open(text: str) -> bool:
    """Whether a year could be added to the words: `march`, `q2`, `week 14`, `3 may`."""
    return bool(_YEARLESS.fullmatch(text))


def _is_sane(span: Span) -> bool:
    return bool(span.start and span.end and date(1970, 1, 1) <= span.start < span.end <= date(2200, 1, 1))


def _pair(match: Found, as_of: date, latest: date) -> Span | None:
    """`May and June`, `Q1 to Q3`: those joined by `and` touch."""
    year = f" {match['year']}" if match["year"] else ""
    late = named(f"{match['late']}{year}", as_of, latest)
    early = named(f"{match['early']}{year}", as_of, late.start) if late else None
    if early is None or late is None or (match["joint"] in ("and", "plus") and early.end != late.start):
        return None
    return Span(early.start, late.end)


def _week_of_month(match: Found, as_of: date, latest: date) -> Span | None:
    """`first week of May`: its first seven days; the last week are its last seven."""
    month = named(match["period"], as_of, latest)
    if month is None or month.start is None or month.end is None:
        return None
    if match["which"] in ("last", "final"):
        return Span(month.end - timedelta(days=7), month.end)
    start = month.start + timedelta(days=7 * (ORDINALS[match["which"]] - 1))
    return Span(start, start + timedelta(days=7))


def _days_of_month(match: Found, as_of: date, latest: date) -> Span | None:
    """`first two weeks of June`: 14 days, if the month has as many."""
    month = named(match["period"], as_of, latest)
    if month is None or month.start is None or month.end is None:
        return None
    length = timedelta(days=WORDS.number(match["n"]) * (7 if match["unit"] == "week" else 1))
    if length > month.end - month.start:
        return None
    first = match["which"] == "first"
    return Span(month.start, month.start + length) if first else Span(month.end - length, month.end)


def _half_of_month(match: Found, as_of: date, latest: date) -> Span | None:
    month = named(match["period"], as_of, latest)
    if month is None or month.start is None or month.end is None:
        return None
    middle = month.start + timedelta(days=15)
    return Span(month.start, middle) if match["which"] in ("first", "1st") else Span(middle, month.end)


def _first_day(match: Found, as_of: date, latest: date) -> Span | None:
    month = named(match["period"], as_of, latest)
    return Span(month.start, month.start + _ONE_DAY) if month and month.start else None


def _week_of(match: Found, as_of: date, latest: date) -> Span | None:
    day = named(match["date"], as_of, latest)
    if day is None or day.start is None:
        return None
    monday = Grain.WEEK.start(day.start)
    return Span(monday, monday + timedelta(days=7))


def _code(match: Found, as_of: date, _latest: date) -> Span | None:
    parts = match.groupdict()
    if "code" in parts:
        return span_of(WORDS.codes.get(parts["code"], parts["code"]), as_of)
    if "to_date" in parts:
        return span_of(f"{parts['to_date']} to date", as_of)
    if parts.get("n"):
        return span_of(f"last {WORDS.number(parts['n'])} {parts['unit']}s", as_of)
    which = "this" if parts["which"] in ("this", "current") else "last"
    return span_of(f"{which} {parts['unit']}", as_of)


def _last_named(match: Found, as_of: date, _latest: date) -> Span | None:
    """`last march`, `last q2`: the latest that has ended."""
    found = named(match["period"], as_of)
    if found and found.end and found.end > as_of:
        found = named(match["period"], as_of, months_back(as_of, 12))
    return found


def _weekday(match: Found, as_of: date, _latest: date) -> Span | None:
    back = (as_of.weekday() - WORDS.weekday_number(match["weekday"])) % 7 or 7
    return Span(as_of - timedelta(days=back), as_of - timedelta(days=back - 1))


def _weekend(_match: Found, as_of: date, _latest: date) -> Span | None:
    monday = Grain.WEEK.start(as_of)
    return Span(monday - timedelta(days=2), monday)


def _ago(match: Found, as_of: date, _latest: date) -> Span | None:
    count, unit = WORDS.number(match["n"]), match["unit"]
    if unit in ("day", "week"):
        day: date | None = as_of - timedelta(days=count * (7 if unit == "week" else 1))
    else:
        day = months_back(as_of, count * {"month": 1, "quarter": 3, "year": 12}[unit])
    if day is None:
        return None
    start = Grain(unit).start(day)
    return Span(start, Grain(unit).next(start))


def _two_days_ago(_match: Found, as_of: date, _latest: date) -> Span | None:
    return Span(as_of - 2 * _ONE_DAY, as_of - _ONE_DAY)


def _before_last(match: Found, as_of: date, _latest: date) -> Span | None:
    unit = match[0].split()[0]
    last = span_of(f"last {unit}", as_of)
    if last is None or last.start is None:
        return None
    start = Grain(unit).start(last.start - _ONE_DAY)
    return Span(start, last.start)


_OF = r"(?: of)?(?: the)?(?: year)?"
_YEAR_AFTER = rf"(?:{_OF} (?P<year>{YEAR}))?"
_OF_YEAR = rf"(?:{_OF} (?P<year>{YEAR})|(?: of)? (?P<of_year>the|this|last|current|previous) year)?"
_DATE = rf"{_DAY}(?: of)? {MONTH}(?: {YEAR})?|{MONTH}(?: the)? {_DAY}(?: {YEAR})?|\d{{4}}-\d\d-\d\d"
_LAST = "(?:last|past|previous|recent|latest|trailing|rolling)"
_A_MONTH = rf"{MONTH}(?: {YEAR})?|(?:last|this) month"
_SOURCES: tuple[tuple[str, Reader], ...] = (
    (r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", slashed),
    (r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})", slashed),
    (r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", slashed),
    (rf"(?:the )?(?P<day>{_DAY})(?: of)? (?P<month>{MONTH})(?: (?P<year>{YEAR}))?", day_of_month),
    (rf"(?P<month>{MONTH})(?: the)? (?P<day>{_DAY})(?: (?P<year>{YEAR}))?", day_of_month),
    (
        rf"(?P<month>{MONTH})(?:(?: of)?(?: the)?(?: year)? (?P<year>{YEAR})|(?: of)? (?P<of_year>last|this) year)?",
        month_of,
    ),
    (rf"(?P<year>{YEAR}) (?P<month>{MONTH})", month_of),
    (rf"(?:the )?(?P<which>{_ORDINAL}|last|final) week (?:of|in) (?P<period>{_A_MONTH})", _week_of_month),
    (
        rf"(?:the )?(?P<which>first|last|final) (?P<n>{NUMBER}) (?P<unit>day|week)s (?:of|in) (?P<period>{_A_MONTH})",
        _days_of_month,
    ),
    (rf"(?:the )?(?P<which>first|second|1st|2nd) half of (?P<period>{_A_MONTH})", _half_of_month),
    (rf"(?:the )?(?:first|1st)(?: day)? of (?P<period>{_A_MONTH})", _first_day),
    (rf"(?P<year>{YEAR})-(?P<number>0[1-9]|1[0-2])", month_of),
    (rf"(?P<number>0?[1-9]|1[0-2])[/.](?P<year>{YEAR})", month_of),
    (rf"(?:q|quarter )(?P<n>[1-4]){_OF_YEAR}", quarter_of),
    (rf"(?P<year>{YEAR})(?:-| )q(?P<n>[1-4])", quarter_of),
    (rf"(?P<n>{_ORDINAL}) quarter{_OF_YEAR}", quarter_of),
    (rf"(?P<n>last|final) quarter of(?: the)?(?: year)? (?P<year>{YEAR})", quarter_of),
    (rf"(?P<n>last|final|latter) half of(?: the)?(?: year)? (?P<year>{YEAR})", half_of),
    (rf"(?P<which>first|last|final) (?P<n>{NUMBER}) months of(?: the)?(?: year)? (?P<year>{YEAR})", months_of_year),
    (rf"(?P<which>first|last|final) month of(?: the)?(?: year)? (?P<year>{YEAR})", months_of_year),
    (rf"(?P<year>{YEAR})(?:-| )h(?P<n>[12])", half_of),
    (rf"(?:h|half year )(?P<n>[12]){_OF_YEAR}", half_of),
    (rf"(?P<n>{_ORDINAL}) half{_OF_YEAR}", half_of),
    (rf"(?:(?:calendar |iso )?week|wk|kw|cw|w) ?(?P<n>\d{{1,2}}){_YEAR_AFTER}", week_of_year),
    (rf"(?P<year>{YEAR})(?:-| )w(?P<n>\d{{1,2}})", week_of_year),
    (rf"(?:(?:week|wk) (?:of|starting|beginning|commencing)|wc)(?: on)?(?: the)? (?P<date>{_DATE})", _week_of),
    (rf"(?:the )?(?:calendar )?(?:year )?(?P<year>{YEAR})", whole_year),
    (rf"(?P<code>today|yesterday|{WORDS.code_pattern})", _code),
    (rf"(?P<to_date>{UNIT}) (?:to|till|until) (?:date|now|today)", _code),
    (rf"so far (?:this|in the current) (?P<to_date>{UNIT})", _code),
    (rf"(?:this|the current|current) (?P<to_date>{UNIT}) (?:so far|to date|until now)", _code),
    (rf"(?P<which>this|current|last|previous|prior|preceding) (?:calendar )?(?P<unit>{UNIT})", _code),
    (
        rf"(?:rolling |trailing )?{_LAST} (?P<n>{NUMBER}) (?P<unit>day|{UNIT})s?",
        _code,
    ),
    (rf"{UNIT} before last", _before_last),
    (r"(?:the )?day before yesterday", _two_days_ago),
    (rf"(?P<n>{NUMBER}|an?) (?P<unit>day|{UNIT})s? ago", _ago),
    (rf"(?:last|previous) (?P<weekday>{WEEKDAY})", _weekday),
    (r"(?:last|previous|past) weekend", _weekend),
    (rf"(?:last|this) (?P<period>{MONTH}|q[1-4]|h[12])", _last_named),
)
_UNTIMED = rf"(?:{MONTH}|q[1-4])"
_PAIR = rf"(?P<early>{_UNTIMED}) (?P<joint>and|to|plus|through|-) (?P<late>{_UNTIMED})(?: (?P<year>{YEAR}))?"
_FORMS = tuple((re.compile(source), reader) for source, reader in (*_SOURCES, (_PAIR, _pair)))
PERIOD = f"(?:{'|'.join(re.sub(r'[?]P<[a-z_]+>', '?:', source) for source, _ in _SOURCES)})"
PAIR = re.sub(r"[?]P<[a-z_]+>", "?:", _PAIR)
_YEARLESS = re.compile(
    rf"{_UNTIMED} (?:and|to|plus|through|-) {_UNTIMED}|"
    rf"{MONTH}|{_DAY}(?: of)? {MONTH}|{MONTH}(?: the)? {_DAY}|(?:q|quarter )[1-4]|h[12]|{_ORDINAL} (?:quarter|half)"
    r"|(?:(?:calendar |iso )?week|wk|kw|cw|w) ?\d{1,2}"
)
