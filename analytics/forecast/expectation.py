"""Expectation: inflow, outflow and backlog ahead of one origin, the courses around them, and what naive would say.

The backlog is half survival-flow, a quarter Holt's damped trend on the level itself, and a quarter the mean net flow of
the last half year going on and fading. Inflow is its calendar profile times its level. Outflow is what makes the three
agree: backlog before + inflow - outflow = backlog after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analytics.forecast.history import History
from analytics.forecast.simulation import Courses, draws, simulate
from analytics.forecast.smoothing import DampedTrend, damped_trend
from analytics.forecast.survival_flow import Start, SurvivalFlow
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
INFLOW, OUTFLOW, BACKLOG = "inflow", "outflow", "backlog"
SERIES = (INFLOW, OUTFLOW, BACKLOG)
_FLOW, _TREND, _DRIFT = 0.5, 0.25, 0.25
# The net flow of so many periods, of which so much is left a period later.
_HALF_YEAR = {Grain.WEEK: 26, Grain.DAY: 182}
_FADES = {Grain.WEEK: 0.9, Grain.DAY: 0.9 ** (1 / 7)}
BLOCK = {Grain.WEEK: 4, Grain.DAY: 28}
_SEASON = {Grain.WEEK: 52, Grain.DAY: 7}


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
        trend = self._trend.ahead(known, horizon) - self._cleared[known - 1]
        backlog = np.maximum(_FLOW * alone + _TREND * trend + _DRIFT * self._drift(known, horizon), 0.0)
        moved = np.diff(backlog, prepend=start.backlog)
        # Never more than can go, never less than none: then the backlog gives way.
        outflow = np.maximum(start.arrivals - moved, 0.0)
        backlog = start.backlog + (start.arrivals - outflow).cumsum()
        simulated = {INFLOW: flows.inflow, OUTFLOW: flows.outflow, BACKLOG: flows.backlog(start)}
        return Expectation(start, drawn, flows, {INFLOW: start.arrivals, OUTFLOW: outflow, BACKLOG: backlog}, simulated)

    @cached_property
    def _flow(self) -> SurvivalFlow:
        return SurvivalFlow(self.history)

    def _drift(self, known: int, horizon: int) -> Array:
        """The backlog, should the mean net flow of the last half year go on and fade; mass closures left out."""
        past, grain = self.history, self.history.grain
        span = min(_HALF_YEAR[grain], known)
        net = (past.inflow - self._flow.ordinary)[known - span : known].mean()
        return np.asarray(past.backlog[known - 1] + net * (_FADES[grain] ** np.arange(1, horizon + 1)).cumsum())

    @cached_property
    def _cleared(self) -> Array:
        """What mass closures have taken off the backlog so far: a step, not a trend."""
        return np.asarray((self.history.outflow - self._flow.ordinary).cumsum())

    @cached_property
    def _trend(self) -> DampedTrend:
        return damped_trend(self.history.backlog + self._cleared)


def naive(values: Array, known: int, horizon: int) -> Array:
    """The last known value, for every step."""
    return np.full(horizon, values[known - 1])


def seasonal_naive(values: Array, known: int, horizon: int, grain: Grain) -> Array:
    """The value a season before each step (52 weeks, or 7 days); NaN where the past does not reach so far."""
    season = _SEASON[grain]
    places = known - season + np.arange(horizon) % season
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)
