"""Trend: what of a KPI's course over time may be drawn as a fact, and the sentence that says it without a picture."""

from dataclasses import dataclass
from datetime import timedelta

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
        return _points(self.frame["value"].mask(self.frame["unfinished"]), scale)

    def unfinished(self, scale: Scale) -> list[Point]:
        """A point for each period, None but for those still to change and the last fact before them."""
        tail = self.frame["unfinished"]
        return _points(self.frame["value"].where(tail | tail.shift(-1, fill_value=False)), scale)

    @property
    def sparkline(self) -> list[float]:
        """The finished, known values."""
        known = self.frame[~self.frame["unfinished"]]["value"].dropna()
        return [float(value) for value in known]


def _points(values: pd.Series, scale: Scale) -> list[Point]:
    return [None if pd.isna(value) else round(value * scale.factor, 4) for value in values]


def trend(result: KpiResult) -> Trend:
    """The course of a result split by a grain alone."""
    grain, unit = result.query.grain, result.kpi.unit
    if grain is None:
        raise ValueError("a trend needs a grain")
    source = result.frame
    starts = [pd.Timestamp(day).date() for day in source["period"]]
    few = source["too_few"].astype(bool)
    count = source["denominator"].fillna(source["numerator"]).fillna(0)
    frame = pd.DataFrame({"period": pd.to_datetime(source["period"]), "value": source["value"].where(~few)})
    frame["last"] = [grain.next(day) - timedelta(days=1) for day in starts]
    frame["label"] = [period_text(day, grain) for day in starts]
    frame["tick"] = [tick_text(day, grain) for day in starts]
    frame["shown"] = [value_text(value, unit) for value in frame["value"]]
    frame["tickets"] = count.astype(int)
    frame["unfinished"] = source["unfinished"].astype(bool)
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
