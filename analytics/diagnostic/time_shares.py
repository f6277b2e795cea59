"""TimeShares: how the logged weeks divide into operational, tactical and strategic work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import pandas as pd

from analytics.diagnostic.known import LoggedTime, TimeClass
from analytics.formatting import day_text

CLASSES: tuple[TimeClass, ...] = get_args(TimeClass)


@dataclass(frozen=True)
class TimeShares:
    """`frame` has a row a logged week, oldest first: `week` (its Monday) and hours of each class.

    Weeks without an hour are none.
    """

    frame: pd.DataFrame

    @property
    def weeks(self) -> int:
        """How many weeks are logged."""
        return len(self.frame)

    @property
    def hours(self) -> float:
        """All hours."""
        return float(self.frame[list(CLASSES)].to_numpy().sum())

    def share(self, work: TimeClass) -> float:
        """The share of all hours; needs at least a week."""
        return float(self.frame[work].sum()) / self.hours

    @property
    def by_week(self) -> pd.DataFrame:
        """`week` and the share of each class in it."""
        hours = self.frame[list(CLASSES)]
        return pd.concat([self.frame["week"], hours.div(hours.sum(axis=1), axis=0)], axis=1)

    @property
    def first(self) -> date | None:
        """The first Monday."""
        return self.frame["week"].iloc[0] if self.weeks else None

    @property
    def last(self) -> date | None:
        """The last day, a Sunday."""
        return self.frame["week"].iloc[-1] + timedelta(days=6) if self.weeks else None

    @property
    def days_text(self) -> str:
        """`26 Oct 2026 to 22 Nov 2026`, from the first Monday to the last Sunday; empty without a week."""
        return f"{day_text(self.first)} to {day_text(self.last)}" if self.first and self.last else ""

    @property
    def words(self) -> str:
        """`84 % operational, 12 % tactical and 4 % strategic`."""
        operational, tactical, strategic = (f"{round(self.share(work) * 100)} % {work}" for work in CLASSES)
        return f"{operational}, {tactical} and {strategic}"


def time_shares(log: Sequence[LoggedTime], weeks: int | None = None) -> TimeShares:
    """The latest so many logged weeks, or all."""
    hours: dict[date, dict[TimeClass, float]] = {}
    for entry in log:
        of_week = hours.setdefault(entry.week, dict.fromkeys(CLASSES, 0.0))
        of_week[entry.work] += entry.hours
    rows = [{"week": week, **of_week} for week, of_week in sorted(hours.items()) if sum(of_week.values()) > 0]
    kept = rows if weeks is None else rows[-weeks:]
    return TimeShares(pd.DataFrame(kept, columns=["week", *CLASSES]))


def aims_of(operational: float, strategic: float) -> dict[TimeClass, float]:
    """The share wanted of each class; tactical work has what the two others leave."""
    return {"operational": operational, "tactical": max(1 - operational - strategic, 0.0), "strategic": strategic}
