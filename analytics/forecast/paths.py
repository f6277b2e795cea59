"""Paths: joint courses of inflow, outflow and backlog that agree step by step, as wide as past errors call for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecast.expectation import BACKLOG, INFLOW, Expectation
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
        start, before = self.expectation.start, self.expectation.flows
        after = simulate(start, self.expectation.drawn, levers, before.due)
        inflow = np.maximum(self.inflow + after.inflow - before.inflow, 0)
        return _agreeing(self.expectation, inflow, self.backlog + after.backlog(start) - before.backlog(start))

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
    """The outflow that leads along the backlog as far as it can: no less than none, no more than all there is."""
    before = np.full(len(inflow), expectation.start.backlog)
    outflow, after = np.empty_like(inflow), np.empty_like(inflow)
    for step in range(inflow.shape[1]):
        there = before + inflow[:, step]
        outflow[:, step] = np.clip(there - backlog[:, step], 0, there)
        before = after[:, step] = there - outflow[:, step]
    return Paths(expectation, inflow, outflow, after)
