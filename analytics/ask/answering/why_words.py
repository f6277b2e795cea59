"""Why a KPI changed, in words: the change of the whole, and who made most of it."""

from typing import Any

from analytics.ask.answering.answer_comparison import change_clause
from analytics.ask.answering.change_parts import ChangeParts, is_ratio
from analytics.ask.answering.span_words import span_words
from analytics.ask.answering.value_words import (
    acted,
    dimension_words,
    is_nought,
    shown,
    signed,
    tickets_words,
    title_words,
    value_name,
    where_words,
)  # fmt: skip
from analytics.ask.question import Question
from analytics.flow.bridge_sentences import subject
from analytics.formatting import count_text
from analytics.kpi import Unit
from analytics.measure import KpiResult


def whole_change(now: KpiResult, before: KpiResult, question: Question) -> str:
    """`Reopen rate was 5.0 % last month, over 120 tickets, 1.2 points more than in April (3.8 %), worse.`."""
    kpi, scope = now.kpi, f"{span_words(question.span)}{where_words(question.filters)}"
    if now.value is None or now.too_few:
        few = "no" if now.value is None else "too few"
        return f"There are {few} tickets {kpi.verb} {scope} to tell why the {title_words(kpi)} changed."
    compared = change_clause(now, before, question)
    if kpi.unit is Unit.TICKETS:
        return f"{tickets_words(now.value)} {acted(kpi, now.value)} {scope}{compared}."
    return f"{kpi.title} was {shown(now.value, kpi)} {scope}, over {tickets_words(now.tickets)}{compared}."


def parts_sentence(found: ChangeParts) -> str:
    """`Category 'Email' made +1.0 points of it: 0.8 by its own level, 0.2 by its share of the tickets.`."""
    kpi = found.kpi
    if is_nought(found.change, kpi):
        return ""
    if found.named.empty:
        return f"No {dimension_words(found.dimension)} with enough tickets made it."
    rows = found.named.head(2).to_dict("records")
    second = (
        f", then {value_name(found.dimension, rows[1][found.dimension])} {_made(rows[1], found)}" if rows[1:] else ""
    )
    name = subject(found.dimension, rows[0][found.dimension])
    return f"{name} made the most of it, {_made(rows[0], found)}{_how(rows[0], found)}{second}."


def _made(row: dict[Any, Any], found: ChangeParts) -> str:
    return signed(row["part"], found.kpi)


def _how(row: dict[Any, Any], found: ChangeParts) -> str:
    """From what to what, and how much of it is its own level."""
    kpi = found.kpi
    if not is_ratio(kpi):
        return f" (from {count_text(row['tickets_before'])} to {count_text(row['tickets'])})"
    moved = f"from {shown(row['before'], kpi)} to {shown(row['value'], kpi)}"
    return f" ({signed(row['level'], kpi)} as it went {moved}, {signed(row['mix'], kpi)} by its share of the tickets)"
