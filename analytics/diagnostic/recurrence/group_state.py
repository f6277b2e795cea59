"""The state of a recurring group: whether it is new or rising, goes on, or has gone."""

from datetime import date, timedelta
from typing import Literal

import pandas as pd
from scipy import stats

GroupState = Literal["emerging", "active", "gone", "dismissed"]
STATES: tuple[GroupState, ...] = ("emerging", "active", "gone", "dismissed")
LATELY_DAYS = 30
_YEAR_DAYS = 365
_RISING = 0.01
_FEWEST_LATELY = 3
# Silence that is long, and long for this group: five of its usual gaps pass in silence by chance once in 150.
_SILENT_DAYS, _SILENT_GAPS = 45, 5


def group_state(opened_on: pd.Series, end: date, is_dismissed: bool = False) -> GroupState:
    """The state before the day `end`, by the days on which its tickets were opened."""
    if is_dismissed:
        return "dismissed"
    days = pd.to_datetime(opened_on).dropna().dt.date
    days = days[days < end]
    if days.empty or is_gone(days, end):
        return "gone"
    lately = end - timedelta(days=LATELY_DAYS)
    return "emerging" if days.min() >= lately or _is_rising(days, lately, end) else "active"


def is_gone(days: pd.Series, end: date) -> bool:
    """Whether nothing came for so long that it is no pause as there were before."""
    year = days[days >= end - timedelta(days=_YEAR_DAYS)]
    if year.empty:
        return True
    silent = (end - year.max()).days
    usual = (year.max() - year.min()).days / max(len(year) - 1, 1)
    return bool(silent >= _SILENT_DAYS and silent > _SILENT_GAPS * usual)


def _is_rising(days: pd.Series, lately: date, end: date) -> bool:
    """More in the last 30 days than its own rate of the year before them allows; the rate itself is uncertain."""
    new = int((days >= lately).sum())
    before = days[(days < lately) & (days >= end - timedelta(days=_YEAR_DAYS))]
    if new < _FEWEST_LATELY or before.empty:
        return False
    size, observed = len(before) + 0.5, max((lately - before.min()).days, LATELY_DAYS)
    expected = size * LATELY_DAYS / observed
    return bool(stats.nbinom.sf(new - 1, size, size / (size + expected)) < _RISING)
