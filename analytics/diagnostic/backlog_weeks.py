"""BacklogWeeks: the verdict on the backlog's weeks with and without clean-ups, and how much work lies open."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.flow.capacity import Capacity, capacity
from analytics.flow.mass_closures import mass_closures
from analytics.flow.verdict import Verdict, excess_by_week, mondays, steadied, verdict
from analytics.period import Grain
from analytics.warehouse.engine import Engine

_LATEST_WEEKS = 13
_MOSTLY = 0.9


@dataclass(frozen=True)
class BacklogWeeks:
    """`shown` is the Backlog page's verdict, `steady` that without what was closed in bulk, `ability` the capacity.

    `closures` are the days of mass closures (as in `MassClosures`) within the weeks that count.
    """

    filters: Filters
    shown: Verdict
    steady: Verdict
    ability: Capacity
    closures: pd.DataFrame

    @property
    def frame(self) -> pd.DataFrame:
        """The weeks that count: `week`, `opened`, `ended`, `net`, `open`, `in_bulk` (ended beyond the usual)."""
        return self.shown.frame.assign(in_bulk=excess_by_week(self.shown.frame["week"], self.closures))

    @property
    def ended_per_week(self) -> float:
        """Mean tickets ended a week, clean-ups taken out; 0 without a week."""
        frame = self.frame
        return float((frame["ended"] - frame["in_bulk"]).mean()) if len(frame) else 0.0

    @property
    def most_open(self) -> float:
        """What nine of ten of the last 13 weeks had at most open: one wild week does not make a backlog."""
        return float(self.shown.frame["open"].tail(_LATEST_WEEKS).quantile(_MOSTLY))

    @property
    def last_open(self) -> int:
        """What was open at the end of the last week."""
        return int(self.shown.frame["open"].iloc[-1])

    @property
    def weeks_of_work(self) -> float | None:
        """How many weeks it would take to end `most_open`; None where nothing ends."""
        return self.most_open / self.ended_per_week if self.ended_per_week > 0 else None


def backlog_weeks(engine: Engine, filters: Filters, weeks: int) -> BacklogWeeks:
    """Over so many whole weeks up to the end of the filters, as far as the records are sound."""
    end = end_of(engine, filters)
    start = Grain.WEEK.start(end) - timedelta(weeks=weeks) if end else None
    window = filters.between(start, end)
    shown = verdict(engine, window)
    days = mass_closures(engine, window).frame
    steady = steadied(shown, days, engine.as_of.date() if engine.as_of else None)
    kept = days[mondays(days).isin(shown.frame["week"])].reset_index(drop=True)
    return BacklogWeeks(window, shown, steady, capacity(engine, window), kept)
