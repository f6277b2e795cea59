"""Chance: how surprising a difference between two groups of tickets is, worked out from counts and sums alone."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

Numbers = npt.NDArray[np.float64]
_Z = 1.959963984540054  # the normal quantile of 97.5 %


@dataclass(frozen=True)
class Difference:
    """Arrays of one length: the `difference`, its 95 % interval `lo` to `hi`, and the two-sided `p`."""

    difference: Numbers
    lo: Numbers
    hi: Numbers
    p: Numbers


def share_difference(part_here: Any, whole_here: Any, part_there: Any, whole_there: Any) -> Difference:
    """The share here less the share there; the wholes are above 0.

    p by Fisher's exact test, twice the smaller tail (never too small, however few the tickets); the interval by
    Newcombe 1998, method 10, from two Wilson intervals.
    """
    a, m, b, n = (np.asarray(count, dtype=float) for count in (part_here, whole_here, part_there, whole_there))
    here, there = a / m, b / n
    (low_here, high_here), (low_there, high_there) = _wilson(here, m), _wilson(there, n)
    difference = here - there
    lo = difference - np.sqrt((here - low_here) ** 2 + (high_there - there) ** 2)
    hi = difference + np.sqrt((high_here - here) ** 2 + (there - low_there) ** 2)
    drawn = stats.hypergeom(np.asarray(m + n, dtype=np.int64), np.asarray(a + b, dtype=np.int64), m.astype(np.int64))
    p = np.clip(2 * np.minimum(drawn.cdf(a), drawn.sf(a - 1)), 0.0, 1.0)
    return Difference(difference, lo, hi, p)


def log_difference(
    n_here: Any, sum_here: Any, squares_here: Any, n_there: Any, sum_there: Any, squares_there: Any
) -> Difference:
    """The mean here less the mean there from numbers, sums and sums of squares; at least two of each.

    Welch 1947: no equal spread is assumed. Of logarithms, the difference is that of geometric means.
    """
    n, m = (np.asarray(count, dtype=float) for count in (n_here, n_there))
    mean_here, error_here = _mean(n, sum_here, squares_here)
    mean_there, error_there = _mean(m, sum_there, squares_there)
    total = error_here + error_there
    difference = mean_here - mean_there
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = total**2 / (error_here**2 / (n - 1) + error_there**2 / (m - 1))
        p = 2 * stats.t.sf(np.abs(difference) / np.sqrt(total), freedom)
    # Where neither side varies at all, only the same number twice is no difference.
    p = np.where(total > 0, p, np.where(np.abs(difference) < 1e-9, 1.0, 0.0))
    reach = np.where(total > 0, stats.t.ppf(0.975, np.where(total > 0, freedom, 1.0)) * np.sqrt(total), 0.0)
    return Difference(difference, difference - reach, difference + reach, p)


def holm(p: Any) -> Numbers:
    """The p-values allowing for how many there are: with none real, at most 5 % of all looks find one under 0.05.

    Holm 1979, which needs no independence.
    """
    values = np.asarray(p, dtype=float)
    order = np.argsort(values, kind="stable")
    raised = values[order] * (len(values) - np.arange(len(values)))
    adjusted = np.empty_like(values)
    adjusted[order] = np.minimum(np.maximum.accumulate(raised), 1.0)
    return adjusted


def _mean(n: Numbers, total: Any, squares: Any) -> tuple[Numbers, Numbers]:
    """The mean, and its squared standard error."""
    mean = np.asarray(total, dtype=float) / n
    spread = np.maximum(np.asarray(squares, dtype=float) / n - mean**2, 0.0)
    # What is left of equal numbers after rounding is no spread.
    spread = np.where(spread < 1e-12 * np.maximum(mean**2, 1.0), 0.0, spread)
    return mean, spread / (n - 1)


def _wilson(share: Numbers, whole: Numbers) -> tuple[Numbers, Numbers]:
    middle = (share + _Z**2 / (2 * whole)) / (1 + _Z**2 / whole)
    half = _Z * np.sqrt(share * (1 - share) / whole + _Z**2 / (4 * whole**2)) / (1 + _Z**2 / whole)
    return np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0)
