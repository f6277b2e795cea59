"""Wild weeks: a single week far from its neighbours, such as a clean-up, counts, but does not drown the others."""

import numpy as np

from analytics.limits import Array

_NEIGHBOURS = 9
_WILD_SIGMAS = 5.0
# The standard deviation of a normal distribution is this many median absolute deviations.
_MAD_TO_SIGMA = 1.4826


def tamed(values: Array, start: int) -> Array:
    """Values cut to 5 sigma from their neighbours' median, on each side of the place `start` for itself."""
    return np.concatenate([_tamed(side) for side in (values[:start], values[start:])])


def _tamed(values: Array) -> Array:
    known = np.flatnonzero(np.isfinite(values))
    if len(known) < _NEIGHBOURS:
        return values
    around = np.pad(values[known], _NEIGHBOURS // 2, mode="reflect")
    middle = np.median(np.lib.stride_tricks.sliding_window_view(around, _NEIGHBOURS), axis=1)
    apart = values[known] - middle
    reach = _WILD_SIGMAS * _MAD_TO_SIGMA * float(np.median(np.abs(apart)))
    cut = values.copy()
    if reach > 0:
        cut[known] = middle + np.clip(apart, -reach, reach)
    return cut
