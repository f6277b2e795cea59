"""Simulated desks whose arrivals and capacity are known, as histories built straight from lives of tickets."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from analytics.flow.basis import Basis
from analytics.forecast.calendar import calendar_of
from analytics.forecast.history import MOST_AHEAD, History
from analytics.forecast.lives import lives_of
from analytics.period import Grain

Array = np.ndarray
MONDAY = np.datetime64("2020-01-06")
BASIS = Basis("", "", {}, None, 0)
_STILL_OPEN = 10**6
_OLDEST = 400


@dataclass(frozen=True)
class Lived:
    """Tickets by the weeks in which they opened and ended, and the backlog after every week, later ones included."""

    opened: Array
    ended: Array
    tickets: Array
    backlog: Array

    def history(self, weeks: int) -> History:
        """What is known after so many weeks; no ticket was open before the first."""
        there = self.opened < weeks
        ended = np.where(self.ended < weeks, self.ended, _STILL_OPEN)
        lives = lives_of(self.opened[there], ended[there], self.tickets[there].astype(float), weeks, Grain.WEEK)
        periods = MONDAY + 7 * np.arange(weeks + MOST_AHEAD[Grain.WEEK] + 1)
        known = periods[:weeks]
        inflow, outflow = (
            np.bincount(at[at < weeks], weights=lives.tickets[at < weeks], minlength=weeks)
            for at in (lives.opened, lives.ended_at)
        )
        ends: date = (known[-1] + 7).astype(date)
        return History(
            Grain.WEEK, known, inflow, outflow, (inflow - outflow).cumsum(),
            lives, calendar_of(Grain.WEEK, periods, np.zeros(0, dtype="datetime64[D]")), ends, (),
            np.zeros(weeks, dtype=bool),
        )  # fmt: skip


def arrivals(random: np.random.Generator, weeks: int, mean: Array | float, overdispersed: float = 0.0) -> Array:
    """Poisson counts, or with a gamma mean whose variance adds `overdispersed` * mean to that of Poisson."""
    means = np.broadcast_to(np.asarray(mean, dtype=float), weeks)
    return random.poisson(random.gamma(means / overdispersed, overdispersed) if overdispersed else means)


def proportional(random: np.random.Generator, came: Array, hazards: Array, pace: Array | None = None) -> Lived:
    """Each ticket ends in a week with the probability of its age; the last of `hazards` is that of all older ones."""
    by_age = np.append(hazards, np.full(_OLDEST, hazards[-1]))[:_OLDEST]
    paces = np.ones(len(came)) if pace is None else pace
    return _lived(came, lambda week, there: random.binomial(there, np.minimum(by_age * paces[week], 1.0)))


def fixed(random: np.random.Generator, came: Array, capacity: Array) -> Lived:
    """As many end as the week's capacity, whichever come to hand; fewer where fewer are there."""
    return _lived(
        came,
        lambda week, there: random.multivariate_hypergeometric(
            there, int(min(capacity[week], there.sum())), method="marginals"
        ),
    )


def _lived(came: Array, ending) -> Lived:  # noqa: ANN001 - (week, open by age) -> ended by age
    there, rows, backlog = np.zeros(_OLDEST, dtype=np.int64), [], []
    for week, count in enumerate(came):
        there = np.append(count, there[:-1])
        ended = ending(week, there)
        ages = np.flatnonzero(ended)
        rows.append(np.column_stack([week - ages, np.full(len(ages), week), ended[ages]]))
        there = there - ended
        backlog.append(there.sum())
    ages = np.flatnonzero(there)
    rows.append(np.column_stack([len(came) - 1 - ages, np.full(len(ages), _STILL_OPEN), there[ages]]))
    opened, ends, tickets = np.concatenate(rows).T
    return Lived(opened, ends, tickets, np.array(backlog))
