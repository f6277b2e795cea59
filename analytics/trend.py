"""Trend: what of a KPI's course over time may be drawn as a fact, and the sentence that says it without a picture."""

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from analytics.formatting import period_text, tick_text, value_text
from analytics.measure import KpiResult
from analytics.period import Grain
from analytics.ticks import Scale

Point = float | None


@dataclass(frozen=True)
class Trend:
    """A course ready to be drawn.

    `frame` has `period` and `last` (its first and last day), `value` (NaN where there are too few tickets), `shown`
    (the value in words), `label` and `tick` (the period in words, long and short), `tickets` and `unfinished`.
    `left_out` counts the periods with too few.
    """

    result: KpiResult
    frame: pd.DataFrame
    grain: Grain
    left_out: int

    @property
    def most(self) -> float:
        """The highest value that may be drawn, 0 if there is none."""
        known = self.frame["value"].dropna()
        return float(known.max()) if len(known) else 0.0

    @property
    def least(self) -> float | None:
        """The lowest value that may be drawn, None if there is none."""
        known = self.frame["value"].dropna()
        return float(known.min()) if len(known) else None

    def finished(self, scale: Scale) -> list[Point]:
        """A point for each period, None where there is no fact."""
        return _points(self.frame, scale, ~self.frame["unfinished"].to_numpy())

    def unfinished(self, scale: Scale) -> list[Point]:
        """A point for each period, None but for those still to change and the last fact before them."""
        tail = self.frame["unfinished"].to_numpy()
        return _points(self.frame, scale, tail | np.append(tail[1:], False))

    @property
    def sparkline(self) -> list[float]:
        """The finished, known values."""
        known = self.frame[~self.frame["unfinished"]]["value"].dropna()
        return [float(value) for value in known]


def _points(frame: pd.DataFrame, scale: Scale, wanted: np.ndarray) -> list[Point]:
    values = np.where(wanted, frame["value"].to_numpy(dtype=float) * scale.factor, np.nan).round(4)
    return [None if math.isnan(value) else value for value in values.tolist()]


def trend(result: KpiResult) -> Trend:
    """The course of a result split by a grain alone."""
    grain, unit = result.query.grain, result.kpi.unit
    if grain is None:
        raise ValueError("a trend needs a grain")
    source = result.frame
    starts = [day.date() for day in pd.to_datetime(source["period"]).tolist()]
    few = source["too_few"].to_numpy(dtype=bool)
    values = np.where(few, np.nan, source["value"].to_numpy(dtype=float))
    count = np.nan_to_num(source["denominator"].fillna(source["numerator"]).to_numpy(dtype=float))
    # Made in one go: adding columns one by one takes five times as long, and a page makes eight of these.
    frame = pd.DataFrame(
        {
            "period": pd.DatetimeIndex(starts),
            "value": values,
            "last": [grain.next(day) - timedelta(days=1) for day in starts],
            "label": [period_text(day, grain) for day in starts],
            "tick": [tick_text(day, grain) for day in starts],
            "shown": [value_text(value, unit) for value in values.tolist()],
            "tickets": count.astype(int),
            "unfinished": source["unfinished"].to_numpy(dtype=bool),
        }
    )
    return Trend(result, frame, grain, int(few.sum()))


def sentence(course: Trend) -> str:
    """`Mean time to resolve per week: from 30.1 h (week of ...) to 21.4 h (week of ...); highest ...`."""
    title = f"{course.result.kpi.title} per {course.grain.value}"
    known = course.frame[~course.frame["unfinished"]].dropna(subset="value")
    if known.empty:
        return f"{title}: no {course.grain.value} with enough tickets."
    highest, lowest = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    first, last = known.iloc[0], known.iloc[-1]
    if len(known) == 1:
        return f"{title}: {_point(last)}."
    return f"{title}: from {_point(first)} to {_point(last)}; highest {_point(highest)}, lowest {_point(lowest)}."


def _point(row: pd.Series) -> str:
    return f"{row['shown']} ({row['label']})"
