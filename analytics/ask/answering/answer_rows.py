"""The rows of an answer: what was measured with plain keys, and what it was over the compared days."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from analytics.ask.answering.measured import Measured, Side
from analytics.ask.span import Span
from analytics.filters import plain_value
from analytics.kpi import Count, Stock
from analytics.measure import KpiResult
from analytics.period import Grain

COLUMNS = ("value", "numerator", "denominator", "too_few", "reason")


def joined_rows(found: Measured, part: Callable[[Side], KpiResult], grain: Grain | None) -> pd.DataFrame:
    """The rows of a result with plain keys and, where there is a comparison, `before` and `change`."""
    question, by = found.question, found.question.by
    frame = _plain(part(found.now), by)
    if found.before is None or question.compare is None:
        return frame
    earlier = _plain(part(found.before), by)
    counts = isinstance(found.kpi.value, Count | Stock)
    if grain is None:
        keys, others = row_keys(frame, by), row_keys(earlier, by)
        frame = _with_gone(frame, earlier, keys, others) if counts else frame
        return _with_before(frame, earlier, row_keys(frame, by), others, np.full(len(frame), 0.0 if counts else np.nan))
    places, then = _periods(frame, grain, question.span), _periods(earlier, grain, question.compare)
    keys, others = (list(zip(at, row_keys(rows, by), strict=True)) for at, rows in ((places, frame), (then, earlier)))
    reached = np.array(places, dtype=int) <= max(then, default=-1)
    return _with_before(frame, earlier, keys, others, np.where(counts & reached, 0.0, np.nan))


def _with_gone(frame: pd.DataFrame, earlier: pd.DataFrame, keys: list[Any], others: list[Any]) -> pd.DataFrame:
    """With the rows that only the compared days have: a count of what is no longer there is 0."""
    present = set(keys)
    gone = earlier[[key not in present for key in others]]
    return pd.concat([frame, gone.assign(value=0.0, numerator=0.0)], ignore_index=True) if len(gone) else frame


def _with_before(
    frame: pd.DataFrame, earlier: pd.DataFrame, keys: list[Any], others: list[Any], absent: Any
) -> pd.DataFrame:
    """With the value before and the change; neither where one side has too few tickets."""
    told = earlier["value"].where(~earlier["too_few"].astype(bool)).to_numpy(dtype=float)
    values = dict(zip(others, told, strict=True))
    before = np.array([values.get(key, none) for key, none in zip(keys, absent, strict=True)], dtype=float)
    value = frame["value"].where(~frame["too_few"].astype(bool)).to_numpy(dtype=float)
    return frame.assign(before=before, change=value - before)


def _plain(result: KpiResult, by: tuple[str, ...]) -> pd.DataFrame:
    """The result's columns, dimensions as text, number or None."""
    names = [name for name in ("period", *by, *COLUMNS, "unfinished") if name in result.frame]
    frame = result.frame[names].copy()
    for name in by:
        frame[name] = pd.Series([plain_value(value) for value in frame[name].astype(object)], dtype=object)
    return frame


def row_keys(frame: pd.DataFrame, by: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """The values of each row, one tuple a row."""
    return list(zip(*(frame[name] for name in by), strict=True)) if by else [()] * len(frame)


def _periods(frame: pd.DataFrame, grain: Grain, span: Span) -> list[int]:
    """How many periods after the first of the span each row is."""
    starts = pd.to_datetime(frame["period"]).dt.date.tolist()
    if not starts:
        return []
    first = grain.start(span.start) if span.start else min(starts)
    listed = grain.starts(np.datetime64(min(first, *starts)), np.datetime64(max(starts)))
    places = {day: i for i, day in enumerate(pd.to_datetime(listed).date)}
    return [places[day] - places.get(first, 0) for day in starts]


def with_both(frame: pd.DataFrame, found: Measured) -> pd.DataFrame:
    """With a row for each of two values that are set against each other: of a count without tickets 0."""
    name = found.question.versus
    if not name:
        return frame
    absent = [value for value in dict(found.question.filters.where)[name] if value not in set(frame[name])]
    counts = isinstance(found.kpi.value, Count | Stock)
    rows = [
        {name: value, "value": 0.0 if counts else np.nan, "numerator": 0.0, "too_few": False,
         "reason": None if counts else "no tickets to measure"}
        for value in absent
    ]  # fmt: skip
    return pd.concat([frame, pd.DataFrame(rows)], ignore_index=True) if rows else frame
