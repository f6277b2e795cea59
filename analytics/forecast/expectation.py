"""Expectation: inflow, outflow and backlog ahead of one origin, the courses around them, and what naive would say.

The backlog is three fifths survival-flow and two fifths Theta on the level itself, which moves on along half its trend.
Inflow is its calendar profile times its level. Outflow is what makes the three
agree: backlog before + inflow - outflow = backlog after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analytics.forecast.history import History
from analytics.forecast.level import PAST, theta
from analytics.forecast.simulation import Courses, draws, simulate
from analytics.forecast.survival_flow import Start, SurvivalFlow
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
INFLOW, OUTFLOW, BACKLOG = "inflow", "outflow", "backlog"
SERIES = (INFLOW, OUTFLOW, BACKLOG)
_FLOW, _THETA = 0.6, 0.4
BLOCK = {Grain.WEEK: 4, Grain.DAY: 28}
SEASON = {Grain.WEEK: 52, Grain.DAY: 7, Grain.MONTH: 12, Grain.QUARTER: 4}


@dataclass(frozen=True)
class Expectation:
    """`means` and simulated `courses` (a row each) by series, the `start` they were drawn from, and the `drawn`."""

    start: Start
    drawn: Array
    flows: Courses
    means: Mapping[str, Array]
    courses: Mapping[str, Array]


@dataclass(frozen=True)
class Method:
    """The method applied to a history, at any time of it."""

    history: History

    def at(self, known: int, horizon: int, courses: int) -> Expectation:
        """What was to be expected when `known` periods were known, with so many simulated courses."""
        start = self._flow.start(known, horizon)
        drawn = draws(start, courses, BLOCK[self.history.grain], seed=known)
        # The first course is the one without surprises.
        both = simulate(start, np.concatenate([np.ones_like(drawn[:1]), drawn]))
        alone, flows = both.backlog(start)[0], both.rows(slice(1, None))
        backlog = np.maximum(_FLOW * alone + _THETA * self._theta(known, horizon), 0.0)
        outflow, backlog = agreeing(start.backlog, start.arrivals, backlog)
        simulated = {INFLOW: flows.inflow, OUTFLOW: flows.outflow, BACKLOG: flows.backlog(start)}
        return Expectation(start, drawn, flows, {INFLOW: start.arrivals, OUTFLOW: outflow, BACKLOG: backlog}, simulated)

    @cached_property
    def _flow(self) -> SurvivalFlow:
        return SurvivalFlow(self.history)

    def _theta(self, known: int, horizon: int) -> Array:
        """The backlog by Theta on its last five years; steps are taken out of them and put back."""
        past = slice(max(0, known - PAST[self.history.grain]), known)
        level = self.history.backlog - self._steps
        return np.asarray(theta(level[past], horizon) + self._steps[known - 1])

    @cached_property
    def _steps(self) -> Array:
        """What mass closures have taken off the backlog so far, as less than nought: steps, not a trend.

        A mass import is none of them: what it brought goes out again as ordinary outflow.
        """
        return np.asarray((self._flow.ordinary - self.history.outflow).cumsum())


def agreeing(before: float | Array, inflow: Array, backlog: Array) -> tuple[Array, Array]:
    """The outflow that leads along a backlog as far as it can, and the backlog that it does lead to.

    By step on the last axis. No less than none goes out and no more than all there is: there the backlog gives way.
    """
    outflow, after = np.empty_like(inflow), np.empty_like(inflow)
    for step in range(inflow.shape[-1]):
        there = before + inflow[..., step]
        outflow[..., step] = np.minimum(np.maximum(there - backlog[..., step], 0), there)
        before = after[..., step] = there - outflow[..., step]
    return outflow, after


def naive(values: Array, known: int, horizon: int) -> Array:
    """The last known value, for every step."""
    return np.full(horizon, values[known - 1])


def seasonal_naive(values: Array, known: int, horizon: int, grain: Grain) -> Array:
    """The value a season before each step (a year, or 7 days); NaN where the past does not reach so far."""
    season = SEASON[grain]
    places = known - season + np.arange(horizon) % season
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)
