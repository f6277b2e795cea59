"""Series gaps: periods of an own series without a value. Unknown is not 0: they are bridged, or what is before is left.

Few and short ones are bridged by the values around them, of the same weekday for days, and no error is measured there.
"""

from datetime import date
from typing import Any

import numpy as np

from analytics.forecast.own_series import OwnSeries
from analytics.formatting import day_text
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_LONGEST_BRIDGE = {Grain.DAY: 3, Grain.WEEK: 2, Grain.MONTH: 1, Grain.QUARTER: 1}
_MOST_BRIDGED = 0.05
_NAMED = 3


def learned_from(series: OwnSeries) -> int:
    """The place of the first value that is learned from: after the last gap that cannot be bridged."""
    unknown = np.isnan(series.values)
    longest = _LONGEST_BRIDGE[series.grain]
    long = [place for place in range(len(unknown) - longest) if unknown[place : place + longest + 1].all()]
    begin = long[-1] + longest + 1 if long else 0
    if unknown[begin:].mean() <= _MOST_BRIDGED:
        return begin
    return int(np.flatnonzero(unknown)[-1]) + 1


def bridged(values: Array, grain: Grain) -> Array:
    """The values with those unknown on the straight line between their neighbours, a week apart for days."""
    filled, apart = values.copy(), 7 if grain is Grain.DAY else 1
    for place in range(min(apart, len(values))):
        alike = filled[place::apart]
        known = np.isfinite(alike)
        if known.any():
            alike[~known] = np.interp(np.flatnonzero(~known), np.flatnonzero(known), alike[known])
    return filled


def gaps_sentence(series: OwnSeries, begin: int) -> str:
    """Which periods have no value, and what is done about it; empty where there are none."""
    missing: list[date] = [day.astype(date) for day in series.missing]
    if not missing:
        return ""
    count, name = len(missing), series.grain.value
    named = ", ".join(day_text(day) for day in missing[:_NAMED]) + (", ..." if count > _NAMED else "")
    have = f"1 {name} has no value ({named})" if count == 1 else f"{count:,} {name}s have no value ({named})"
    if series.grain is Grain.DAY and begin and all(day.weekday() >= 5 for day in missing):
        return (
            f"{have}, all of them Saturdays or Sundays: write 0 where nothing happened, or add the days up to weeks, "
            "because unknown is not 0."
        )
    if begin:
        return f"{have}. Unknown is not 0: only what comes after {day_text(_day(series, begin - 1))} is learned from."
    return f"{have}. Unknown is not 0: the values around are taken to learn from, and no error is measured there."


def _day(series: OwnSeries, place: int) -> date:
    day: date = series.periods[place].astype(date)
    return day
