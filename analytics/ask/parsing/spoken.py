"""A question as words that the grammar reads back to the same question."""

from datetime import timedelta

from analytics.ask.question import Intent, Order, Question
from analytics.ask.span import ALL_TIME, Span
from analytics.bound import Bound, Operator
from analytics.filters import NOT_RECORDED, Value
from analytics.kpi import Direction, Unit

_NAMES = {
    "mttr": "MTTR", "median_time_to_resolve": "median time to resolve", "mttr_business": "MTTR in business hours",
    "p90_time_to_resolve": "90th percentile time to resolve", "fcr": "first contact resolution",
    "volume": "ticket volume", "sla_adherence": "SLA adherence", "sla_adherence_conventional": "conventional SLA",
    "inflow": "inflow",
    "response_sla_adherence": "response SLA adherence", "first_response_time": "first response time",
    "backlog": "backlog", "outflow": "outflow", "reopen_rate": "reopen rate",
}  # fmt: skip
_DIMENSIONS = {
    "assignment_group": "group", "opened_weekday": "weekday", "opened_hour": "hour of the day",
    "ended_weekday": "weekday of closing", "ended_hour": "hour of closing",
}  # fmt: skip
_OPERATORS = {
    Operator.OVER: "over",
    Operator.UNDER: "under",
    Operator.AT_LEAST: "at least",
    Operator.AT_MOST: "at most",
}
_COMPARED = {"before": " compared with the period before", "year before": " compared with the same period last year"}


def spoken(question: Question) -> str:
    """`MTTR by group for category "Network", last month`; bounds are left out, and tickets are asked for by number."""
    name = _NAMES[question.kpi]
    match question.intent:
        case Intent.DEFINITION:
            return f"What is {name}?"
        case Intent.WHY:
            lead = f"Why did {name} change"
        case Intent.FORECAST:
            lead = f"Forecast of {name}"
        case Intent.OWNERS:
            lead = "Who owns the open tickets"
        case _:
            lead = _ranked(question, name) if question.by and question.order and question.limit else name
    split = "" if question.by and question.order and question.limit else _split(question)
    when = _when(question.span)
    compared = _COMPARED.get(question.compare.code, "") if question.compare else ""
    text = f"{lead}{split}{_values(question)}{f', {when}' if when else ''}{compared}"
    return text[:1].upper() + text[1:]


def _ranked(question: Question, name: str) -> str:
    dimension = dimension_name(question.by[0])
    direction = question.measured.direction
    if question.limit == 1:
        side = "highest" if question.order is Order.HIGHEST else "lowest"
        return f"{dimension} with the {side} {name}"
    word = "top"
    if question.order is Order.LOWEST:
        word = "lowest"
    if direction is not Direction.NEUTRAL and question.measured.unit is not Unit.TICKETS:
        is_worst = (question.order is Order.HIGHEST) is (direction is Direction.LOWER)
        word = "worst" if is_worst else "best"
    return f"{word} {question.limit} {_plural(dimension)} by {name}"


def dimension_name(name: str) -> str:
    """The word that people use for the dimension."""
    return _DIMENSIONS.get(name, name.replace("_", " "))


def _plural(text: str) -> str:
    from analytics.ask.parsing.phrase_book import plural_of

    return plural_of(text)


def _split(question: Question) -> str:
    parts = [*(dimension_name(name) for name in question.by), *([question.grain.value] if question.grain else [])]
    return f" by {' and '.join(parts)}" if parts else ""


def _values(question: Question) -> str:
    filters = question.filters
    wanted = [f" for {dimension_name(name)} {_listed(values)}" for name, values in filters.where]
    unwanted = [f" except {dimension_name(name)} {_listed(values)}" for name, values in filters.without]
    title = [f' mentioning "{filters.title_text}"'] if filters.title_text else []
    return "".join([*wanted, *unwanted, *title])


def _listed(values: tuple[Value, ...]) -> str:
    return " or ".join(_value(value) for value in values)


def _value(value: Value) -> str:
    if value is None:
        return NOT_RECORDED
    return str(value) if isinstance(value, int) else f'"{value}"'


def _when(span: Span) -> str:
    if span == ALL_TIME:
        return ""
    if span.code:
        return span.code
    last = span.end - timedelta(days=1) if span.end else None
    if span.start and last:
        return f"on {span.start}" if span.start == last else f"between {span.start} and {last}"
    return f"since {span.start}" if span.start else f"until {last}"


def bound_words(bound: Bound) -> str:
    """The bound for an alternative's words."""
    return bound.words
