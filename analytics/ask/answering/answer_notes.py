"""What is to be read beside an answer: what the data does to the KPI, and what the days asked about do to it."""

from collections.abc import Iterator
from datetime import timedelta

from analytics.ask.answering.measured import Measured, compared_filters
from analytics.bound import Bound
from analytics.formatting import day_text
from analytics.measure import FEWEST_TICKETS


def answer_notes(found: Measured) -> tuple[str, ...]:
    """A sentence each; none quotes an export."""
    return (*_own(found), *found.said)


def _own(found: Measured) -> Iterator[str]:
    question = found.question
    if found.day and question.span.end and question.span.end > found.day + timedelta(days=1):
        yield f"The period is not over: the data ends on {day_text(found.day)}."
    if found.kpi.is_stock:
        yield from _ages(found)
    if question.grain and (cut := _cut(found)):
        yield f"The {cut} {question.grain} of the course holds only the days asked about."
    if found.now.split.frame["too_few"].any() and (question.by or question.grain):
        yield f"Where fewer than {FEWEST_TICKETS} tickets are behind a value it is too few to act on, and not ranked."


def _ages(found: Measured) -> Iterator[str]:
    """What a limit on the day of opening means for a level at another time."""
    now, earlier = _opened(found.question.filters.bounds), compared_filters(found.question)
    then = _opened(earlier.bounds) if earlier else ()
    if now and found.question.grain:
        yield "The limit on the day of opening is the same at each point of the course."
    if then != now and then:
        days = " and ".join(bound.words for bound in then)
        yield f"The level before is of tickets just as old then: {days}."


def _opened(bounds: tuple[Bound, ...]) -> tuple[Bound, ...]:
    return tuple(bound for bound in bounds if bound.column == "opened_on")


def _cut(found: Measured) -> str:
    """Which ends of a course the days asked about cut: a level has no length to be cut."""
    grain, span = found.question.grain, found.question.span
    if grain is None or found.kpi.is_stock:
        return ""
    first = span.start and grain.start(span.start) != span.start
    over = span.end and found.day and span.end <= found.day
    last = over and span.end and grain.start(span.end) != span.end
    return " and the ".join(name for name, is_cut in (("first", first), ("last", last)) if is_cut)
