"""Calendar profile: how much busier or quieter a week is than the level around it, from the season and Christmas.

A ridge-penalised Poisson regression of weekly counts on a line, yearly Fourier terms (K = 2) and the working days
from 24 December to 1 January, fitted by iteratively reweighted least squares. Other holidays are not known here.
"""

from typing import Any

import numpy as np

FEWEST_WEEKS = 78
_HARMONICS = 2
_RIDGE = 1.0
_STEPS = 50
_DAYS_A_YEAR = 365.25

Array = np.ndarray[Any, np.dtype[Any]]


def calendar_profile(counts: Array, weeks: Array, fitted: int) -> Array:
    """The factor of each week of `weeks` (Mondays), 1 on average, learned from the first `fitted` of `counts`.

    NaN counts are left out. All factors are 1 where nothing can be learned.
    """
    columns = _columns(weeks)
    known = np.flatnonzero(np.isfinite(counts[:fitted]))
    if not len(known) or not counts[known].sum() > 0:
        return np.ones(len(weeks))
    slopes = poisson_ridge(columns[known], counts[known], np.array([0.0, *[_RIDGE] * (columns.shape[1] - 1)]))
    factors = np.exp(columns[:, 2:] @ slopes[2:])
    return np.asarray(factors / factors[known].mean())


def poisson_ridge(columns: Array, counts: Array, penalties: Array) -> Array:
    """Coefficients b that maximise sum(counts * columns b - exp(columns b)) - sum(penalties * b^2) / 2.

    The first column is the constant. Newton's method, which for this problem is iteratively reweighted least squares.
    """
    slopes = np.zeros(columns.shape[1])
    slopes[0] = np.log(counts.mean())
    for _ in range(_STEPS):
        expected = np.exp(np.clip(columns @ slopes, -30, 30))
        gradient = columns.T @ (counts - expected) - penalties * slopes
        step = np.linalg.solve((columns.T * expected) @ columns + np.diag(penalties), gradient)
        slopes = slopes + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-10:
            break
    return np.asarray(slopes)


def _columns(weeks: Array) -> Array:
    """Constant, line, waves of the year, and the working days around Christmas as a part of five."""
    days = weeks.astype("datetime64[D]")
    count = (days - days[0]).astype(float)
    # Thursday is the middle of a week.
    turn = 2 * np.pi * ((days - np.datetime64("2000-01-01")).astype(float) + 3) / _DAYS_A_YEAR
    waves = [wave(turn * times) for times in range(1, _HARMONICS + 1) for wave in (np.sin, np.cos)]
    line = count / _DAYS_A_YEAR - (count / _DAYS_A_YEAR).mean()
    return np.column_stack([np.ones(len(days)), line, *waves, _christmas(days)])


def _christmas(days: Array) -> Array:
    """The share of a week's working days that lie from 24 December to 1 January."""
    working = days[:, None] + np.arange(5)
    months = working.astype("datetime64[M]")
    month, day = months.astype(int) % 12 + 1, (working - months.astype("datetime64[D]")).astype(int) + 1
    return np.asarray((((month == 12) & (day >= 24)) | ((month == 1) & (day == 1))).mean(axis=1))
