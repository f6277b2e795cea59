"""Fan: the expected course of a series with its 50, 80 and 95 % intervals, widened by how far off it was before."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

Array = np.ndarray[Any, np.dtype[Any]]
LEVELS = (50, 80, 95)
BANDS = tuple(f"{side}{level}" for level in LEVELS for side in ("lo", "hi"))
# The share of the distribution below each of `BANDS`.
SHARES = np.array([share for level in LEVELS for share in ((1 - level / 100) / 2, (1 + level / 100) / 2)])
_AT_80, _AT_95 = float(ndtri(0.9)), float(ndtri(0.975))
# Before there are errors to learn from, and as much as so many origins would weigh.
_USUAL_FACTOR, _USUAL_WEIGHT = 1.15, 3.0
_SMALLEST_SPREAD = 0.5
# One wild week of the past, such as a mass import, is not made the rule.
_FACTORS = (0.1, 6.0)


@dataclass(frozen=True)
class Widening:
    """The factors on a simulated spread: within the 80 % interval (`bulk`) and from the 95 % interval on (`tails`)."""

    bulk: float = _USUAL_FACTOR
    tails: float = _USUAL_FACTOR

    def of(self, shares: Array) -> Array:
        """The factor at each share of the distribution, 0 to 1."""
        away = np.abs(ndtri(shares))
        return np.asarray(np.interp(away, [_AT_80, _AT_95], [self.bulk, self.tails]))


@dataclass(frozen=True)
class Fan:
    """`mean` by step and the bounds, `bands[i]` for the name `BANDS[i]`: whole tickets, never below nought."""

    mean: Array
    bands: Array

    def bound(self, name: str) -> Array:
        """The bound of that name, such as `lo80`, by step."""
        return np.asarray(self.bands[BANDS.index(name)])

    def frame(self, periods: Array) -> pd.DataFrame:
        """`period`, `mean` and a column for each of `BANDS`."""
        columns = {name: self.bands[place] for place, name in enumerate(BANDS)}
        return pd.DataFrame({"period": periods.astype("datetime64[us]"), "mean": self.mean, **columns})


def fan_of(mean: Array, simulated: Array, widening: Widening) -> Fan:
    """The fan around `mean`, as far as the simulated courses (a row each) spread around their own mean, widened."""
    away = _quantiles(simulated) - simulated.mean(axis=0)
    # A few wild courses pull the mean beyond most of the others: it stays within its bands.
    away = np.where(SHARES[:, None] < 0.5, np.minimum(away, 0), np.maximum(away, 0))
    bands = np.maximum(mean + away * widening.of(SHARES)[:, None], 0.0)
    # Tickets are whole: a lower bound of 0.2 would shut out a day without any.
    return Fan(np.maximum(mean, 0.0), np.rint(bands))


def _quantiles(simulated: Array) -> Array:
    """Those of `SHARES` by step, as `numpy.quantile` has them, in a fifth of its time."""
    ranked, places = np.sort(simulated, axis=0), SHARES * (len(simulated) - 1)
    below = places.astype(int)
    above = np.minimum(below + 1, len(simulated) - 1)
    return np.asarray(ranked[below] + (ranked[above] - ranked[below]) * (places - below)[:, None])


def spread_of(simulated: Array) -> Array:
    """The standard deviation of simulated courses by step; at least half a ticket."""
    return np.asarray(np.maximum(simulated.std(axis=0), _SMALLEST_SPREAD))


def widening_from(misses: Array, known: Array) -> Widening:
    """The widening that past misses call for.

    `misses` are errors over simulated spreads by origin and step, `known` says which had come true. The factor at a
    level is the error that this share of them stayed under over the one that a normal spread has there, with the level
    raised as conformal prediction does for few origins (Vovk 2005; Lei 2018), and drawn to the usual factor.
    """
    origins = int(known.any(axis=1).sum())
    if not origins:
        return Widening()
    sizes = np.sort(np.abs(misses[known]))
    weight = origins / (origins + _USUAL_WEIGHT)
    bulk, tails = (
        np.exp(
            weight * np.log(np.clip(_at(sizes, level * (1 + 1 / origins)) / normal, *_FACTORS))
            + (1 - weight) * _USUAL_LOG
        )
        for level, normal in ((0.80, _AT_80), (0.95, _AT_95))
    )
    return Widening(float(bulk), float(max(bulk, tails)))


_USUAL_LOG = float(np.log(_USUAL_FACTOR))


def _at(sizes: Array, share: float) -> float:
    place = min(share, 1.0) * (len(sizes) - 1)
    return float(np.interp(place, np.arange(len(sizes)), sizes))
