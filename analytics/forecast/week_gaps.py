"""Gaps: runs of business hours, or weekdays, of a usual week in which clearly more tickets come than leave."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.warehouse.business_calendar import BusinessCalendar

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# A gap is told from so many standard errors on (counts as Poisson), and from so many tickets a week.
_CLEAR = 3.0
_SMALLEST = 1.0
# So little a longer run of hours has to add to be preferred.
_SHORTER = 1e-9


@dataclass(frozen=True)
class Gap:
    """On `weekday`, from `hour` to before `until` (None: the whole day), `arrivals` come and `departures` leave a week.

    The hours are those of a business day.
    """

    weekday: int
    hour: int | None
    until: int | None
    arrivals: float
    departures: float

    @property
    def gap(self) -> float:
        """Tickets that come and do not leave in it."""
        return self.arrivals - self.departures

    @property
    def words(self) -> str:
        """`Monday 8 to 11 brings 41 tickets, 28 leave`."""
        when = WEEKDAYS[self.weekday] + ("" if self.hour is None else f" {self.hour} to {self.until}")
        return f"{when} brings {amount_text(self.arrivals)} tickets, {amount_text(self.departures)} leave"


def gaps_of(frame: pd.DataFrame, weeks: int, calendar: BusinessCalendar) -> tuple[Gap, ...]:
    """The gaps of a frame by weekday and, if it has them, `hour`: at most one a day, largest first.

    Of each business day the run of opening hours with the largest surplus; left out where the surplus may be chance.
    """
    found = [_run(day, int(str(weekday))) for weekday, day in frame[is_open(frame, calendar)].groupby("weekday")]
    clear = [gap for gap in found if _is_clear(gap, max(weeks, 1))]
    return tuple(sorted(clear, key=lambda gap: -gap.gap))


def is_open(frame: pd.DataFrame, calendar: BusinessCalendar) -> pd.Series:
    """Which rows by weekday and, if there, `hour` hold any business hours."""
    workday = frame["weekday"].isin(calendar.days)
    if "hour" not in frame:
        return workday
    return workday & (frame["hour"] * 60 < calendar.closes) & ((frame["hour"] + 1) * 60 > calendar.opens)


def amount_text(tickets: float) -> str:
    """`41`, or `3.4` where a whole number would say too little."""
    return f"{tickets:,.0f}" if tickets >= 9.95 or not tickets else f"{tickets:,.1f}"


def _run(day: pd.DataFrame, weekday: int) -> Gap:
    """The run with the largest surplus, the largest sum of consecutive gaps; of equal ones the shortest."""
    if "hour" not in day:
        return Gap(weekday, None, None, float(day["arrivals"].sum()), float(day["departures"].sum()))
    sums = np.concatenate([[0.0], day["gap"].to_numpy().cumsum()])
    lengths = np.subtract.outer(np.arange(len(sums)), np.arange(len(sums))).T
    surplus = np.where(lengths > 0, sums[None, :] - sums[:, None] - _SHORTER * lengths, -np.inf)
    first, after = np.unravel_index(int(surplus.argmax()), surplus.shape)
    run = day.iloc[first:after]
    start, until = int(run["hour"].iloc[0]), int(run["hour"].iloc[-1]) + 1
    return Gap(weekday, start, until, float(run["arrivals"].sum()), float(run["departures"].sum()))


def _is_clear(gap: Gap, weeks: int) -> bool:
    error = np.sqrt((gap.arrivals + gap.departures) / weeks)
    return bool(gap.gap >= _SMALLEST and gap.gap > _CLEAR * error)
