"""A question as an address: query parameters that hold all of it, and back.

`kpi`, `by` (repeated), `grain`, `period` (a code such as `last month`) or `from` and `to` (exclusive), a parameter per
dimension with the values wanted, `not_<dimension>` with those not wanted, `bound` (`opened_on<2026-03-31`), `title`,
`compare` (`before`, `year before` or `2026-01-01..2026-03-31`), `order`, `limit`, `threshold` (`<0.8`), `intent`.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import TypeVar

from analytics.ask.question import Intent, Order, Question, Threshold
from analytics.ask.span import ALL_TIME, Span, before, span_of, year_before
from analytics.bound import Bound, Operator, read_bound
from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, Filters, Value, read_date, read_value
from analytics.kpis import find_kpi
from analytics.period import Grain
from analytics.warehouse.schema import DIMENSIONS

Address = Mapping[str, Sequence[str]]
BEFORE, YEAR_BEFORE = "before", "year before"
NOT = "not_"
_EARLIER = {BEFORE: before, YEAR_BEFORE: year_before}
_THRESHOLD = re.compile(r"(<=|>=|<|>)([0-9.eE+-]+)")
_MOST_ROWS = 1_000
Named = TypeVar("Named", bound=StrEnum)


def question_address(question: Question, absolute: bool = False) -> dict[str, list[str]]:
    """The parameters that bring the question back; with `absolute`, the same days whenever it is opened."""
    filters = question.filters
    texts = {
        "kpi": [question.kpi],
        "by": list(question.by),
        "grain": [question.grain.value] if question.grain else [],
        **_days(question.span, absolute),
        **{name: [_text(value) for value in values] for name, values in filters.where},
        **{f"{NOT}{name}": [_text(value) for value in values] for name, values in filters.without},
        "bound": [bound.text for bound in filters.bounds],
        "title": [filters.title_text] if filters.title_text else [],
        "compare": [_compared(question.compare, absolute)] if question.compare else [],
        "order": [question.order.value] if question.order else [],
        "limit": [str(question.limit)] if question.limit else [],
        "threshold": [question.threshold.text] if question.threshold else [],
        "intent": [] if question.intent is Intent.MEASURE else [question.intent.value],
    }
    return {name: listed for name, listed in texts.items() if listed}


def question_of(address: Address, as_of: date) -> Question:
    """The question that an address holds; raises `BacklightError` for what is no question."""
    kpi = find_kpi(_one(address, "kpi"))
    span = _span(address, as_of)
    by = tuple(dict.fromkeys(address.get("by", ())))
    filters = Filters.of(
        span.start, span.end, _values(address, ""), _values(address, NOT), _bounds(address), _one(address, "title")
    )
    return Question(
        kpi=kpi.name,
        by=tuple(_dimension(name) for name in by),
        grain=_named(Grain, _one(address, "grain")),
        filters=filters,
        period=span.code,
        compare=_earlier(_one(address, "compare"), span),
        order=_named(Order, _one(address, "order")),
        limit=_limit(_one(address, "limit")),
        threshold=_threshold(_one(address, "threshold")),
        intent=_named(Intent, _one(address, "intent")) or Intent.MEASURE,
    )


def _days(span: Span, absolute: bool) -> dict[str, list[str]]:
    if span.code and not absolute:
        return {"period": [span.code]}
    return {"from": [str(span.start)] if span.start else [], "to": [str(span.end)] if span.end else []}


def _compared(span: Span, absolute: bool) -> str:
    if span.code and not absolute:
        return span.code
    last = span.end - timedelta(days=1) if span.end else ""
    return f"{span.start or ''}..{last}"


def _text(value: Value) -> str:
    return NOT_RECORDED if value is None else str(value)


def _one(address: Address, name: str) -> str:
    return next(iter(address.get(name, ())), "")


def _span(address: Address, as_of: date) -> Span:
    code = _one(address, "period")
    if code:
        found = span_of(code, as_of)
        if found is None:
            raise BacklightError(f"'{code}' is not a period: use one such as 'last month', or a first and a last day.")
        return found
    start, end = _one(address, "from"), _one(address, "to")
    return Span(read_date(start, "from") if start else None, read_date(end, "to") if end else None)


def _earlier(text: str, span: Span) -> Span | None:
    if not text:
        return None
    if text in _EARLIER:
        return _EARLIER[text](span)
    start, dots, last = text.partition("..")
    if not dots:
        raise BacklightError(f"'{text}' is nothing to compare with: use 'before', 'year before' or two days.")
    first = read_date(start, "compare") if start else None
    found = Span(first, read_date(last, "compare") + timedelta(days=1) if last else None)
    Filters.of(found.start, found.end)
    return None if found == ALL_TIME else found


def _values(address: Address, prefix: str) -> dict[str, list[Value]]:
    return {
        name: [read_value(name, text) for text in dict.fromkeys(address[f"{prefix}{name}"])]
        for name in DIMENSIONS
        if f"{prefix}{name}" in address
    }


def _bounds(address: Address) -> list[Bound]:
    return [read_bound(text) for text in address.get("bound", ())]


def _dimension(name: str) -> str:
    Filters.of(where={name: ()})
    return name


def _named(names: type[Named], text: str) -> Named | None:
    if not text:
        return None
    try:
        return names(text)
    except ValueError:
        raise BacklightError(f"'{text}' is not known here: use one of {', '.join(names)}.") from None


def _limit(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 10 and 0 < int(text) <= _MOST_ROWS):
        raise BacklightError(f"'{text}' is not a number of rows: use 1 to {_MOST_ROWS}.")
    return int(text)


def _threshold(text: str) -> Threshold | None:
    if not text:
        return None
    found = _THRESHOLD.fullmatch(text)
    try:
        value = float(found[2]) if found else float("nan")
    except ValueError:
        value = float("nan")
    if found is None or not abs(value) < 1e12:
        raise BacklightError(f"'{text}' is not a threshold: write it like <0.8 or >=48.")
    return Threshold(Operator(found[1]), value)
