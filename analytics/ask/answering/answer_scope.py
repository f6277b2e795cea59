"""The scope of an answer in words: when, and of which tickets; and why there is no number in it."""

from datetime import timedelta

from analytics.ask.answering.measured import Measured
from analytics.ask.answering.span_words import level_words, span_words
from analytics.ask.answering.value_words import acted, tickets_words, title_words, where_words
from analytics.formatting import count_text, moment_text
from analytics.kpi import CANCELLED, NO_OPENING, STILL_OPEN, Count, Kpi

# Whoever is left out for one of these was not, or not truly, resolved or ended: there were none.
_NEVER_DONE = {CANCELLED.reason, NO_OPENING.reason, STILL_OPEN.reason}


def scope(found: Measured) -> str:
    """`last month (1 to 31 May 2026, as of 30 Jun 2026) where priority is 1`; of a level the moment it is of."""
    question = found.question
    level_on = question.span.end - timedelta(days=1) if question.span.end else found.day
    where = where_words(question.filters, level_on if found.kpi.is_stock and not question.grain else None)
    if found.kpi.is_stock and not question.grain:
        return f"{level_words(question.span, found.day) or f'now ({moment_text(found.as_of)})'}{where}"
    return f"{span_words(question.span, found.day)}{where}"


def is_now(found: Measured) -> bool:
    """Whether the answer is about the present: a level without an end of its days."""
    return scope(found).startswith("now")


def nothing(found: Measured) -> str:
    """Why there is no number, in a sentence; empty where there is one."""
    result, kpi, when = found.now.whole, found.kpi, scope(found)
    if kpi.is_stock or isinstance(kpi.value, Count):
        were = "are" if is_now(found) else "were"
        return "" if result.value else f"No tickets {were} {_done(kpi)} {when}."
    if result.value is None:
        return _untold(found, when)
    if result.too_few:
        count = f"Only {tickets_words(result.tickets)} {acted(kpi, result.tickets)}"
        return f"{count} {when}: too few to tell the {title_words(kpi)}."
    return ""


def _untold(found: Measured, when: str) -> str:
    """None at all, or none of those there were that tell it, and why."""
    kpi, excluded = found.kpi, [pair for pair in found.kept.excluded if pair[0] not in _NEVER_DONE]
    if not excluded:
        return f"No tickets were {_done(kpi)} {when}."
    reason, count = max(excluded, key=lambda pair: pair[1])
    return f"No tickets {kpi.verb} {when} tell the {title_words(kpi)}: {count_text(count)} left out, {reason}."


def _done(kpi: Kpi) -> str:
    """What was done to none of them."""
    return "resolved or closed" if kpi.verb == "ended" else kpi.verb
