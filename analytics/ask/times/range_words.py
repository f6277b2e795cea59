"""Periods in words, alone and joined: `in May`, `since March`, `from March to May`, `at the end of April`."""

import re
from datetime import date, timedelta
from itertools import pairwise

from analytics.ask.span import ALL_TIME, Span, months_back, span_of
from analytics.ask.times.calendar_periods import WORDS
from analytics.ask.times.named_periods import (
    MONTH,
    NUMBER,
    PERIOD,
    UNIT,
    YEAR,
    leaves_the_year_open,
    named,
    names_a_year,
)
from analytics.ask.times.time_term import Form, Found, Meaning, form
from analytics.period import Grain

_ONE_DAY = timedelta(days=1)
_IN = (
    r"(?:(?:in|during|for|over|within|throughout|of|on|across|at|in all of|all of|as in)"
    r"(?: (?:the|whole of|all of))? |the )?"
)
_DAY_OF_MONTH = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_TO = r"(?:(?:to|until|till|through|thru|up to)(?: and including)?|and|-)"
Kind = tuple[str, Meaning] | None


def _period(match: Found, as_of: date) -> Kind:
    return _spanned(named(match["period"], as_of), as_of)


def _from_to(match: Found, as_of: date) -> Kind:
    """`in May and July` names two months, and what lies between is not meant."""
    if f"{match['first']} and " in match[0] and match["side"] not in ("between", "from"):
        ends = _ends(match["first"], match["last"], as_of)
        if ends is None or ends[0].end != ends[1].start:
            return None
    return _spanned(joined(match["first"], match["last"], as_of), as_of)


def _days_of_month(match: Found, as_of: date) -> Kind:
    month = f"{match['month']} {match['year']}" if match["year"] else match["month"]
    return _spanned(joined(f"{match['first']} {month}", f"{match['last']} {month}", as_of), as_of)


def _weeks(match: Found, as_of: date) -> Kind:
    """`weeks 10 to 14`."""
    year = f" {match['year']}" if match["year"] else ""
    return _spanned(joined(f"week {match['first']}{year}", f"week {match['last']}{year}", as_of), as_of)


def _and(match: Found, as_of: date) -> Kind:
    """Periods that touch are one."""
    year = f" {match['year']}" if match["year"] else ""
    texts = re.sub(" and ", " ", match["periods"]).split()
    spans = [found for text in texts if (found := named(f"{text}{year}", as_of))]
    touch = all(early.end == late.start for early, late in pairwise(spans))
    return _spanned(Span(spans[0].start, spans[-1].end), as_of) if len(spans) > 1 and touch else None


def _since(match: Found, as_of: date) -> Kind:
    found = named(match["period"], as_of)
    if found is None or found.start is None or found.end is None:
        return None
    start = found.end if match["side"] in ("after", ">") else found.start
    if start > as_of:
        return "future", Span(start, None)
    return "span", Span(start, as_of + _ONE_DAY)


def _since_weekday(match: Found, as_of: date) -> Kind:
    """`since Monday`: the latest one before the as-of day."""
    day = _latest_weekday(match, as_of)
    start = day + _ONE_DAY if match["side"] == "after" else day
    return "span", Span(start, as_of + _ONE_DAY)


def _until_weekday(match: Found, as_of: date) -> Kind:
    day = _latest_weekday(match, as_of)
    return "span", Span(None, day if match["side"] == "before" else day + _ONE_DAY)


def _latest_weekday(match: Found, as_of: date) -> date:
    return as_of - timedelta(days=(as_of.weekday() - WORDS.weekday_number(match["weekday"])) % 7 or 7)


def _to_date(match: Found, as_of: date) -> Kind:
    return _spanned(span_of(f"{match['unit']} to date", as_of), as_of)


def _from(match: Found, as_of: date) -> Kind:
    """`from March` may mean in March or since March."""
    found = named(match["period"], as_of)
    if found is None or found.start is None or found.end is None or found.start > as_of:
        return _spanned(found, as_of)
    since = Span(found.start, as_of + _ONE_DAY)
    if found.code or found.end > as_of:
        return "span", found
    return "ambiguous", (found, since)


def _until(match: Found, as_of: date) -> Kind:
    found = named(match["period"], as_of)
    if found is None:
        return None
    end = found.start if match["side"] in ("before", "prior to", "earlier than", "<") else found.end
    return "span", Span(None, end)


