"""Lives: of all tickets, how many were open at each age in each period, and how many of them ended then.

An age is counted in periods from the one of opening, which is age 0. Records that begin late lack old tickets in both
counts alike, so the share that ends at an age stays right.
"""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The first age of each bucket, in periods; the last one has no end.
BUCKETS = {
    Grain.WEEK: np.array([0, 1, 2, 3, 4, 6, 9, 13, 26, 52, 104]),
    Grain.DAY: np.array([0, 1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 42, 63, 91, 182, 364, 728]),
}


@dataclass(frozen=True)
class Lives:
    """Tickets by the places of the periods in which they opened and ended (as many `tickets` in each row).

    A place below nought lies before the first period, `periods` or later is not yet ended. `at_risk` and
    `ended` have a row a period and a column an age bucket: tickets of that age open at its start or opened in it, and
    those of them that ended in it.
    """

    opened: Array
    ended_at: Array
    tickets: Array
    first_ages: Array
    at_risk: Array
    ended: Array

    @property
    def oldest(self) -> int:
        """The age from which on all are counted alike."""
        return int(self.first_ages[-1])

    @property
    def bucket_of_age(self) -> Array:
        """The bucket of each age from 0 to `oldest`."""
        return np.asarray(np.searchsorted(self.first_ages, np.arange(self.oldest + 1), side="right") - 1)

    def until(self, known: int) -> "Lives":
        """The lives as they were when `known` periods were known."""
        seen = self.opened < known
        return replace(
            self, opened=self.opened[seen], ended_at=self.ended_at[seen], tickets=self.tickets[seen],
            at_risk=self.at_risk[:known], ended=self.ended[:known],
        )  # fmt: skip

    def open_by_age(self, known: int) -> Array:
        """Tickets open at the end of the period before place `known`, by the age they have in that place."""
        there = (self.opened < known) & (self.ended_at >= known)
        ages = np.minimum(known - self.opened[there], self.oldest)
        return np.bincount(ages, weights=self.tickets[there], minlength=self.oldest + 1)


def lives_of(opened: Array, ended_at: Array, tickets: Array, periods: int, grain: Grain) -> Lives:
    """The lives of tickets by the places of the periods in which they opened and ended; see `Lives`."""
    ended_at = np.maximum(ended_at, opened)
    kept = (opened < periods) & (ended_at >= 0)
    opened, ended_at, tickets = opened[kept], ended_at[kept], tickets[kept]
    first_ages = BUCKETS[grain]
    after = np.append(first_ages[1:], np.iinfo(np.int32).max)
    at_risk = [
        _present(opened + first, np.minimum(ended_at + 1, opened + end), tickets, periods)
        for first, end in zip(first_ages, after, strict=True)
    ]
    place = np.searchsorted(first_ages, ended_at - opened, side="right") - 1
    done = ended_at < periods
    cells = ended_at[done] * len(first_ages) + place[done]
    ended = np.bincount(cells, weights=tickets[done], minlength=periods * len(first_ages))
    return Lives(
        opened, ended_at, tickets, first_ages, np.column_stack(at_risk), ended.reshape(periods, len(first_ages))
    )


def _present(start: Array, end: Array, tickets: Array, periods: int) -> Array:
    """How many tickets are there in each period, being there from place `start` to before `end`."""
    there = end > start
    came = np.bincount(np.clip(start[there], 0, periods), weights=tickets[there], minlength=periods + 1)
    went = np.bincount(np.clip(end[there], 0, periods), weights=tickets[there], minlength=periods + 1)
    return np.asarray((came - went).cumsum()[:periods])
