"""Level: inflow or outflow ahead as calendar profile times level, in the fixed mix that the measurements favour.

By week: the mean of exponential smoothing on square roots (whose variance does not depend on the level) and the mean
of the last 13 weeks. By day: the mean of exponential smoothing, the mean of the last 13 weeks and Theta, on plain
counts, because square roots of days lose the totals.
"""

from typing import Any

import numpy as np

from analytics.forecast.smoothing import filtered, smoothed
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The past that the level is read from, and the 13 weeks of its plain mean.
_PAST = {Grain.WEEK: 260, Grain.DAY: 728}
_QUARTER = {Grain.WEEK: 13, Grain.DAY: 91}
# The weight with which the level is followed for the surprises of the past.
_FOLLOW = {Grain.WEEK: 0.2, Grain.DAY: 0.05}


def flow_ahead(counts: Array, factors: Array, known: int, horizon: int, grain: Grain) -> Array:
    """The next `horizon` counts as seen when the first `known` were known, with the calendar's `factors`."""
    past = slice(max(0, known - _PAST[grain]), known)
    plain = counts[past] / factors[past]
    ahead = _weekly(plain) if grain is Grain.WEEK else _daily(plain, horizon)
    return np.asarray(np.maximum(ahead * factors[known : known + horizon], 0.0))


def theta(values: Array, horizon: int) -> Array:
    """Exponential smoothing that moves on by half the slope of the straight line through all values.

    Assimakopoulos and Nikolopoulos 2000, in the form of Hyndman and Billah 2003.
    """
    places = np.arange(len(values))
    slope = float(np.polyfit(places, values, 1)[0]) if len(values) > 1 else 0.0
    return smoothed(values) + slope / 2 * np.arange(horizon)


def one_step_ahead(counts: Array, factors: Array, first: int, known: int, grain: Grain) -> Array:
    """What was expected of each period from `first` to before `known`, one step before it; never nought."""
    plain = counts[:known] / factors[:known]
    levels = filtered(plain, _FOLLOW[grain], plain[: _QUARTER[grain]].mean())
    smallest = max(float(plain.mean()) * 0.05, 1e-9)
    return np.maximum(levels[first - 1 : known - 1], smallest) * factors[first:known]


def _weekly(plain: Array) -> float:
    return (smoothed(np.sqrt(plain)) ** 2 + float(plain[-_QUARTER[Grain.WEEK] :].mean())) / 2


def _daily(plain: Array, horizon: int) -> Array:
    mean = plain[-_QUARTER[Grain.DAY] :].mean()
    return np.asarray((smoothed(plain) + mean + theta(plain, horizon)) / 3)
