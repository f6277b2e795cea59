"""Exponential smoothing and Holt's damped trend, for all known lengths of a series in one pass.

Level: l(t) = a y(t) + (1 - a) l(t-1), by a linear filter for each a of a grid; of these the one with the smallest sum
of squared one-step errors so far is taken (Brown 1959; Gardner 1985 for the damped trend).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.signal import lfilter

Array = np.ndarray[Any, np.dtype[Any]]
_WEIGHTS = np.array([0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
_BEGIN = 8
_LEVELS, _SLOPES, _DAMPINGS = np.array(
    [
        (level, slope, damping)
        for level in (0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.999)
        for slope in (0.02, 0.05, 0.1, 0.2, 0.4)
        for damping in (0.8, 0.9, 0.95, 0.98)
    ]
).T


def smoothed(values: Array) -> float:
    """The level at the end of the values, with the weight whose one-step errors were smallest."""
    begin = values[:_BEGIN].mean()
    levels = np.stack([filtered(values, weight, begin) for weight in _WEIGHTS])
    before = np.column_stack([np.full(len(_WEIGHTS), begin), levels[:, :-1]])
    errors = ((values - before)[:, 1:] ** 2).sum(axis=1)
    return float(levels[np.argmin(errors), -1])


def filtered(values: Array, weight: float, begin: float) -> Array:
    """The level after each value, begun at `begin`."""
    levels, _ = lfilter([weight], [1, weight - 1], values, zi=[(1 - weight) * begin])
    return np.asarray(levels)


@dataclass(frozen=True)
class DampedTrend:
    """Holt's damped trend after each value: `level`, `slope` a period, and its `damping`, each chosen on the past."""

    level: Array
    slope: Array
    damping: Array

    def ahead(self, known: int, horizon: int) -> Array:
        """The next `horizon` values as seen when `known` were known: l + (d + d^2 + ... + d^h) b."""
        damped = self.damping[known - 1] ** np.arange(1, horizon + 1)
        return np.asarray(self.level[known - 1] + self.slope[known - 1] * damped.cumsum())


def damped_trend(values: Array) -> DampedTrend:
    """The trend for all known lengths, over a grid of three weights."""
    level, slope = np.full(len(_LEVELS), float(values[0])), np.zeros(len(_LEVELS))
    states, errors = np.empty((2, len(values), len(_LEVELS))), np.zeros((len(values), len(_LEVELS)))
    for place, value in enumerate(values):
        expected = level + _DAMPINGS * slope
        error = value - expected
        level, slope = expected + _LEVELS * error, _DAMPINGS * slope + _LEVELS * _SLOPES * error
        states[:, place], errors[place] = (level, slope), error**2
    best = errors.cumsum(axis=0).argmin(axis=1)
    places = np.arange(len(values))
    return DampedTrend(states[0][places, best], states[1][places, best], _DAMPINGS[best])
