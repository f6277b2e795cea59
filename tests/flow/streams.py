"""Streams of tickets made of weekly counts, for tests of what is read off weeks and days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics.flow.ages import Ages
from analytics.flow.daily import DailyFlow

MONDAY = date(2024, 1, 1)
WORKDAYS = (1, 1, 1, 1, 1, 0, 0)


def daily_of(opened: Sequence[int], ended: Sequence[int] | None = None, first: date = MONDAY) -> DailyFlow:
    """Days from weekly counts, spread over Monday to Friday, the remainder on Monday."""
    sides = [_spread(np.asarray(counts)) for counts in (opened, ended if ended is not None else opened)]
    days = pd.date_range(MONDAY, periods=7 * len(opened), freq="D").astype("datetime64[us]")
    frame = pd.DataFrame({"day": days, "opened": sides[0], "ended": sides[1]})
    frame = frame[frame["day"] >= pd.Timestamp(first)].reset_index(drop=True)
    return DailyFlow(frame.assign(open=(frame["opened"] - frame["ended"]).cumsum()), "", {})


def _spread(weekly: np.ndarray) -> np.ndarray:
    days = np.outer(weekly // 5, WORKDAYS)
    days[:, 0] += weekly % 5
    return np.asarray(days.reshape(-1))


def ages_of(ended: dict[int, int], still_open: dict[int, int] | None = None) -> Ages:
    """Ages from `age in days: tickets`."""
    longest = max([*ended, *(still_open or {}), 0]) + 1
    counts = [np.zeros(longest), np.zeros(longest)]
    for side, found in zip(counts, (ended, still_open or {}), strict=True):
        for age, tickets in found.items():
            side[age] = tickets
    return Ages(counts[0], counts[1], "", {})


def tickets_of(weeks: Sequence[tuple[int, int]], **more: Any) -> list[dict[str, Any]]:
    """Tickets of (opened, ended) by week: opened on Mondays at 9, ended on Fridays at 17, the oldest first.

    An empty Sunday closes the records: one ticket, opened and ended at its end.
    """
    listed: list[dict[str, Any]] = []
    waiting: list[dict[str, Any]] = []
    monday = datetime.combine(MONDAY, datetime.min.time())
    for place, (opened, ended) in enumerate(weeks):
        start = monday + timedelta(weeks=place)
        new = [{"opened_at": start + timedelta(hours=9), "status": "new", **more} for _ in range(opened)]
        listed += new
        waiting += new
        for ticket in waiting[:ended]:
            ticket.update(resolved_at=start + timedelta(days=4, hours=17), status="resolved")
        waiting = waiting[ended:]
    last = monday + timedelta(weeks=len(weeks)) - timedelta(minutes=1)
    return [*listed, {"opened_at": last, "resolved_at": last, "status": "resolved", **more}]
