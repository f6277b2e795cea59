"""Paths: joint courses of inflow, outflow and backlog that agree step by step, as wide as past errors call for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecast.expectation import BACKLOG, INFLOW, Expectation, agreeing
from analytics.forecast.fan import Fan, Widening, fan_of
from analytics.forecast.levers import Levers
from analytics.forecast.simulation import simulate

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True)
class Paths:
    """`inflow`, `outflow`, `backlog`: a row a course, a column a step; start + inflow - outflow = backlog in each.

    `expectation` is what they were drawn from.
    """

    expectation: Expectation
    inflow: Array
    outflow: Array
    backlog: Array

    @property
    def start(self) -> float:
        """Open tickets before the first step."""
        return self.expectation.start.backlog

    def changed(self, levers: Levers) -> "Paths":
        """The same courses with the same surprises, had the levers been pulled; nothing pulled, nothing changed."""
        if not levers.pulled:
            return self
        start, before = self.expectation.start, self.expectation.flows
        after = simulate(start, self.expectation.drawn, levers, before.due)
        was, now = before.backlog(start), after.backlog(start)
        # In proportion where there is less: what empties the simulated desk empties this one too.
        less = self.backlog * now / np.maximum(was, 1e-9)
        # A pace that falls takes with it what goes out beside the simulation too: in a freeze nothing does.
        kept = np.minimum(levers.pace_factor, 1)
        beside = ((self.outflow - before.outflow) * (1 - kept)).cumsum(axis=1)
        backlog = np.where(now < was, less, self.backlog + (now - was) + beside)
        frozen = np.where(kept == 0, np.inf, backlog)
        return _agreeing(self.expectation, self.inflow * levers.inflow_factor, frozen)

    def fan(self, series: str) -> Fan:
        """The mean of the courses of a series, and its intervals."""
        courses = getattr(self, series)
        return fan_of(courses.mean(axis=0), courses, Widening(1.0, 1.0))


def paths_of(expectation: Expectation, widenings: Mapping[str, Widening]) -> Paths:
    """The paths of an expectation, widened as its back-test calls for."""
    inflow, backlog = (
        expectation.means[series] + _widened(expectation.courses[series], widenings[series])
        for series in (INFLOW, BACKLOG)
    )
    return _agreeing(expectation, np.maximum(inflow, 0), backlog)


def _widened(courses: Array, widening: Widening) -> Array:
    """Each course's distance from the mean, by the factor for its rank among the courses at that step."""
    ranks = courses.argsort(axis=0).argsort(axis=0)
    return np.asarray((courses - courses.mean(axis=0)) * widening.of((ranks + 0.5) / len(courses)))


def _agreeing(expectation: Expectation, inflow: Array, backlog: Array) -> Paths:
    outflow, backlog = agreeing(expectation.start.backlog, inflow, backlog)
    return Paths(expectation, inflow, outflow, backlog)
