"""Calendar profile: how much busier or quieter a week is than the level around it, from the season and Christmas.

A ridge-penalised Poisson regression of weekly counts on a line, yearly Fourier terms (K = 2), the working days from
24 December to 1 January and other holidays where they are given, fitted by iteratively reweighted least squares.
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
    columns = calendar_columns(weeks)
    known = np.flatnonzero(np.isfinite(counts[:fitted]))
    if not len(known) or not counts[known].sum() > 0:
        return np.ones(len(weeks))
    slopes = poisson_ridge(columns[known], counts[known], np.array([0.0, *[_RIDGE] * (columns.shape[1] - 1)]))
    factors = np.exp(columns[:, 2:] @ slopes[2:])
    return np.asarray(factors / factors[known].mean())


def poisson_ridge(columns: Array, counts: Array, penalties: Array, exposure: Array | None = None) -> Array:
    """Coefficients b that maximise sum(counts * columns b - exposure * exp(columns b)) - sum(penalties * b^2) / 2.

    The first column is the constant; the exposure is 1 where none is given. Newton's method, which for this problem is
    iteratively reweighted least squares.
    """
    over = np.ones(len(counts)) if exposure is None else exposure
    slopes = np.zeros(columns.shape[1])
    slopes[0] = np.log(counts.sum() / over.sum())
    ridge = np.diag(penalties)
    for _ in range(_STEPS):
        expected = over * np.exp(np.clip(columns @ slopes, -30, 30))
        gradient = columns.T @ (counts - expected) - penalties * slopes
        step = np.linalg.solve((columns.T * expected) @ columns + ridge, gradient)
        slopes = slopes + np.clip(step, -1.0, 1.0)
        # The error after a step of Newton's is of the order of that step squared.
        if np.abs(step).max() < 1e-4:
            break
    return np.asarray(slopes)


def calendar_columns(weeks: Array, holidays: Array | None = None) -> Array:
    """Constant, line, waves of the year, and the working days around Christmas as a part of five.

    With `holidays` (days, in order), one more: those on other working days, as a part of five.
    """
    days = weeks.astype("datetime64[D]")
    count = (days - days[0]).astype(float)
    # Thursday is the middle of a week.
    turn = 2 * np.pi * ((days - np.datetime64("2000-01-01")).astype(float) + 3) / _DAYS_A_YEAR
    waves = [wave(turn * times) for times in range(1, _HARMONICS + 1) for wave in (np.sin, np.cos)]
    line = count / _DAYS_A_YEAR - (count / _DAYS_A_YEAR).mean()
    working = days[:, None] + np.arange(5)
    columns = [np.ones(len(days)), line, *waves, around_christmas(working).mean(axis=1)]
    if holidays is not None:
        columns.append((np.isin(working, holidays) & ~around_christmas(working)).mean(axis=1))
    return np.column_stack(columns)


def around_christmas(days: Array) -> Array:
    """Which days lie from 24 December to 1 January."""
    months = days.astype("datetime64[M]")
    month, day = months.astype(int) % 12 + 1, (days - months.astype("datetime64[D]")).astype(int) + 1
    return np.asarray(((month == 12) & (day >= 24)) | ((month == 1) & (day == 1)))
