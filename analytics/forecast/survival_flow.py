"""Survival-flow: open tickets and those still to arrive leave by how likely a ticket of their age is to end.

Closures of a period = sum over ages of (open tickets x share that ends at that age) x pace. The shares are estimated
with open tickets as censored: of all that reached an age, those that ended at it, weighted with a half-life of a year,
each bucket of ages drawn a little towards the next younger. Pace is what ended over what the shares led to expect; its
calendar profile is kept apart. Periods with a mass closure teach neither shares nor pace.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.signal import lfilter

from analytics.forecast.history import History
from analytics.forecast.level import flow_ahead, one_step_ahead, without_bursts
from analytics.forecast.smoothing import filtered
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_A_YEAR = {Grain.WEEK: 52, Grain.DAY: 364}
_PACE_WEIGHT = {Grain.WEEK: 0.15, Grain.DAY: 0.023}
# As many tickets of the next younger bucket are added to each bucket of ages.
_SHRINK = 5.0
_BEGIN_SHARE = 0.1
_NOTHING = 1e-6
_WILDEST_PACE = 20.0
# A week with more than so many times what was expected (a mass import) is not drawn as it was.
_WILDEST_SURPRISE = 5.0


@dataclass(frozen=True)
class Start:
    """Where a simulation starts and what drives it; ages and steps are periods.

    `open_by_age` are the tickets open at the start, `end_share_by_age` the share of an age that ends in a period,
    `arrivals` expected in each step to come, `pace` the factor on the shares in each. `surprises` has a row a past
    period: what came in over what was expected, and what went out over what was expected.
    """

    backlog: float
    open_by_age: Array
    end_share_by_age: Array
    arrivals: Array
    pace: Array
    surprises: Array

    @property
    def horizon(self) -> int:
        """How many steps it reaches."""
        return len(self.arrivals)

    def shares_to(self, age: int) -> Array:
        """The shares from age 0 to `age`; beyond the oldest bucket they are alike."""
        return self.end_share_by_age[np.minimum(np.arange(age + 1), len(self.end_share_by_age) - 1)]


@dataclass(frozen=True)
class SurvivalFlow:
    """The method applied to a history: what it would have started from at any time."""

    history: History

    def start(self, known: int, horizon: int) -> Start:
        """The start as seen when `known` periods were known; nothing later is used."""
        past, lives = self.history, self.history.lives
        buckets = lives.bucket_of_age
        seasons = past.calendar.factors(self.usual_inflow, known)
        arrivals = flow_ahead(self.usual_inflow, seasons, known, horizon, past.grain)
        factors = past.calendar.factors(self.ordinary, known, self._expected)
        pace = self._pace(known, factors)
        return Start(
            float(past.backlog[known - 1]), lives.open_by_age(known), self._shares[known - 1][buckets], arrivals,
            pace[-1] * factors[known : known + horizon], self._surprises(known, seasons, factors, pace),
        )  # fmt: skip

    @cached_property
    def usual_inflow(self) -> Array:
        """The inflow of each period without bursts such as a mass import."""
        return without_bursts(self.history.inflow, self.history.grain)

    @cached_property
    def _shares(self) -> Array:
        """The share of each bucket that ends in a period, as estimated after each period."""
        lives = self.history.lives
        decay = 0.5 ** (1 / _A_YEAR[self.history.grain])
        usual = ~self.history.clean_ups[:, None]
        at_risk, ended = (lfilter([1], [1, -decay], counts * usual, axis=0) for counts in (lives.at_risk, lives.ended))
        shares, younger = np.empty_like(at_risk), np.full(len(at_risk), _BEGIN_SHARE)
        for bucket in range(at_risk.shape[1]):
            younger = (ended[:, bucket] + _SHRINK * younger) / (at_risk[:, bucket] + _SHRINK)
            shares[:, bucket] = younger
        return np.asarray(shares)

    @cached_property
    def _expected(self) -> Array:
        """What was expected to end in each period by the shares known before it; of the first, what did."""
        expected = (self.history.lives.at_risk[1:] * self._shares[:-1]).sum(axis=1)
        return np.concatenate([self.history.outflow[:1], expected])

    @cached_property
    def ordinary(self) -> Array:
        """The outflow of each period without what mass closures brought above what was expected."""
        past = self.history
        return np.where(past.clean_ups, np.minimum(past.outflow, self._expected), past.outflow)

    def _pace(self, known: int, factors: Array) -> Array:
        """The level of the pace after each known period but the first."""
        expected = self._expected[1:known] * factors[1:known]
        seen = np.clip(self.ordinary[1:known] / np.maximum(expected, 1e-9), 1 / _WILDEST_PACE, _WILDEST_PACE)
        # With nothing at hand a desk is neither slow nor fast.
        seen = np.where(expected > _NOTHING, seen, 1.0)
        return filtered(seen, _PACE_WEIGHT[self.history.grain], 1.0)

    def _surprises(self, known: int, seasons: Array, factors: Array, pace: Array) -> Array:
        """Of the last two years, inflow and outflow over what was expected one step before; each 1 on average."""
        past = self.history
        first = max(2, known - 2 * _A_YEAR[past.grain])
        inflow = self.usual_inflow[first:known] / one_step_ahead(self.usual_inflow, seasons, first, known, past.grain)
        expected = self._expected[first:known] * factors[first:known] * pace[first - 2 : known - 2]
        pairs = np.column_stack([inflow, self.ordinary[first:known] / np.maximum(expected, 1e-9)])
        # Twice, because the wildest of all is in the first mean.
        for _ in range(2):
            pairs = np.minimum(pairs, _WILDEST_SURPRISE * np.maximum(pairs.mean(axis=0), 1e-9))
        return np.asarray(pairs / np.maximum(pairs.mean(axis=0), 1e-9))
