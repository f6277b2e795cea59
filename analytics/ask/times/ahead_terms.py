"""Times of what will be: `in three months` as the days up to that day, `in July` as the July to come."""

from datetime import date, timedelta

from analytics.ask.span import Span, months_back
from analytics.ask.times.calendar_periods import WORDS
from analytics.ask.times.named_periods import MONTH, NUMBER, YEAR, named
from analytics.ask.times.time_term import Form, Found, Meaning, form

_ONE_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_NEARLY_A_YEAR = 334


def _so_long(match: Found, as_of: date) -> tuple[str, Meaning] | None:
    """Months of the calendar, not of 30 days: of 30 June the day three months on is 30 September."""
    last = months_back(as_of, -WORDS.number(match["n"]) * _MONTHS[match["unit"]])
    return ("future", Span(as_of + _ONE_DAY, last + _ONE_DAY)) if last and last > as_of else None


def _next(match: Found, as_of: date) -> tuple[str, Meaning] | None:
    """`forecast 6 months` are the next 6 months."""
    start = as_of + _ONE_DAY
    end = months_back(start, -WORDS.number(match["n"]) * _MONTHS[match["unit"]])
    return ("future", Span(start, end)) if end and end > start else None


_LENGTH = rf"(?P<n>an?|{NUMBER}) (?P<unit>month|quarter|year)s?"
AHEAD_BY: Form = form(rf"(?:in|within) {_LENGTH}(?: from now| ahead| time)?", _so_long)
AHEAD: Form = form(_LENGTH, _next)
FROM_NOW: Form = form(rf"(?:in )?{_LENGTH} (?:from now|ahead)", _so_long)


def _coming(match: Found, as_of: date) -> tuple[str, Meaning] | None:
    """`in July` of what will be: the July that is running or comes next."""
    found = named(match["period"], as_of, as_of + timedelta(days=_NEARLY_A_YEAR))
    if found is None or found.start is None or found.end is None or found.end <= as_of + _ONE_DAY:
        return None
    edge = match["edge"] or ""
    if not edge:
        return "future", Span(max(found.start, as_of + _ONE_DAY), found.end)
    end = found.start if edge in ("start", "beginning") else found.end
    return ("future", Span(as_of + _ONE_DAY, end)) if end > as_of + _ONE_DAY else None


COMING: Form = form(
    rf"(?:(?:in|by|for|during|until|till|at|over)(?: the)? )?(?:(?P<edge>end|start|beginning) of )?"
    rf"(?P<period>{MONTH}|(?:q|quarter )[1-4])(?! (?:{YEAR}|\d))",
    _coming,
)
