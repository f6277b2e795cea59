"""Changed paths: the courses of a forecast as a scenario has them, with the same surprises.

As `Paths.changed`, but arrivals that are added or taken away leave by the end shares of their own kind, and a pace that
falls takes with it all closures, also those that the simulation does not explain: a freeze is one.
"""

from typing import Any

import numpy as np

from analytics.forecast.effects import Effects
from analytics.forecast.paths import Paths
from analytics.forecast.simulation import Courses
from analytics.forecast.survival_flow import Start

Array = np.ndarray[Any, np.dtype[Any]]


def changed_by(paths: Paths, found: Effects) -> Paths:
    """The paths after the effects; where they change nothing, the same paths."""
    if not _changes(found):
        return paths
    start, before = paths.expectation.start, paths.expectation.flows
    after = simulate_parts(start, paths.expectation.drawn, found, before.due)
    inflow = np.maximum(paths.inflow + (after.inflow - before.inflow), 0)
    kept = np.minimum(found.levers.pace_factor, 1)
    unexplained = paths.outflow - before.outflow
    level = paths.backlog + (after.backlog(start) - before.backlog(start)) + (unexplained * (1 - kept)).cumsum(axis=1)
    return _along(paths, inflow, level, kept == 0)


def simulate_parts(start: Start, drawn: Array, found: Effects, due_before: Array) -> Courses:
    """A course for each row of `drawn`, as `simulate` has it, each part of the arrivals with its own end shares."""
    courses, horizon = drawn.shape[:2]
    own = [start.end_share_by_age, *(part.end_share_by_age for part in found.parts)]
    shares = [np.concatenate([share, np.full(horizon, share[-1])]) for share in own]
    arrivals = [start.arrivals, *(start.arrivals * part.factor for part in found.parts)]
    oldest = len(start.end_share_by_age) - 1
    # As in `simulate`, the place of age 0 moves left; what is taken away counts below nought.
    there = np.zeros((len(own), courses, horizon + oldest + 1))
    there[0, :, horizon:] = start.open_by_age
    inflow = start.arrivals * found.levers.inflow_factor * drawn[:, :, 0]
    outflow, due = np.empty_like(inflow), np.empty_like(inflow)
    for step in range(horizon):
        at_hand, ages = there[:, :, horizon - step :], oldest + 1 + step
        for part in range(len(own)):
            at_hand[part, :, 0] += arrivals[part][step] * drawn[:, step, 0]
        due[:, step] = sum(at_hand[part] @ shares[part][:ages] for part in range(len(own)))
        factor = _factor(start, drawn, found, due, due_before, step)
        total = at_hand.sum(axis=(0, 2))
        for part in range(len(own)):
            at_hand[part] *= np.maximum(1 - factor[:, None] * shares[part][:ages], 0)
        left = at_hand.sum(axis=(0, 2))
        more = found.levers.more_closures[step]
        kept = np.clip(left - more, 0, np.maximum(total, 0))
        outflow[:, step] = total - kept
        if more:
            at_hand *= (kept / np.maximum(left, 1e-9))[None, :, None]
    return Courses(inflow, outflow, due)


def _factor(start: Start, drawn: Array, found: Effects, due: Array, due_before: Array, step: int) -> Array:
    """The factor on the end shares in a step."""
    factor = start.pace[step] * found.levers.pace_factor[step] * drawn[:, step, 1]
    if found.levers.elasticity != 1:
        work = np.maximum(due[:, step], 1e-9) / np.maximum(due_before[:, step], 1e-9)
        factor = factor * work ** (found.levers.elasticity - 1)
    return np.asarray(factor)


def _changes(found: Effects) -> bool:
    levers = found.levers
    moved = any(part.factor.any() for part in found.parts)
    return bool(moved or levers.more_closures.any() or (levers.pace_factor != 1).any())


def _along(paths: Paths, inflow: Array, level: Array, frozen: Array) -> Paths:
    """Along the level as far as it can be followed: nothing goes out while frozen, nor more than there is."""
    before = np.full(len(inflow), paths.start)
    outflow, backlog = np.empty_like(inflow), np.empty_like(inflow)
    for step in range(inflow.shape[1]):
        there = before + inflow[:, step]
        before = backlog[:, step] = there if frozen[step] else np.clip(level[:, step], 0, there)
        outflow[:, step] = there - before
    return Paths(paths.expectation, inflow, outflow, backlog)
