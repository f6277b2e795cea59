"""Simulation: many joint courses of inflow, outflow and backlog from one start, drawn from the surprises of the past.

Inflow and outflow surprises are drawn together, in blocks of four weeks: busy weeks are so on both sides, and one that
is so is followed by others.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.forecast.levers import Levers
from analytics.forecast.survival_flow import Start

Array = np.ndarray[Any, np.dtype[Any]]
# The part of a surprise that stays in the level.
_FOLLOWED = 0.2
# A run of wild weeks multiplies up without end: no level goes farther than so many times from where it was.
_FARTHEST = 4.0


@dataclass(frozen=True)
class Courses:
    """Simulated tickets that come in and go out, and those that by their ages were due to go: a row a course."""

    inflow: Array
    outflow: Array
    due: Array

    def backlog(self, start: Start) -> Array:
        """Open at the end of each step: the start plus what came in minus what went out."""
        return np.asarray(start.backlog + (self.inflow - self.outflow).cumsum(axis=1))

    def rows(self, chosen: slice) -> "Courses":
        """Some of the courses."""
        return Courses(self.inflow[chosen], self.outflow[chosen], self.due[chosen])


def draws(start: Start, courses: int, block: int, seed: int) -> Array:
    """Surprises of inflow and outflow by course and step; blocks of `block` consecutive past periods."""
    past, horizon = start.surprises, start.horizon
    random = np.random.default_rng(seed)
    blocks = -(-horizon // block)
    begins = random.integers(0, max(len(past) - block + 1, 1), size=(courses, blocks))
    places = (begins[:, :, None] + np.arange(block)).reshape(courses, -1)[:, :horizon]
    drawn = past[np.minimum(places, len(past) - 1)]
    return np.asarray(drawn * _levels(drawn))


def _levels(drawn: Array) -> Array:
    """What the surprises so far have done to the level, as smoothing would follow them."""
    moved = np.clip(np.cumprod(1 + _FOLLOWED * (drawn - 1), axis=1), 1 / _FARTHEST, _FARTHEST)
    return np.concatenate([np.ones_like(moved[:, :1]), moved[:, :-1]], axis=1)


def simulate(start: Start, drawn: Array, levers: Levers | None = None, due_before: Array | None = None) -> Courses:
    """A course for each row of `drawn`; `due_before` is what was due on the course without the levers."""
    changed = levers or Levers.of(start.horizon)
    inflow = start.arrivals * changed.inflow_factor * drawn[:, :, 0]
    kinds = _kinds(start, changed, drawn[:, :, 0])
    outflow, due = np.empty_like(inflow), np.empty_like(inflow)
    for step in range(start.horizon):
        hands = [kind.at_hand(step) for kind in kinds]
        shares = [kind.shares(step) for kind in kinds]
        due[:, step] = sum(hand @ share for hand, share in zip(hands, shares, strict=True))
        factor = start.pace[step] * changed.pace_factor[step] * drawn[:, step, 1]
        if due_before is not None and changed.elasticity != 1:
            work = np.maximum(due[:, step], 1e-9) / np.maximum(due_before[:, step], 1e-9)
            factor *= work ** (changed.elasticity - 1)
        outflow[:, step] = sum(_end(hand, factor, share) for hand, share in zip(hands, shares, strict=True))
        if changed.more_closures[step]:
            outflow[:, step] += _close_more(hands, changed.more_closures[step], outflow[:, step])
    return Courses(inflow, outflow, due)


def _end(at_hand: Array, factor: Array, shares: Array) -> Array:
    """Let tickets end by their shares times the factor; how many did."""
    ending = np.minimum(factor[:, None] * shares, 1.0)
    ending *= at_hand
    at_hand -= ending
    return np.asarray(ending @ np.ones(len(shares)))


def _close_more(hands: list[Array], more: float, ended: Array) -> Array:
    """Close so many more, of all ages alike; how many that were. Below nought fewer end, at most all that did."""
    left = np.asarray(sum(hand.sum(axis=1) for hand in hands))
    kept = np.clip(left - more, 0, left + ended)
    for hand in hands:
        hand *= (kept / np.maximum(left, 1e-9))[:, None]
    return np.asarray(left - kept)


@dataclass(frozen=True)
class _Kind:
    """Tickets that leave alike.

    A ticket stays in its place of `there` (a row a course) and the place of age 0 moves left, so that nothing is copied
    from step to step. From place `horizon` on stand those open at the start, with `old_shares` by step.
    """

    there: Array
    arrivals: Array
    share_by_age: Array
    old_shares: Array

    def at_hand(self, step: int) -> Array:
        """The tickets there are in a step, its arrivals first."""
        found = self.there[:, self.arrivals.shape[1] - 1 - step :]
        found[:, 0] += self.arrivals[:, step]
        return found

    def shares(self, step: int) -> Array:
        """The share of each of them that is due."""
        ages = np.minimum(np.arange(step + 1), len(self.share_by_age) - 1)
        return np.concatenate([self.share_by_age[ages], self.old_shares[:, step]])


def _kinds(start: Start, levers: Levers, surprises: Array) -> list[_Kind]:
    """The desk's own tickets, and those that the levers add or take away (counted below nought)."""
    courses, horizon = surprises.shape
    open_at_start, their_shares = _alike(start)
    there = np.zeros((courses, horizon + len(open_at_start)))
    there[:, horizon:] = open_at_start
    own = levers.inflow_factor - sum((part.factor for part in levers.parts), np.zeros(horizon))
    kinds = [_Kind(there, start.arrivals * own * surprises, start.end_share_by_age, their_shares)]
    for part in levers.parts:
        moved = start.arrivals * part.factor * surprises
        kinds.append(_Kind(np.zeros_like(moved), moved, part.end_share_by_age, np.zeros((0, horizon))))
    return kinds


def _alike(start: Start) -> tuple[Array, Array]:
    """Tickets open at the start, those of ages with the same shares in every step to come as one; and these shares."""
    oldest = len(start.end_share_by_age) - 1
    ages = np.minimum(np.arange(oldest + 1)[:, None] + np.arange(start.horizon), oldest)
    shares = start.end_share_by_age[ages]
    first = np.flatnonzero(np.concatenate([[True], (shares[1:] != shares[:-1]).any(axis=1)]))
    return np.add.reduceat(start.open_by_age, first), shares[first]
