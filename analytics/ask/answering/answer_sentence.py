"""The sentence of an answer: the number, over which days, of which tickets, against what."""

from analytics.ask.answering.answer_comparison import change_clause
from analytics.ask.answering.answer_scope import is_now, nothing, scope
from analytics.ask.answering.answer_table import Table, held
from analytics.ask.answering.course_words import course_sentence
from analytics.ask.answering.measured import Measured
from analytics.ask.answering.split_words import split_sentence
from analytics.ask.answering.value_words import acted, limit_text, shown, tickets_words
from analytics.kpi import Count, Unit


def measure_sentence(found: Measured, table: Table) -> str:
    """The answer in words; it quotes values of the export."""
    if found.question.grain:
        return course_sentence(found, table)
    return split_sentence(found, table.rows) if found.question.by else whole_sentence(found)


def whole_sentence(found: Measured) -> str:
    """One number: `1,204 tickets were opened last month (1 to 31 May 2026), 120 more than in April 2026 (1,084).`."""
    before = found.before
    if none := nothing(found):
        compared = change_clause(found.now.whole, before.whole, found.question) if before else ""
        return f"{none.removesuffix('.')}{compared}." if found.now.whole.value == 0 else none
    compared = change_clause(found.now.whole, before.whole, found.question) if before else ""
    return f"{_number(found)}{compared}{_judged(found)}."


def tickets_sentence(found: Measured) -> str:
    """How many tickets there are: `24 tickets were opened last month (1 to 31 May 2026).`."""
    count = found.now.whole.tickets
    if not count or found.kpi.unit is Unit.TICKETS:
        return whole_sentence(found)
    return f"{tickets_words(count)} {acted(found.kpi, count)} {scope(found)}."


def _number(found: Measured) -> str:
    result, kpi, when = found.now.whole, found.kpi, scope(found)
    value = result.value or 0.0
    if kpi.is_stock:
        verb = ("is" if value == 1 else "are") if is_now(found) else ("was" if value == 1 else "were")
        return f"{tickets_words(value)} {verb} open {when}"
    if isinstance(kpi.value, Count):
        return f"{tickets_words(value)} {acted(kpi, value)} {when}"
    return f"{kpi.title} was {shown(value, kpi)} {when}, over {tickets_words(result.tickets)}"


def _judged(found: Measured) -> str:
    """Whether one number passes the threshold: `; that is not under 80 %`."""
    limit, value = found.question.threshold, found.now.whole.value
    if limit is None or value is None:
        return ""
    return f"; that is {'' if held(limit, value) else 'not '}{limit_text(limit, found.kpi)}"
