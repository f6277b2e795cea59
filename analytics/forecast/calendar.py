"""Calendar: what is known of each period beforehand (season, weekday, holidays), and how much busier it makes it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.calendar_profile import FEWEST_WEEKS, around_christmas, calendar_columns, poisson_ridge
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# The waves are drawn to nought more firmly than the rest: a trend looks like a wave until years have passed.
_RIDGE, _WAVES_RIDGE = 1.0, 50.0
# The columns before these are the constant and the line, which belong to the level.
_LEVEL = 2
_WAVES = 4
# The profile is learned from at most this much, and is learned anew every fourth period only, for speed.
_LEARNED = {Grain.WEEK: 260, Grain.DAY: 728}
_ANEW = {Grain.WEEK: 4, Grain.DAY: 28}


@dataclass(frozen=True)
class Calendar:
    """`columns` of a regression, a row for each of `periods`, those to come included."""

    grain: Grain
    periods: Array
    columns: Array

    def factors(self, counts: Array, known: int, exposure: Array | None = None) -> Array:
        """The factor of every period, 1 on average over the known ones, learned from the first `known` counts.

        `exposure` is what the counts are a share of, a number a period; without it the counts are themselves taken.
        """
        known = max(known - known % _ANEW[self.grain], min(known, _ANEW[self.grain]))
        first = max(0, known - _LEARNED[self.grain])
        used = slice(first, known)
        if not counts[used].sum() > 0:
            return np.ones(len(self.periods))
        chosen = self._used(known - first)
        columns, penalties = self.columns[:, chosen], self._penalties()[chosen]
        over = None if exposure is None else np.maximum(exposure[used], 0.01)
        slopes = poisson_ridge(columns[used], counts[used], penalties, over)
        factors = np.exp(columns[:, _LEVEL:] @ slopes[_LEVEL:])
        return np.asarray(factors / factors[used].mean())

    def _penalties(self) -> Array:
        others = self.columns.shape[1] - _LEVEL - _WAVES
        return np.array([0.0, _RIDGE, *[_WAVES_RIDGE] * _WAVES, *[_RIDGE] * others])

    def _used(self, known: int) -> list[int]:
        """The waves of the year count only where it has been seen once and a half."""
        season = self.grain is Grain.WEEK and known >= FEWEST_WEEKS
        return [place for place in range(self.columns.shape[1]) if season or not _LEVEL <= place < _LEVEL + _WAVES]


def calendar_of(grain: Grain, periods: Array, holidays: Array) -> Calendar:
    """The calendar of consecutive periods, given as their first days; `holidays` are days, in order."""
    columns = calendar_columns(periods, holidays) if grain is Grain.WEEK else _days(periods, holidays)
    return Calendar(grain, periods, columns)


def _days(days: Array, holidays: Array) -> Array:
    """As for weeks, with each weekday but Monday; Christmas and holidays are of the day itself."""
    waves = calendar_columns(days)[:, : _LEVEL + _WAVES]
    christmas = around_christmas(days)
    weekdays = (days.astype(int)[:, None] + 3) % 7 == np.arange(1, 7)
    return np.column_stack([waves, christmas, np.isin(days, holidays) & ~christmas, weekdays])
