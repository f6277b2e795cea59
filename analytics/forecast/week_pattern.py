"""WeekPattern: how many tickets fall into each hour of a usual week, by the clock of the reporting time zone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
# A share of tickets with the same time of day that is no accident, and how many tickets it takes to say so.
_AT_ONE_TIME = 0.99
_FEWEST_MOMENTS = 20
# From this share on, times of midnight to the second are days without a time.
_TIMELESS = 0.05


@dataclass(frozen=True)
class WeekPattern:
    """`counts` of tickets by weekday (row, Monday first) and hour on all ordinary days; `days` by weekday.

    `by_weekday` counts all, also `timeless` ones, whose hour is not known because their time is midnight to the second.
    `hours_known` is False where all carry one time of day: an export with days only.
    """

    counts: Array
    by_weekday: Array
    days: Array
    timeless: int
    hours_known: bool

    @property
    def tickets(self) -> int:
        """All tickets of the ordinary days."""
        return int(self.by_weekday.sum())

    @property
    def weekly(self) -> Array:
        """Tickets of a usual week by weekday."""
        return np.asarray(self.by_weekday / np.maximum(self.days, 1))

    @property
    def hourly(self) -> Array:
        """Tickets of a usual week by weekday and hour; those without a known hour are spread as the others are."""
        known = self.counts.sum()
        every = self.by_weekday.sum() / known if known else 0.0
        return np.asarray(self.counts / np.maximum(self.days, 1)[:, None] * every)


def week_pattern(
    engine: Engine, filters: Filters, anchor: str, start: date, until: date, apart: Collection[date]
) -> WeekPattern:
    """The pattern of `opened` or `ended` tickets from `start` to before `until`, the days `apart` left out."""
    bound = filters.between(None, None).parameters() | {"first_day": start, "until_day": until}
    found = engine.query(pattern_sql(filters, anchor), bound)
    return pattern_of(found, engine.reporting_time_zone, start, until, apart)


def pattern_of(found: pd.DataFrame, time_zone: str, start: date, until: date, apart: Collection[date]) -> WeekPattern:
    """The pattern from counts of `tickets` by `hour` and `quarter` in UTC, and how many of each begin it (`sharp`)."""
    moments = pd.to_datetime(found["hour"]) + pd.to_timedelta(found["quarter"] * 15, unit="min")
    local = moments.dt.tz_localize("UTC").dt.tz_convert(time_zone).dt.tz_localize(None)
    days, tickets = local.dt.normalize(), found["tickets"].to_numpy().astype(float)
    ordinary = ~days.isin(pd.to_datetime(sorted(apart))).to_numpy()
    weekdays, hours = local.dt.day_of_week.to_numpy(), local.dt.hour.to_numpy()
    midnight = (hours == 0) & (local.dt.minute.to_numpy() == 0)
    sharp = np.where(midnight, found["sharp"].to_numpy().astype(float), 0.0)
    timeless = sharp if sharp.sum() > _TIMELESS * tickets.sum() else np.zeros_like(sharp)
    counts = np.zeros((7, 24))
    np.add.at(counts, (weekdays[ordinary], hours[ordinary]), (tickets - timeless)[ordinary])
    by_weekday = np.bincount(weekdays[ordinary], weights=tickets[ordinary], minlength=7)
    usual = [start + timedelta(days=n) for n in range((until - start).days)]
    numbers = np.bincount([day.weekday() for day in usual if day not in apart], minlength=7)
    known = not _has_days_only(hours, tickets, found["sharp"].to_numpy())
    return WeekPattern(counts, by_weekday, numbers, int(timeless[ordinary].sum()), known)


def pattern_sql(filters: Filters, anchor: str) -> str:
    """Counts by quarters of an hour, since clocks differ from UTC by so much in places."""
    at, on = f"{anchor}_at", f"{anchor}_on"
    conditions = ["opened_on IS NOT NULL", f"{on} >= :first_day", f"{on} < :until_day", *filters.value_conditions()]
    minute = f"extract(minute FROM {at})"
    return (
        f"SELECT date_trunc('hour', {at}) AS hour,\n"
        f"  CASE WHEN {minute} < 15 THEN 0 WHEN {minute} < 30 THEN 1 WHEN {minute} < 45 THEN 2 ELSE 3 END AS quarter,\n"
        f"  count(*) AS tickets, count(*) FILTER (WHERE {at} = date_trunc('minute', {at}) "
        f"AND {minute} IN (0, 15, 30, 45)) AS sharp\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1, 2"
    )


def _has_days_only(hours: Array, tickets: Array, sharp: Array) -> bool:
    """Whether nearly all carry the same time of day to the second; two, an hour apart, where clocks changed."""
    total = tickets.sum()
    if total < _FEWEST_MOMENTS or sharp.sum() < _AT_ONE_TIME * total:
        return False
    by_hour = np.bincount(hours, weights=tickets, minlength=24)
    return bool((by_hour + np.roll(by_hour, -1)).max() >= _AT_ONE_TIME * total)
