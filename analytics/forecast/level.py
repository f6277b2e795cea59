"""Level: inflow or outflow ahead as calendar profile times level, in the fixed mix that the measurements favour.

By week: the mean of exponential smoothing on square roots (whose variance does not depend on the level) and the mean
of the last 13 weeks. By day: the mean of exponential smoothing, the mean of the last 13 weeks and Theta, on plain
counts, because square roots of days lose the totals.
"""

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from analytics.forecast.smoothing import filtered, level_and_weight, smoothed
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The past that the level is read from, and the 13 weeks of its plain mean.
PAST = {Grain.WEEK: 260, Grain.DAY: 728}
_QUARTER = {Grain.WEEK: 13, Grain.DAY: 91}
# The weight with which the level is followed for the surprises of the past.
_FOLLOW = {Grain.WEEK: 0.2, Grain.DAY: 0.05}
_BURST_SPAN = {Grain.WEEK: 9, Grain.DAY: 63}
_BURST_TIMES, _BURST_TICKETS = 5, 10


def flow_ahead(counts: Array, factors: Array, known: int, horizon: int, grain: Grain) -> Array:
    """The next `horizon` counts as seen when the first `known` were known, with the calendar's `factors`."""
    past = slice(max(0, known - PAST[grain]), known)
    plain = counts[past] / factors[past]
    ahead = _weekly(plain) if grain is Grain.WEEK else _daily(plain, horizon)
    return np.asarray(np.maximum(ahead * factors[known : known + horizon], 0.0))


def without_bursts(counts: Array, grain: Grain) -> Array:
    """The counts with single bursts (a mass import) cut down to what can still be work: nothing later is used.

    At most five times the median of the nine weeks that end there, and ten tickets: a burst is no level and no season.
    """
    span = _BURST_SPAN[grain]
    before = np.concatenate([np.full(span - 1, counts[0]), counts])
    usual = np.median(sliding_window_view(before, span), axis=1)
    return np.asarray(np.minimum(counts, _BURST_TIMES * usual + _BURST_TICKETS))


def theta(values: Array, horizon: int) -> Array:
    """Exponential smoothing that moves on by half the slope of the straight line through all values.

    Level + slope / 2 * (h - 1 + (1 - (1 - a)^n) / a): Assimakopoulos and Nikolopoulos 2000, in the form of Hyndman and
    Billah 2003.
    """
    level, weight = level_and_weight(values)
    places = np.arange(len(values)) - (len(values) - 1) / 2
    slope = float(places @ values) / max(float(places @ places), 1e-9)
    late = (1 - (1 - weight) ** len(values)) / weight
    return np.asarray(level + slope / 2 * (np.arange(horizon) + late))


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
