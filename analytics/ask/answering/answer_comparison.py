"""A comparison in words: how far a number is from the one before, and whether that is better."""

from typing import Any

from analytics.ask.answering.span_words import compared_words, level_words, whole_grain
from analytics.ask.answering.value_words import difference, is_nought, judged, more_or_less, shown, signed
from analytics.ask.question import Question
from analytics.ask.span import Span
from analytics.formatting import TOO_FEW
from analytics.kpi import Kpi
from analytics.measure import KpiResult


def change_clause(now: KpiResult, before: KpiResult, question: Question) -> str:
    """`, 12.4 h more than in April 2026 (31.0 h), worse`; what there is to say where there is no change."""
    kpi, when = now.kpi, compared_days(question)
    if before.value is None:
        return f"; {when} there were no tickets to compare with"
    if before.too_few:
        return f"; {when} there were {TOO_FEW} tickets to compare with"
    if now.value is None or now.too_few:
        return f", against {shown(before.value, kpi)} {when}"
    change = now.value - before.value
    if is_nought(change, kpi):
        return f", as {when}"
    apart = f"{difference(change, kpi)} {more_or_less(change, kpi)}"
    return f", {apart} than {when} ({shown(before.value, kpi)}){judged(change, kpi)}"


def apart_clause(name: str, change: float, kpi: Kpi) -> str:
    """How far the first of two is from the second: `; 'A' is 3.3 h higher, worse`."""
    if is_nought(change, kpi):
        return "; no difference"
    way = "higher" if change > 0 else "lower"
    return f"; {name} is {difference(change, kpi)} {way}{judged(change, kpi)}"


def moved_clause(row: dict[Any, Any], kpi: Kpi) -> str:
    """`from 20.1 h to 43.4 h (+23.3 h)`."""
    return f"from {shown(row['before'], kpi)} to {shown(row['value'], kpi)} ({signed(row['change'], kpi)})"


def against(question: Question) -> str:
    """`against April 2026`, `against the end of April 2026`."""
    words = compared_days(question)
    for preposition in ("in ", "on ", "at "):
        words = words.removeprefix(preposition)
    return f"against {words}"


def compared_days(question: Question) -> str:
    """The compared days: `in April 2026`, and of a level `at the end of April 2026`."""
    span = question.compare or Span()
    if not question.measured.is_stock:
        return compared_words(span)
    grain = whole_grain(span)
    if grain and span.start and grain.value != "day":
        return f"at the end of {compared_words(span).removeprefix('in ')}"
    return level_words(Span(span.start, span.end)) or compared_words(span)
