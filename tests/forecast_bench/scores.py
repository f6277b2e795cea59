"""Scores: how far forecasts were off, over naive's errors at the same origins and steps, and how often bands held.

Arrays have a row an origin and a column a step ahead.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]
# The share of the distribution below each bound: lo80, hi80, lo95, hi95.
SHARES = (0.1, 0.9, 0.025, 0.975)


def geometric_mean(ratios: Iterable[float]) -> float:
    """The n-th root of the product; NaN without any."""
    logs = np.log(np.maximum(np.fromiter(ratios, float), 1e-12))
    return float(np.exp(logs.mean())) if len(logs) else float("nan")


def relative_error(mean: Array, rival: Array, actual: Array, horizon: int) -> float:
    """Mean absolute error over steps 1 to `horizon` over the rival's; NaN where the rival made none."""
    ours, theirs = (np.abs(told[:, :horizon] - actual[:, :horizon]).mean() for told in (mean, rival))
    return float(ours / theirs) if theirs > 0 else float("nan")


def pinball(bound: Array, share: float, actual: Array) -> Array:
    """The quantile loss (Koenker, Bassett 1978): share x what came above, (1 - share) x what fell below."""
    above = actual - bound
    return np.asarray(np.where(above >= 0, share * above, (share - 1) * above))


def band_loss(bands: Array, actual: Array, horizon: int) -> float:
    """The mean pinball loss of the four bounds, given in the order of `SHARES`, over steps 1 to `horizon`."""
    kept = slice(None, horizon)
    losses = [
        pinball(bound[:, kept], share, actual[:, kept]).mean() for bound, share in zip(bands, SHARES, strict=True)
    ]
    return float(np.mean(losses))


def held(lower: Array, upper: Array, actual: Array, horizon: int) -> Array:
    """Whether what came lay within the bounds, by origin and step up to `horizon`."""
    kept = slice(None, horizon)
    return np.asarray((actual[:, kept] >= lower[:, kept]) & (actual[:, kept] <= upper[:, kept]))
