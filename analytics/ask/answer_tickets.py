"""The tickets behind an answer, or behind one row of its table: the filters that a list of tickets needs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from analytics.ask.question import Question
from analytics.filters import Filters, plain_value


def ticket_filters(question: Question, row: Mapping[Any, Any] | None = None) -> Filters:
    """The filters under which the KPI's tickets are those of the answer, or of one row of its table.

    The row narrows them to its values and its period, as far as the question's days reach. Of a stock the tickets are
    those open at the end of these days, which is how the lists of tickets read them.
    """
    filters = question.filters
    for name in question.by if row is not None else ():
        filters = filters.only(name, plain_value(row[name]) if row is not None else None)
    if row is None or question.grain is None or "period" not in row:
        return filters
    first = pd.Timestamp(row["period"]).date()
    return _within(filters, first, question.grain.next(first))


def _within(filters: Filters, start: date, end: date) -> Filters:
    """The period as far as the filters' own days reach."""
    return replace(
        filters,
        start=max(start, filters.start) if filters.start else start,
        end=min(end, filters.end) if filters.end else end,
    )