def _point(match: Found, as_of: date) -> Kind:
    found = named(match["period"], as_of)
    if found is None or found.start is None or found.end is None:
        return None
    day = found.start - _ONE_DAY if match["side"] in ("start", "beginning") else found.end - _ONE_DAY
    return ("point", min(day, as_of)) if found.start <= as_of else ("future", found)


def _end_of_this(match: Found, as_of: date) -> Kind:
    start = Grain(match["unit"]).start(as_of)
    end = Grain(match["unit"]).next(start)
    return ("point", as_of) if end == as_of + _ONE_DAY else ("future", Span(as_of + _ONE_DAY, end))


def _end_of_next(match: Found, as_of: date) -> Kind:
    start = Grain(match["unit"]).next(Grain(match["unit"]).start(as_of))
    return "future", Span(as_of + _ONE_DAY, Grain(match["unit"]).next(start))


def _last_end(match: Found, as_of: date) -> Kind:
    """`at year end`: the end of the last one that is over."""
    start = Grain(match["unit"]).start(as_of + _ONE_DAY)
    return "point", start - _ONE_DAY


def _now(_match: Found, as_of: date) -> Kind:
    return "point", as_of


def _all(_match: Found, _as_of: date) -> Kind:
    return "span", ALL_TIME


def _either_way(match: Found, as_of: date) -> Kind:
    """`03/04/2026`: a day and a month in an order that differs between countries."""
    first, second, year = (int(match[name]) for name in ("first", "second", "year"))
    texts = dict.fromkeys(f"{year:04}/{month}/{day}" for day, month in ((first, second), (second, first)))
    spans = tuple(found for text in texts if (found := named(text, as_of)))
    return None if not spans else ("ambiguous", spans) if len(spans) > 1 else _spanned(spans[0], as_of)


def _future(match: Found, as_of: date) -> Kind:
    """`next 8 weeks`: from the day after the as-of day; a few are 3."""
    count = 3 if match["n"] in ("few", None) else WORDS.number(match["n"])
    start, end = as_of + _ONE_DAY, as_of + _ONE_DAY
    for _ in range(min(count, 500)):
        end = _later(end, match["unit"])
    return "future", Span(start, end)


