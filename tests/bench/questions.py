"""The questions that the Overview asks, the same for every competitor, and the form in which answers are compared."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

TODAY = date(2026, 7, 1)
PERIOD = timedelta(days=90)
TREND_FROM = date(2024, 7, 1)
FIRST_DAY = date(2021, 7, 1)
TOP = 10
CHOSEN = {"assignment_group": "Group 05", "priority": 3}

# Competitors count days and weeks from here.
MONDAY = date(2021, 1, 4)

# Rows of keys and numbers. What a competitor returns at once, and how that becomes rows, are two steps: one is timed.
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Question:
    """`ask` is what is timed; `rows` turns what it returned into rows with the keys first."""

    ask: Callable[[], object]
    rows: Callable[[object], Rows]


def day(when: date) -> int:
    """Days since the first Monday."""
    return (when - MONDAY).days


def in_order(frame: pd.DataFrame, keys: int) -> Rows:
    """The rows of a frame in order of its first `keys` columns, which become text."""
    texts = {name: frame[name].astype(str) for name in frame.columns[:keys]}
    rows: Iterable[tuple[object, ...]] = frame.assign(**texts).itertuples(index=False, name=None)
    return sorted(rows, key=lambda row: tuple(map(str, row[:keys])))


def same(one: Rows, other: Rows) -> bool:
    """Whether keys are equal and numbers equal to nine digits."""
    if len(one) != len(other):
        return False
    return all(
        len(mine) == len(yours) and all(_same_value(a, b) for a, b in zip(mine, yours, strict=True))
        for mine, yours in zip(one, other, strict=True)
    )


def _same_value(a: object, b: object) -> bool:
    if isinstance(a, str) or isinstance(b, str):
        return a == b
    return bool(np.isclose(float(str(a)), float(str(b)), rtol=1e-9, atol=1e-9, equal_nan=True))
