"""Extent: how much a snapshot holds, from where, and from when to when."""

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from analytics.filters import Filters
from analytics.warehouse.engine import Engine


@dataclass(frozen=True)
class Extent:
    """How many tickets, from which sources, and the days they span (both None without a usable opening time)."""

    tickets: int
    sources: tuple[str, ...]
    first_day: date | None
    last_day: date | None


def extent(engine: Engine) -> Extent:
    """The extent of the snapshot."""
    days = engine.query("SELECT min(calendar_on) AS first_day, max(calendar_on) AS last_day FROM calendar").iloc[0]
    by_source = engine.query("SELECT source, count(*) AS tickets FROM tickets GROUP BY 1 ORDER BY 2 DESC, 1")
    sources = tuple(str(name) for name in by_source["source"].astype(object) if not pd.isna(name))
    return Extent(int(by_source["tickets"].sum()), sources, _day(days["first_day"]), _day(days["last_day"]))


def first_day(engine: Engine) -> date | None:
    """The day of the first opening, None without one."""
    return _day(engine.query("SELECT min(calendar_on) AS first_day FROM calendar")["first_day"].iloc[0])


def bounded(engine: Engine, filters: Filters) -> Filters:
    """The filters with both ends: an open start is the first day of the data, an open end the day after the last."""
    if filters.start and filters.end:
        return filters
    reach = engine.query("SELECT min(calendar_on) AS first_day, max(calendar_on) AS last_day FROM calendar").iloc[0]
    first, last = _day(reach["first_day"]), _day(reach["last_day"])
    if first is None or last is None:
        return filters
    start, end = filters.start or first, filters.end or last + timedelta(days=1)
    return filters.between(start, max(end, start + timedelta(days=1)))


def _day(value: object) -> date | None:
    return None if pd.isna(value) else pd.Timestamp(value).date()
