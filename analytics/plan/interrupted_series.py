"""Interrupted time series: what a series did after a start, against where it was going before.

Segmented regression, y = level + trend t + step after + slope after (t - start) + season + error, whose errors are an
AR(1) process. How alike neighbours are (rho) is not chosen but averaged over: each rho counts by its restricted
likelihood, so that a short or wandering series gets the wide interval that it deserves. (Wagner et al. 2002, segmented
regression analysis of interrupted time series; Harville 1974, restricted likelihood.)
"""

from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from scipy import special

from analytics.limits import Array

CONFIDENCE = 0.95
_RHOS = np.array([-0.4, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.999])
_HALVINGS = 40
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Interruption:
    """The mean effect over the periods after the start, with the ends of its 95 % interval, in units of the series.

    `counterfactual`, `lower` and `upper` have an entry a period: the trend before the start, then where the series was
    going, with an interval that mirrors that of the effect in this period. Over the known periods after the start the
    series less the counterfactual is `effect` on average. `rho` is how alike neighbouring periods are, on average.
    """

    effect: float
    low: float
    high: float
    counterfactual: Array
    lower: Array
    upper: Array
    rho: float


@dataclass(frozen=True)
class _Fit:
    """One rho: its weight (logarithm), coefficients, and their covariance."""

    rho: float
    weight: float
    beta: Array
    covariance: Array


@dataclass(frozen=True)
class _Mixture:
    """The fits of all rhos with the weight of each, and the degrees of freedom."""

    fits: tuple[_Fit, ...]
    weights: Array
    freedom: int

    def interval(self, rows: Array) -> tuple[Array, Array, Array]:
        """Mean, low and high end of each row times the coefficients: of a mixture of t distributions."""
        centres = rows @ np.array([fit.beta for fit in self.fits]).T
        spreads = [np.einsum("ij,jk,ik->i", rows, fit.covariance, rows) for fit in self.fits]
        errors = np.sqrt(np.maximum(np.array(spreads).T, _ROUNDING**4))
        tail = (1 - CONFIDENCE) / 2
        return (
            centres @ self.weights,
            self._quantile(tail, centres, errors),
            self._quantile(1 - tail, centres, errors),
        )

    def _quantile(self, share: float, centres: Array, errors: Array) -> Array:
        """By halving: the points below which `share` of each row's mixture lies."""
        reach = abs(float(special.stdtrit(self.freedom, min(share, 1 - share) / 100))) * errors
        low, high = (centres - reach).min(axis=1), (centres + reach).max(axis=1)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = special.stdtr(self.freedom, (middle[:, None] - centres) / errors) @ self.weights < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)


def interruption(values: Array, start: int, further: Array | None = None) -> Interruption:
    """The effect from place `start` on; NaN is a gap. `further` columns (season, holidays) are fitted beside.

    It takes more known values than coefficients on each side: two after the start, and before it two more than
    `further` has columns.
    """
    columns = _columns(len(values), start, further)
    known = np.flatnonzero(np.isfinite(values))
    scale = float(np.abs(values[known]).max()) or 1.0
    fits = [_fit(columns[known], values[known] / scale, known, rho) for rho in _RHOS]
    likely = np.exp(np.array([fit.weight for fit in fits]) - max(fit.weight for fit in fits))
    mixture = _Mixture(tuple(fits), likely / likely.sum(), len(known) - columns.shape[1])
    after = known[known >= start]
    asked, bare, changed = np.zeros(columns.shape[1]), columns.copy(), np.zeros(columns.shape)
    asked[2:4] = columns[after, 2:4].mean(axis=0)
    bare[:, 2:4], changed[:, 2:4] = 0.0, columns[:, 2:4]
    effect, low, high = (_rounded(float(found[0])) * scale for found in mixture.interval(asked[None, :]))
    path = mixture.interval(bare)[0] * scale
    by_period = [found * scale for found in mixture.interval(changed)]
    # Where neighbours are alike a series goes on from where it was, not from its trend: by what the fit leaves over.
    path[start:] += (values - path - by_period[0])[after].mean()
    lower, upper = path - (by_period[2] - by_period[0]), path + (by_period[0] - by_period[1])
    lower[:start] = upper[:start] = np.nan
    rho = float(mixture.weights @ np.array([fit.rho for fit in fits]))
    return Interruption(effect, low, high, path, lower, upper, rho)


def _columns(length: int, start: int, further: Array | None) -> Array:
    """Constant, trend, step, change of slope, then what else is fitted."""
    place = np.arange(length, dtype=float)
    after = (place >= start).astype(float)
    first = [np.ones(length), (place - start) / max(length, 1), after, after * (place - start) / max(length, 1)]
    return np.column_stack(first if further is None else [*first, further])


def _fit(columns: Array, values: Array, places: Array, rho: float) -> _Fit:
    """Least squares of the whitened series, and the restricted log-likelihood of rho."""
    alike = rho ** np.abs(np.subtract.outer(places, places)) if rho else np.eye(len(places))
    root = np.linalg.cholesky(alike)
    white_columns, white_values = np.linalg.solve(root, columns), np.linalg.solve(root, values)
    found = sm.OLS(white_values, white_columns).fit()
    freedom = len(values) - columns.shape[1]
    # What the computer rounds away is no noise to be found in a series that fits exactly.
    noise = max(float(found.ssr), _ROUNDING**2) / freedom
    spread = np.linalg.pinv(white_columns.T @ white_columns)
    size = np.linalg.slogdet(white_columns.T @ white_columns)[1]
    weight = -np.log(np.diag(root)).sum() - size / 2 - freedom / 2 * np.log(noise)
    return _Fit(rho, float(weight), np.asarray(found.params), spread * noise)


def _rounded(value: float) -> float:
    return 0.0 if abs(value) < 1e-7 else value
