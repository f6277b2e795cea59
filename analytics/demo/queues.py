"""A group's queue: finite capacity, first come first served inside a lane, urgent lanes before the others.

Everything is in the group's own capacity time (minutes in which it could work), and set-wise. For one lane it is
Lindley's recursion written as running sums: with work S and arrivals A in order,
    done_i = cumsum(S)_i + max over j <= i of (A_j - cumsum(S)_(j-1)).
A lower lane is served in the time that the lanes above it leave (preemptive resume), which is again a clock.
"""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Floats, Ints

# Sums of the same minutes in another order differ in the last bits; a start is looked up just behind a busy period.
_ROUNDING = 1e-6


def _one_lane(arrive: Floats, work: Floats) -> Floats:
    total = np.cumsum(work)
    return np.asarray(total + np.maximum.accumulate(arrive - (total - work)))


@dataclass(frozen=True)
class _Leftover:
    """The clock of what a lane leaves to the lanes below it."""

    start: Floats
    done: Floats
    total: Floats

    def at(self, time: Floats) -> Floats:
        begun = np.searchsorted(self.start, time, side="right")
        last = np.maximum(begun - 1, 0)
        unfinished = np.where(begun > 0, np.maximum(self.done[last] - time, 0.0), 0.0)
        return np.asarray(time - (np.where(begun > 0, self.total[last], 0.0) - unfinished))

    def back(self, left: Floats, side: float) -> Floats:
        before = np.concatenate([[0.0], self.total])
        free = np.maximum.accumulate(self.start - before[:-1])
        return np.asarray(left + before[np.searchsorted(free, left + side, side="left")])


def _climb(lanes: list[_Leftover], time: Floats, side: float) -> Floats:
    for lane in reversed(lanes):
        time = lane.back(time, side)
    return time


def serve(arrive: Floats, work: Floats, lane: Ints) -> tuple[Floats, Floats]:
    """When each ticket's work starts and is done, in capacity time; lane 0 is served first.

    `arrive` is in capacity time too and in any order; ties are served in the order given.
    """
    start, done = np.empty_like(arrive), np.empty_like(arrive)
    above: list[_Leftover] = []
    for level in np.unique(lane):
        mine = np.flatnonzero(lane == level)
        mine = mine[np.argsort(arrive[mine], kind="stable")]
        came, needs = arrive[mine], work[mine]
        for leftover in above:
            came = leftover.at(came)
        ready = _one_lane(np.maximum.accumulate(came), needs)
        begun = np.maximum(ready - needs, came)
        start[mine] = np.maximum(_climb(above, begun, _ROUNDING), arrive[mine])
        done[mine] = np.maximum(_climb(above, ready, -_ROUNDING), start[mine])
        above.append(_Leftover(begun, ready, np.cumsum(needs)))
    return start, done
