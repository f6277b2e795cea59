"""The days that a forecast tells: those asked about, as far as they lie ahead and a forecast reaches."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.ask.span import Span
from analytics.forecast.history import MOST_AHEAD
from analytics.formatting import day_text
from analytics.period import Grain

_DAY = timedelta(days=1)
# Where a question names no last day: so far as the page looks unasked.
USUAL_WEEKS = 13
_MOST = MOST_AHEAD[Grain.WEEK]


@dataclass(frozen=True)
class DaysAsked:
    """`start` to before `end`, None for none of the days asked about; `said` is to be said with it, in sentences.

    `instead` begins the sentence where the days told are others than those asked about.
    """

    start: date | None
    end: date | None
    said: str = ""
    instead: str = ""


def days_asked(span: Span, as_of: date, begins: date, reaches: date, is_level: bool) -> DaysAsked:
    """Of a forecast that begins on a day and reaches to before another; a level is told of the last day alone."""
    first = max(as_of + _DAY, begins)
    if span.start is None and span.end is None:
        return DaysAsked(begins, reaches)
    if span.end and span.end <= first:
        over = span.end <= as_of + _DAY
        why = "are over; as of their end" if over else "are before the forecast begins; from then on"
        return DaysAsked(begins, reaches, instead=f"The days asked about {why}")
    start = max(first, span.start or first)
    end = span.end or min(start + timedelta(weeks=USUAL_WEEKS), max(reaches, start))
    if start >= reaches or (is_level and end > reaches):
        return DaysAsked(None, None, _too_far(reaches))
    return DaysAsked(start, min(end, reaches), " ".join(_partly(span, start, end, reaches, is_level)))


def _too_far(reaches: date) -> str:
    last = day_text(reaches - _DAY)
    return f"Cannot tell: a forecast reaches {_MOST} weeks, to {last}, and what is asked about lies after it."


def _partly(span: Span, start: date, end: date, reaches: date, is_level: bool) -> list[str]:
    said = []
    if span.start and span.start < start and not is_level:
        said.append(f"The days before {day_text(start)} are over, and not in it.")
    if end > reaches:
        said.append(f"A forecast reaches {_MOST} weeks: the days from {day_text(reaches)} on are not in it.")
    if span.end is None:
        said.append(f"No last day was named: {USUAL_WEEKS} weeks are told.")
    return said
