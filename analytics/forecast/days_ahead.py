"""DaysAhead: what a forecast by week says of given days, where these begin or end within a week too.

A flow is the sum of its weeks, of a week that is cut the part that its days usually have; the backlog is the level at
the end of the last day, from that of the week before by what comes in and goes out until then. The interval is that of
the paths, each with the parts of a past week drawn at random.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.fan import Widening, fan_of
from analytics.forecast.forecast import Forecast
from analytics.forecast.paths import Paths
from analytics.forecast.week_shares import WeekShares

Array = np.ndarray[Any, np.dtype[Any]]
_DAYS = 7


@dataclass(frozen=True)
class DaysAhead:
    """Of `series` from `start` to before `end`: the `mean` with its 80 % interval `low` to `high` (NaN: not known).

    `is_prorated` where the days cut a week, so that all three are approximate.
    """

    series: str
    start: date
    end: date
    mean: float
    low: float
    high: float
    is_prorated: bool


def days_ahead(found: Forecast, series: str, shares: WeekShares, start: date, end: date) -> DaysAhead:
    """The days must lie within the weeks forecast, and the series be among those shown."""
    past, paths = found.history, found.courses
    if past is None or paths is None or series not in found.fans or not past.ends <= start < end:
        raise ValueError("these days are not forecast")
    first, last = ((day - past.ends).days for day in (start, end))
    if series == BACKLOG:
        mean, low, high = _level(found, paths, shares, last)
        return DaysAhead(series, start, end, mean, low, high, last % _DAYS > 0)
    mean, low, high = _sum(found, paths, series, shares, (first, last))
    return DaysAhead(series, start, end, mean, low, high, first % _DAYS > 0 or last % _DAYS > 0)


def _sum(
    found: Forecast, paths: Paths, series: str, shares: WeekShares, days: tuple[int, int]
) -> tuple[float, float, float]:
    fan, courses, weeks = found.fans[series], getattr(paths, series), _drawn_weeks(paths)
    mean, most, sums = 0.0, 0.0, np.zeros(len(courses))
    for step in range(days[0] // _DAYS, -(-days[1] // _DAYS)):
        within = slice(max(days[0] - step * _DAYS, 0), min(days[1] - step * _DAYS, _DAYS))
        is_whole = within == slice(0, _DAYS)
        mean += fan.mean[step] * (1.0 if is_whole else shares.usual(series, within))
        sums += courses[:, step] * (1.0 if is_whole else shares.drawn(series, within, weeks[:, step]))
        most += fan.bound("hi80")[step]
    return _bounded(mean, sums, most)


def _level(found: Forecast, paths: Paths, shares: WeekShares, days: int) -> tuple[float, float, float]:
    fan, step, rest = found.fans[BACKLOG], days // _DAYS, days % _DAYS
    if not rest:
        return float(fan.mean[step - 1]), float(fan.bound("lo80")[step - 1]), float(fan.bound("hi80")[step - 1])
    within, weeks, means = slice(0, rest), _drawn_weeks(paths)[:, step], paths.expectation.means
    mean = float(fan.mean[step - 1]) if step else paths.start
    levels = paths.backlog[:, step - 1] if step else np.full(len(paths.backlog), paths.start)
    for series, sign in ((INFLOW, 1), (OUTFLOW, -1)):
        mean += sign * float(means[series][step]) * shares.usual(series, within)
        levels = levels + sign * getattr(paths, series)[:, step] * shares.drawn(series, within, weeks)
    most = np.inf if np.isfinite(fan.bound("hi80")[step]) else np.nan
    return _bounded(max(mean, 0.0), np.maximum(levels, 0), most)


def _bounded(mean: float, courses: Array, most: float) -> tuple[float, float, float]:
    """With the interval of the courses about the mean, no higher than `most`; none where that is not known."""
    fan = fan_of(np.array([mean]), courses[:, None], Widening(1.0, 1.0))
    low, high = (float(fan.bound(name)[0]) for name in ("lo80", "hi80"))
    return mean, float("nan") if np.isnan(most) else low, float(np.minimum(high, most))


def _drawn_weeks(paths: Paths) -> Array:
    """A past week for each course and step, as a number from 0 to 1; the same at every call."""
    return np.asarray(np.random.default_rng(1).random(paths.inflow.shape))
