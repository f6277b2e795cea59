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
# What is left of a level after each period of a stretch, and what each value of the stretch adds, by weight.
_STRETCH = 24
_LEFT = (1 - _WEIGHTS[:, None]) ** np.arange(1, _STRETCH + 1)
_AGES = np.subtract.outer(np.arange(_STRETCH), np.arange(_STRETCH))
_KERNELS = np.vstack([weight * np.tril((1 - weight) ** np.maximum(_AGES, 0)) for weight in _WEIGHTS]).T
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
    return level_and_weight(values)[0]


def level_and_weight(values: Array) -> tuple[float, float]:
    """The level at the end of the values, and the weight whose one-step errors were smallest."""
    begin = values[:_BEGIN].mean()
    levels = _filtered_by_each(values, begin)
    before = np.column_stack([np.full(len(_WEIGHTS), begin), levels[:, :-1]])
    errors = ((values - before)[:, 1:] ** 2).sum(axis=1)
    best = np.argmin(errors)
    return float(levels[best, -1]), float(_WEIGHTS[best])


def filtered(values: Array, weight: float, begin: float) -> Array:
    """The level after each value, begun at `begin`."""
    levels, _ = lfilter([weight], [1, weight - 1], values, zi=[(1 - weight) * begin])
    return np.asarray(levels)


def _filtered_by_each(values: Array, begin: float) -> Array:
    """`filtered` for each weight of the grid, a row a weight: a matrix product for stretches of all."""
    stretches = -(-len(values) // _STRETCH)
    padded = np.zeros(stretches * _STRETCH)
    padded[: len(values)] = values
    added = (padded.reshape(stretches, _STRETCH) @ _KERNELS).reshape(stretches, len(_WEIGHTS), _STRETCH)
    level = np.full(len(_WEIGHTS), begin)
    for stretch in added:
        stretch += _LEFT * level[:, None]
        level = stretch[:, -1]
    return np.asarray(added.transpose(1, 0, 2).reshape(len(_WEIGHTS), -1)[:, : len(values)])


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
