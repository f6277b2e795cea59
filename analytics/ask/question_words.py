"""A question in our words: what was understood, as an echo, a title of what is saved, or a line of what was asked."""

from analytics.ask.answering.answer_comparison import against
from analytics.ask.answering.span_words import level_words, span_words
from analytics.ask.answering.value_words import dimension_words, limit_text, where_words
from analytics.ask.question import Intent, Order, Question
from analytics.ask.span import ALL_TIME
from analytics.formatting import count_text
from analytics.period import Grain

_INTENTS = {
    Intent.TICKETS: "Tickets behind ", Intent.DEFINITION: "What is ", Intent.WHY: "Why did it change: ",
    Intent.FORECAST: "Forecast: ", Intent.OWNERS: "Who owns what is open",
}  # fmt: skip
_EVERY = {Grain.DAY: "day", Grain.WEEK: "week", Grain.MONTH: "month", Grain.QUARTER: "quarter", Grain.YEAR: "year"}


def question_words(question: Question) -> str:
    """`Mean time to resolve by assignment group, last month (1 to 31 May 2026), where priority is 1; top 5`.

    It quotes values of the export.
    """
    kpi, intent = question.measured, question.intent
    if intent is Intent.DEFINITION:
        return f"What is {kpi.title}?"
    title = "" if intent is Intent.OWNERS else kpi.title
    parts = [f"{_INTENTS.get(intent, '')}{title}{_split(question)}", *_when(question)]
    where = where_words(question.filters).strip()
    compared = [against(question)] if question.compare else []
    said = ", ".join([*parts, *([where] if where else []), *compared])
    return "; ".join([said, *_rows(question)])


def _split(question: Question) -> str:
    """` by week and category`."""
    names = [*([_EVERY[question.grain]] if question.grain else []), *(dimension_words(name) for name in question.by)]
    return f" by {' and '.join(names)}" if names else ""


def _when(question: Question) -> list[str]:
    if question.measured.is_stock and question.intent in (Intent.MEASURE, Intent.TICKETS) and not question.grain:
        return [level_words(question.span) or "now"]
    return [] if question.span == ALL_TIME else [span_words(question.span)]


def _rows(question: Question) -> list[str]:
    """Which rows are wanted, and in what order."""
    limit = [limit_text(question.threshold, question.measured)] if question.threshold else []
    return [*limit, *_order(question)]


def _order(question: Question) -> list[str]:
    count, order = question.limit, question.order
    most = "" if count is None else f" {count_text(count)}"
    if order is None:
        return [f"first{most}"] if count else []
    words = {
        Order.HIGHEST: f"top{most}" if count else "highest first",
        Order.LOWEST: f"lowest{most}" if count else "lowest first",
        Order.RISEN: f"the{most} that rose most" if count else "by rise, the largest first",
        Order.FALLEN: f"the{most} that fell most" if count else "by fall, the largest first",
    }
    return [words[order]]
