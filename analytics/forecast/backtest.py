"""Backtest: what the method would have said at many past origins, against what came, naive and seasonal naive.

Nothing that was not known at an origin is used there, the widening of its intervals included.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecast.expectation import SERIES, Method, naive, seasonal_naive
from analytics.forecast.fan import LEVELS, Fan, Widening, fan_of, spread_of, widening_from
from analytics.forecast.history import History
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The origins that are scored and shown, and before them those from whose errors only the intervals learn.
SCORED, _LEARNING = 24, 17
_APART = {Grain.WEEK: 4, Grain.DAY: 7, Grain.MONTH: 1, Grain.QUARTER: 1}
_COURSES = 100
FEWEST_KNOWN = {Grain.WEEK: 13, Grain.DAY: 91, Grain.MONTH: 12, Grain.QUARTER: 8}
_USUALLY_KNOWN = {Grain.WEEK: 26, Grain.DAY: 182, Grain.MONTH: 36, Grain.QUARTER: 12}
FEWEST_ORIGINS = 4
_EXACT = 0.001


@dataclass(frozen=True)
class Backtest:
    """One series' back-test, a row an origin (in `known` periods then known) and a column a step ahead.

    `origins` are the first days forecast. `fans` has each origin's; `scale` is the mean absolute step from period to
    period until then, by which MASE divides.
    """

    origins: Array
    known: Array
    fans: tuple[Fan, ...]
    actual: Array
    naive: Array
    seasonal: Array
    scale: Array

    @property
    def mean(self) -> Array:
        """The expected value by origin and step."""
        return np.stack([fan.mean for fan in self.fans])

    @property
    def relative_error(self) -> float:
        """Mean absolute error over that of naive, at the same origins and steps; under 1 is better than naive."""
        return _ratio(np.abs(self.mean - self.actual), np.abs(self.naive - self.actual))

    @property
    def naive_error(self) -> float:
        """Naive's mean absolute error, in tickets; nought where it was right to a thousandth of one."""
        error = float(np.abs(self.naive - self.actual).mean())
        return error if error > _EXACT else 0.0

    @property
    def seasonal_relative_error(self) -> float | None:
        """The same against seasonal naive, None where the past does not reach a season back."""
        told = np.isfinite(self.seasonal)
        return (
            _ratio(np.abs(self.mean - self.actual)[told], np.abs(self.seasonal - self.actual)[told])
            if told.any()
            else None
        )

    @property
    def mase(self) -> float:
        """Mean absolute scaled error (Hyndman and Koehler 2006): over the mean absolute step of the known past."""
        return float((np.abs(self.mean - self.actual) / self.scale[:, None]).mean())

    def coverage(self, level: int) -> float:
        """The share of what came that lay within the `level` % interval."""
        return float(self._within(level).mean())

    def by_horizon(self) -> pd.DataFrame:
        """A row a `step`: `error`, `naive_error`, `relative_error` up to it, `coverage50`, `..80`, `..95`."""
        error, rival = np.abs(self.mean - self.actual), np.abs(self.naive - self.actual)
        steps = np.arange(1, error.shape[1] + 1)
        covered = {f"coverage{level}": self._within(level).mean(axis=0) for level in LEVELS}
        upto = [_ratio(error[:, :step], rival[:, :step]) for step in steps]
        return pd.DataFrame(
            {"step": steps, "error": error.mean(axis=0), "naive_error": rival.mean(axis=0), "relative_error": upto}
            | covered
        )

    def _within(self, level: int) -> Array:
        lo, hi = (np.stack([fan.bound(f"{side}{level}") for fan in self.fans]) for side in ("lo", "hi"))
        return np.asarray((self.actual >= lo) & (self.actual <= hi))


@dataclass(frozen=True)
class Tested:
    """The back-tests by series, and the widening of each that the whole of the past calls for."""

    backtests: Mapping[str, Backtest]
    widenings: Mapping[str, Widening]
    horizon: int


def backtest(history: History, horizon: int) -> Tested | None:
    """The back-tests of all three series up to `horizon` steps, fewer where the past is short; None where too short."""
    horizon, known = plan(history.known, history.grain, horizon)
    if len(known) < FEWEST_ORIGINS:
        return None
    method = Method(history)
    found = [method.at(place, horizon, _COURSES) for place in known]
    backtests, widenings = {}, {}
    for series in SERIES:
        values = getattr(history, series)
        actual = np.stack([values[place : place + horizon] for place in known])
        means = np.stack([one.means[series] for one in found])
        spread = np.stack([spread_of(one.courses[series]) for one in found])
        misses, come = (actual - means) / spread, known[:, None] + np.arange(1, horizon + 1)
        widenings[series] = widening_from(misses, come <= history.known)
        scored = range(max(0, len(known) - SCORED), len(known))
        fans = tuple(
            fan_of(means[row], found[row].courses[series], widening_from(misses, come <= known[row])) for row in scored
        )
        rows = slice(scored.start, None)
        backtests[series] = Backtest(
            history.periods[known[rows]], known[rows], fans, actual[rows],
            np.stack([naive(values, place, horizon) for place in known[rows]]),
            np.stack([seasonal_naive(values, place, horizon, history.grain) for place in known[rows]]),
            np.array([mean_step(values[:place]) for place in known[rows]]),
        )  # fmt: skip
    return Tested(backtests, widenings, horizon)


def plan(known: int, grain: Grain, horizon: int) -> tuple[int, Array]:
    """How many steps can be tested, and how much was known at each origin; of a short past they lie closer together."""
    horizon = min(horizon, (known - FEWEST_KNOWN[grain]) // 2)
    usual = _USUALLY_KNOWN[grain]
    first = usual if known >= 2 * usual + horizon else FEWEST_KNOWN[grain]
    last = known - max(horizon, 1)
    apart = int(np.clip((last - first) // SCORED, 1, _APART[grain]))
    origins = np.arange(last, first - 1, -apart)[: SCORED + _LEARNING]
    return (horizon, origins[::-1]) if horizon > 0 else (0, origins[:0])


def mean_step(values: Array) -> float:
    """The mean absolute step from value to value, by which MASE divides; never nought."""
    steps = np.abs(np.diff(values))
    return float(max(steps.mean(), 1e-9)) if len(steps) else 1.0


def _ratio(errors: Array, rival: Array) -> float:
    """1 where both were right to a thousandth of a ticket, infinite where the rival alone was."""
    own, other = (float(each.sum()) if each.mean() > _EXACT else 0.0 for each in (errors, rival))
    return own / other if other > 0 else float("inf") if own > 0 else 1.0
