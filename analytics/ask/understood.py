"""A question as it stands in the command line's JSON."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from analytics.ask.answering.answer_comparison import against
from analytics.ask.question import Question
from analytics.bound import Operator
from analytics.filters import Filters

TITLE = "title"


def understood(question: Question) -> dict[str, Any]:
    """`kpi`, `by`, `grain`, `filters`, `from`, `to` (exclusive), `compare`, `order`, `limit`, `threshold`, `intent`."""
    limit = question.threshold
    return {
        "kpi": question.kpi,
        "by": list(question.by),
        "grain": question.grain.value if question.grain else None,
        "filters": list(_filters(question.filters)),
        "from": _day(question.filters.start),
        "to": _day(question.filters.end),
        "compare": _compare(question),
        "order": question.order.value if question.order else None,
        "limit": question.limit,
        "threshold": {"operator": limit.operator.value, "value": limit.value} if limit else None,
        "intent": question.intent.value,
        "period": question.period or None,
    }


def _filters(filters: Filters) -> Iterator[dict[str, Any]]:
    """What a ticket must be; a text in the title has the operator `has`."""
    for operator, chosen in (("is", filters.where), ("is not", filters.without)):
        for dimension, values in chosen:
            yield {"dimension": dimension, "operator": operator, "values": list(values)}
    for bound in filters.bounds:
        limit = bound.limit.isoformat() if isinstance(bound.limit, date) else bound.limit
        yield {"dimension": bound.column, "operator": Operator(bound.operator).value, "values": [limit]}
    if filters.title_text:
        yield {"dimension": TITLE, "operator": "has", "values": [filters.title_text]}


def _compare(question: Question) -> dict[str, Any] | None:
    """The days compared with, or the two values set against each other."""
    span = question.compare
    if span:
        return {"from": _day(span.start), "to": _day(span.end), "words": against(question)}
    if question.versus:
        return {"dimension": question.versus, "values": list(dict(question.filters.where)[question.versus])}
    return None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
