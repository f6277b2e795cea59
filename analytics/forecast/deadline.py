"""Deadline: a day ahead as a place on simulated courses, which are known at the ends of weeks only."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.errors import BacklightError
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import History
from analytics.forecast.paths import Paths
from analytics.formatting import day_text

Array = np.ndarray[Any, np.dtype[Any]]
_WEEK = 7
_USUAL_WEEKS = 13


@dataclass(frozen=True)
class Deadline:
    """The end of `day`, which lies in week `steps` ahead (from 1), after the part `weight` of that week.

    Between the ends of two weeks a course is read on the straight line between them.
    """

    day: date
    steps: int
    weight: float

    @property
    def weeks(self) -> float:
        """How far ahead it lies, in weeks."""
        return self.steps - 1 + self.weight

    def backlog(self, paths: Paths) -> Array:
        """Open at the end of the day, by course."""
        after = paths.backlog[:, self.steps - 1]
        before = paths.backlog[:, self.steps - 2] if self.steps > 1 else np.full(len(after), paths.start)
        return np.asarray(before + self.weight * (after - before))

    def arrived(self, paths: Paths) -> Array:
        """Tickets that came in until the end of the day, by course."""
        last = self.steps - 1
        return np.asarray(paths.inflow[:, :last].sum(axis=1) + self.weight * paths.inflow[:, last])


def deadline(found: Forecast, by: date | None = None) -> Deadline:
    """The deadline `by`, without one the end of the thirteenth week ahead.

    Raises `BacklightError` for a day that does not lie ahead, or lies beyond what is forecast, and for a forecast that
    is refused for want of a history.
    """
    known = _past(found).last_day
    if by is None:
        return Deadline(
            known + timedelta(weeks=min(_USUAL_WEEKS, found.horizon)), min(_USUAL_WEEKS, found.horizon), 1.0
        )
    today = _today(found)
    if by <= today:
        when = "is today" if by == today else "has passed"
        raise BacklightError(f"{day_text(by)} {when} for these records: choose a day after {day_text(today)}.")
    if by > found.last_day:
        raise BacklightError(
            f"{day_text(by)} is further ahead than the {found.horizon} weeks that can be forecast: choose a day up to "
            f"{day_text(found.last_day)}."
        )
    days = (by - known).days
    steps = -(-days // _WEEK)
    return Deadline(by, steps, (days - _WEEK * (steps - 1)) / _WEEK)


def first_choice(found: Forecast) -> date:
    """The first day that can be asked for; raises as `deadline` does."""
    return _today(found) + timedelta(days=1)


def _today(found: Forecast) -> date:
    """The day of the data where the last whole week ended just before it, else the last day of that week."""
    past = _past(found)
    as_of = found.basis.as_of.date() if found.basis.as_of else past.last_day
    return as_of if 0 <= (as_of - past.last_day).days <= _WEEK else past.last_day


def _past(found: Forecast) -> History:
    if found.history is None:
        raise BacklightError(found.refused)
    return found.history
