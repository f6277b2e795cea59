"""Calendar: what is known of each period beforehand (season, weekday, holidays), and how much busier it makes it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.calendar_profile import FEWEST_WEEKS, around_christmas, calendar_columns, poisson_ridge
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_RIDGE = 1.0
# The waves are drawn to nought by as much as chance makes of them: a trend looks like a wave until years have passed.
_CHANCE = 2.0
_MOST_RHO = 0.9
# The columns before these are the constant and the line, which belong to the level.
_LEVEL = 2
_WAVES = slice(2, 6)
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
        season = self.grain is Grain.WEEK and known - first >= FEWEST_WEEKS
        columns = self.columns if season else np.delete(self.columns, _WAVES, axis=1)
        over = np.ones(known - first) if exposure is None else np.maximum(exposure[used], 0.01)
        penalties = np.array([0.0, *[_RIDGE] * (columns.shape[1] - 1)])
        slopes = poisson_ridge(columns[used], counts[used], penalties, over)
        if season:
            slopes[_WAVES] *= _certainty(columns[used], counts[used], over, slopes, penalties)
        factors = np.exp(columns[:, _LEVEL:] @ slopes[_LEVEL:])
        return np.asarray(factors / factors[used].mean())


def _certainty(columns: Array, counts: Array, over: Array, slopes: Array, penalties: Array) -> float:
    """The part of the waves that is kept: 1 - 2 / F, never less than none (positive-part James-Stein).

    F is their Wald statistic over their number, with a covariance that allows for counts more scattered than Poisson's
    and for weeks like the one before. A clear season is kept nearly whole, an accidental one goes.
    """
    expected = over * np.exp(np.clip(columns @ slopes, -30, 30))
    away = (counts - expected) / np.sqrt(np.maximum(expected, 1e-9))
    squares = float((away**2).sum())
    scattered = max(1.0, squares / max(len(counts) - len(slopes), 1))
    rho = float(np.clip((away[1:] * away[:-1]).sum() / max(squares, 1e-9), 0, _MOST_RHO))
    covariance = np.linalg.inv((columns.T * expected) @ columns + np.diag(penalties))[_WAVES, _WAVES]
    waves = slopes[_WAVES]
    wald = float(waves @ np.linalg.solve(covariance, waves)) / (scattered * (1 + rho) / (1 - rho))
    return max(0.0, 1 - _CHANCE * len(waves) / max(wald, 1e-9))


def calendar_of(grain: Grain, periods: Array, holidays: Array) -> Calendar:
    """The calendar of consecutive periods, given as their first days; `holidays` are days, in order."""
    columns = calendar_columns(periods, holidays) if grain is Grain.WEEK else _days(periods, holidays)
    return Calendar(grain, periods, columns)


def _days(days: Array, holidays: Array) -> Array:
    """As for weeks, with each weekday but Monday; Christmas and holidays are of the day itself."""
    waves = calendar_columns(days)[:, : _WAVES.stop]
    christmas = around_christmas(days)
    weekdays = (days.astype(int)[:, None] + 3) % 7 == np.arange(1, 7)
    return np.column_stack([waves, christmas, np.isin(days, holidays) & ~christmas, weekdays])
