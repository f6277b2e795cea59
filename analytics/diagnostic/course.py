"""Course: whether a sign gets better or worse, from its values over time, beyond chance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

CourseWord = Literal["better", "worse", "about the same", "cannot tell"]
FEWEST_PERIODS = 6
_LEVEL = 0.05
_MOST_RHO = 0.9


@dataclass(frozen=True)
class Course:
    """`word` over `periods` values; `values` are those known, oldest first."""

    word: CourseWord
    values: tuple[float, ...]

    @property
    def sentence(self) -> str:
        """In words, as a table has room for."""
        if not self.values:
            return "no course known"
        if self.word == "cannot tell":
            return f"too short to tell: {len(self.values)} of {FEWEST_PERIODS} periods"
        return {"better": "getting better", "worse": "getting worse", "about the same": "about the same"}[self.word]


def course(values: Sequence[float | None], lower_is_worse: bool = False) -> Course:
    """The course of values, oldest first; unknown ones are left out.

    Kendall's rank correlation with time, its variance widened by the lag-1 autocorrelation of what is left without the
    trend (after Hamed and Rao, 1998): a level that wanders is not called a trend as soon as it has moved.
    """
    known = tuple(float(value) for value in values if value is not None and math.isfinite(value))
    if len(known) < FEWEST_PERIODS:
        return Course("cannot tell", known)
    tau, chance = _kendall(np.array(known))
    if chance >= _LEVEL or tau == 0:
        return Course("about the same", known)
    return Course("better" if (tau < 0) != lower_is_worse else "worse", known)


def _kendall(values: np.ndarray) -> tuple[float, float]:
    """Kendall's tau with time, and the two-sided probability of one so far from nought by chance."""
    if np.ptp(values) == 0:
        return 0.0, 1.0
    periods, places = len(values), np.arange(len(values))
    tau, alone = stats.kendalltau(places, values)
    inflation = math.sqrt((1 + _rho(values)) / (1 - _rho(values)))
    spread = math.sqrt(2 * (2 * periods + 5) / (9 * periods * (periods - 1))) * inflation
    # Exact where values do not run together, which matters for few of them.
    return float(tau), max(float(alone), 2 * float(stats.norm.sf(abs(tau) / spread)))


def _rho(values: np.ndarray) -> float:
    """Lag-1 autocorrelation without the trend, its small-sample bias of -(1 + 4 rho) / n taken off; never below 0."""
    places = np.arange(len(values))
    left = values - np.polyval(np.polyfit(places, values, 1), places)
    total = float((left**2).sum())
    if total <= 1e-12 * float((values**2).sum()):
        return 0.0
    rho = float((left[1:] * left[:-1]).sum()) / total
    return float(np.clip((len(values) * rho + 1) / max(len(values) - 4, 1), 0.0, _MOST_RHO))