def _later(day: date, unit: str) -> date:
    days = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}[unit]
    return day + timedelta(days=days) if unit in ("day", "week") else months_back(day, -(days // 30)) or day


def _future_named(match: Found, as_of: date) -> Kind:
    """`next March`."""
    found = named(match["period"], as_of, as_of + timedelta(days=366))
    return "future", found


def _future_unit(match: Found, as_of: date) -> Kind:
    grain = Grain(match["unit"])
    start = grain.next(grain.start(as_of))
    return "future", Span(start, grain.next(start))


def _someday(_match: Found, _as_of: date) -> Kind:
    return "future", None


def _tomorrow(_match: Found, as_of: date) -> Kind:
    return "future", Span(as_of + _ONE_DAY, as_of + 2 * _ONE_DAY)


def joined(first: str, last: str, as_of: date) -> Span | None:
    """From the first period to the end of the last; the one that names no year follows the other."""
    ends = _ends(first, last, as_of)
    return Span(ends[0].start, ends[1].end) if ends else None


def _ends(first: str, last: str, as_of: date) -> tuple[Span, Span] | None:
    late = named(last, as_of)
    year = names_a_year(first)
    if year and leaves_the_year_open(last):
        early = named(first, as_of)
        late = named(last, as_of, early.start + timedelta(days=364)) if early and early.start else late
    if late is None or late.start is None:
        return None
    early = named(first, as_of, late.start)
    if early is None or early.start is None or late.end is None or early.start >= late.end:
        return None
    return early, late


def _spanned(found: Span | None, as_of: date) -> Kind:
    if found is None:
        return None
    return ("future" if found.start and found.start > as_of else "span"), found


_FIRST, _LAST, _ONE = (f"(?P<{name}>{PERIOD})" for name in ("first", "last", "period"))
_MONTHS_AND = rf"(?:{MONTH}|q[1-4])(?: (?:{MONTH}|q[1-4]))*(?: and (?:{MONTH}|q[1-4]))"
_NOW = (
    r"(?:right |just )?now|(?:at|for) (?:the|this) (?:moment|present|time)|at present|currently|as of (?:now|today)"
    r"|to date"
)
_ALL = (
    r"(?:of |for |over |across )?all time|since (?:the )?(?:beginning|start)|since records began|ever"
    r"|from the beginning"
)
_AHEAD = r"(?:in |for |over |during |by )?(?:the )?(?:next|coming|following|upcoming)"
_GRAIN = r"(?:day|week|month|quarter|year)"
_END = rf"(?:by|at|before|until|till)? ?(?:the )?end of (?:(?:the|this) )?(?P<unit>{UNIT})"
RANGE_FORMS: tuple[Form, ...] = (
    form(rf"{_IN}{_ONE}", _period),
    form(
        rf"(?P<side>between|from|for|in|during|since|after|starting) {_FIRST} {_TO}(?: the end of)? {_LAST}", _from_to
    ),
    form(rf"{_FIRST} (?:to|until|till|through|thru|up to|-) {_LAST}", _from_to),
    form(
        rf"{_IN}(?:between |from )?(?:the )?(?P<first>{_DAY_OF_MONTH}) {_TO}(?: the)? (?P<last>{_DAY_OF_MONTH})(?: of)?"
        rf" (?P<month>{MONTH})(?: (?P<year>{YEAR}))?",
        _days_of_month,
    ),
    form(
        rf"{_IN}(?:between |from )?(?P<month>{MONTH}) (?P<first>{_DAY_OF_MONTH}) {_TO} (?P<last>{_DAY_OF_MONTH})"
        rf"(?: (?P<year>{YEAR}))?",
        _days_of_month,
    ),
    form(
        rf"{_IN}(?:between |from )?(?:(?:calendar |iso )?weeks?|kw|cw|wk) (?P<first>\d{{1,2}})"
        rf" {_TO} (?:week )?(?P<last>\d{{1,2}})"
        rf"(?: (?:of )?(?P<year>{YEAR}))?",
        _weeks,
    ),
    form(rf"{_IN}(?P<periods>{_MONTHS_AND})(?: (?P<year>{YEAR}))?", _and),
    form(
        rf"(?P<side>since|after|starting|beginning)(?: from| in| on| the (?:start|beginning) of)? {_ONE}",
        _since,
    ),
    form(
        rf"(?P<side>since|after|starting|from)(?: on)? (?P<weekday>{WORDS.weekday_pattern})(?: on| onwards)?",
        _since_weekday,
    ),
    form(rf"(?P<side>until|till|up to|through|before)(?: on)? (?P<weekday>{WORDS.weekday_pattern})", _until_weekday),
    form(rf"(?:since|from) (?:the )?(?:start|beginning) of (?:the|this) (?P<unit>{UNIT})", _to_date),
    form(rf"(?P<side>from|since|between) {_ONE} (?:on|onwards?|{_TO} (?:now|today|date))", _since),
    form(rf"from {_ONE}", _from),
    form(r"(?P<side>>=) (?P<period>\d{4}-\d\d-\d\d)", _since),
    form(r"(?P<side>>) (?P<period>\d{4}-\d\d-\d\d)", _since),
    form(r"(?P<side><=?) (?P<period>\d{4}-\d\d-\d\d)", _until),
    form(
        rf"(?P<side>until|till|up to|through|before|prior to|earlier than)(?: and including)?(?: the)?(?: end of)?"
        rf" {_ONE}",
        _until,
    ),
    form(rf"(?:as of|as at|at the end of|at end of|by the end of|end of)(?P<side>) {_ONE}", _point),
    form(rf"(?:at|as of|at the)(?: the)? (?P<side>start|beginning) of {_ONE}", _point),
    form(_END, _end_of_this),
    form(rf"(?:at|as of) (?:the )?(?:start|beginning) of (?:the|this) (?P<unit>{UNIT})", _last_end),
    form(rf"(?:by |at |before |until |till )?(?:the )?end of (?:the )?next (?P<unit>{UNIT})", _end_of_next),
    form(r"(?:at|by|as of) (?:the )?(?P<unit>month|quarter|year)[ -]end", _last_end),
    form(_NOW, _now),
    form(_ALL, _all),
    form(rf"(?:on |in )?(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<year>{YEAR})", _either_way),
    form(rf"{_AHEAD} (?P<unit>{_GRAIN})", _future_unit),
    form(rf"{_AHEAD} (?:(?P<n>{NUMBER}|few) )?(?P<unit>{_GRAIN})s", _future),
    form(rf"{_AHEAD} (?P<period>{MONTH})", _future_named),
    form(rf"{_AHEAD} {WORDS.weekday_pattern}", _someday),
    form(r"tomorrow", _tomorrow),
)
