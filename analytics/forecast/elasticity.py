"""Elasticity: by how many per cent a desk's closures change when its work on hand changes by one.

At 1 a desk closes in proportion to what is there, at 0 it closes as many as before whatever is there. Estimated on the
desk itself: log E(outflow of a week) = a + e * log(closures due by ages) + log(calendar), by Poisson regression, which
takes weeks without closures (Santos Silva and Tenreyro 2006). Due by ages: tickets present at each age times the share
of them that usually ends in a week, the same shares for all weeks. Standard errors are Newey and West's (1987), because
neighbouring weeks are alike. A desk whose capacity was raised because work grew shows a higher number: over three
years that too is how closures follow the work. A line in time was tried and left out: it takes the slow changes of the
work with it, and at a fixed capacity the estimate rises from 0.1 to 0.3.
"""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import statsmodels.api as sm
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analytics.forecast.history import History
from analytics.forecast.survival_flow import SurvivalFlow

Array = np.ndarray[Any, np.dtype[Any]]
_RECENT_WEEKS = 156
_FEWEST_WEEKS = 42
_FEWEST_PER_WEEK = 5
# A 95 % interval wider than this leaves a fixed capacity and a proportional one both possible.
_WIDEST = 1.0
HIGHEST = 1.5
# The same number closed every week is 0, but for the last digits.
_ROUNDING = 1e-9
_AT_95 = 1.96


@dataclass(frozen=True)
class Elasticity:
    """The estimated `value`, 0 to 1.5; `lo` and `hi` are its 95 % interval, None where it is only assumed."""

    value: float = 1.0
    lo: float | None = None
    hi: float | None = None
    reason: str = ""

    @property
    def reckoned(self) -> float:
        """The value to reckon with, at most 1: above it, fewer arrivals would leave more open."""
        return min(self.value, 1.0)

    @property
    def sentence(self) -> str:
        """What it means in words, and what is reckoned with."""
        if self.lo is None or self.hi is None:
            return f"Closures are taken to follow the work on hand in proportion (elasticity 1): {self.reason}."
        return (
            f"When the work on hand falls by 10 %, closures here fall by about {10 * self.value:.0f} % (elasticity "
            f"{self.value:.2f}, 95 % between {self.lo:.2f} and {self.hi:.2f})."
            + (" More than 1 is reckoned as 1." if self.value > 1 else "")
        )


def elasticity(past: History) -> Elasticity:
    """The elasticity of the desk's closures; 1 with a reason where it cannot be told."""
    used = _used(past)
    outflow = SurvivalFlow(past).ordinary
    if used.sum() < _FEWEST_WEEKS:
        return Elasticity(reason=f"it takes {_FEWEST_WEEKS} whole weeks to tell, and there are {int(used.sum())}")
    if outflow[used].mean() < _FEWEST_PER_WEEK:
        return Elasticity(reason="too few tickets are closed a week to tell")
    # Both without their season: a desk that closes little at Christmas has little to close as well.
    closed, due = (
        counts / past.calendar.factors(counts, past.known)[: past.known] for counts in (outflow, _due(past, used))
    )
    estimate, error = _regressed(closed[used], due[used])
    lo, hi = estimate - _AT_95 * error, estimate + _AT_95 * error
    if not np.isfinite(error) or hi - lo > _WIDEST:
        return Elasticity(reason="the work on hand has changed too little here to tell")
    if lo > HIGHEST or hi < -_ROUNDING:
        return Elasticity(reason="closures here have changed for other reasons than the work on hand")
    value, lo, hi = (float(np.clip(number, 0, HIGHEST)) for number in (estimate, lo, hi))
    return Elasticity(value, lo, hi)


def _used(past: History) -> Array:
    """Of the last three years, the weeks without a mass closure, and after the first month."""
    places = np.arange(past.known)
    return np.asarray((places >= max(4, past.known - _RECENT_WEEKS)) & ~past.clean_ups[: past.known])


def _due(past: History, used: Array) -> Array:
    """What was due to be closed in each week by the ages of what was there, by the shares of the weeks used."""
    lives = past.lives
    at_risk, ended = (counts[: past.known] for counts in (lives.at_risk, lives.ended))
    shares = ended[used].sum(axis=0) / np.maximum(at_risk[used].sum(axis=0), 1.0)
    return np.asarray(np.maximum(at_risk @ shares, 1e-9))


def _regressed(closed: Array, due: Array) -> tuple[float, float]:
    """The slope and its standard error."""
    work = np.log(due)
    columns = np.column_stack([np.ones_like(work), work - work.mean()])
    model = sm.GLM(closed, columns, family=sm.families.Poisson())
    with warnings.catch_warnings():
        # The same number closed every week is a perfect fit, and an answer: 0.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        fitted = model.fit(cov_type="HAC", cov_kwds={"maxlags": round(len(work) ** (1 / 3))})
    return float(fitted.params[1]), float(fitted.bse[1])
