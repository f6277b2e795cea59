"""Reach: whether the data covers the days that a question is about. What lies outside is unknown, not nothing."""

from dataclasses import replace
from datetime import date

from analytics.ask.question import Question
from analytics.ask.span import Span
from analytics.extent import first_day
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine


def outside(engine: Engine, question: Question) -> str:
    """Why nothing can be told of the question's days: all before the data starts or after it ends; else empty."""
    span, first = question.span, _first(engine, question.span)
    if first and span.end and span.end <= first:
        return f"Cannot tell: the data starts on {day_text(first)}, and these days are before it."
    last = engine.as_of.date() if engine.as_of else None
    if last and span.start and span.start > last:
        return f"Cannot tell yet: the data ends on {day_text(last)}, and these days are after it."
    return ""


def within_reach(engine: Engine, question: Question) -> tuple[Question, tuple[str, ...]]:
    """The question without a comparison that the data knows nothing of, and what is to be said of partly known days."""
    said: list[str] = []
    first = _first(engine, question.span) or _first(engine, question.compare or Span())
    if first and question.span.start and question.span.start < first:
        said.append(f"The data starts on {day_text(first)}: the days before it are not known.")
    earlier = question.compare
    if first and earlier and earlier.end and earlier.end <= first:
        said.append(f"There is nothing to compare with: the data starts on {day_text(first)}.")
        return replace(question, compare=None), tuple(said)
    if first and earlier and earlier.start and earlier.start < first:
        said.append(f"The days compared with are known only from {day_text(first)} on, where the data starts.")
    return question, tuple(said)


def _first(engine: Engine, span: Span) -> date | None:
    """The first day of the data, looked up only where the span has a side."""
    return first_day(engine) if span.start or span.end else None
