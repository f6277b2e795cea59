"""Series level: what an own series is expected to be, and how far off one may be, on the scale of square roots.

Days and weeks as for tickets: calendar profile times level (`level.flow_ahead`), without holidays, which no file tells.
Months and quarters: season times the mean of exponential smoothing, Theta and Holt's damped trend, the combination
that the M4 competition measured others by (Makridakis 2020). Days or weeks of a stock, such as tickets open, have
neither: the mean of exponential smoothing and damped trend.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from analytics.forecast.calendar import Calendar, calendar_of
from analytics.forecast.expectation import SEASON
from analytics.forecast.level import flow_ahead, theta
from analytics.forecast.smoothing import DampedTrend, damped_trend, filtered, smoothed
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
_SEASONS = 3
_SMALLEST_FACTOR = 0.05
_FOLLOW = {Grain.DAY: 0.05, Grain.WEEK: 0.2, Grain.MONTH: 0.3, Grain.QUARTER: 0.3}
_FOLLOW_STOCK = 0.9
# Above this correlation of each value with the next.
_STOCK = 0.9
_BEGIN = 8
_FEWEST_MISSES = 4
_SMALLEST_SPREAD = 0.005
_SUREST = 1e6


@dataclass(frozen=True)
class SeriesLevel:
    """The model of `values`, none of them unknown; `periods` reach as far ahead as is asked.

    `whole` says that the values are whole numbers, bridged ones aside.
    """

    grain: Grain
    periods: Array
    values: Array
    whole: bool

    def ahead(self, known: int, horizon: int) -> Array:
        """The next `horizon` values as seen when `known` were known; never below nought."""
        factors = self.factors(known)
        if self._calendar and self.is_stock(known):
            levels = smoothed(self.values[:known]) + self._trend.ahead(known, horizon)
            return np.asarray(np.maximum(levels / 2, 0.0))
        if self._calendar:
            return flow_ahead(self.values, factors, known, horizon, self.grain)
        plain = self.values[:known] / factors[:known]
        trend = damped_trend(plain).ahead(known, horizon)
        level = (smoothed(plain) + theta(plain, horizon) + trend) / 3
        return np.asarray(np.maximum(level * factors[known : known + horizon], 0.0))

    def spread(self, known: int, horizon: int) -> Array:
        """The root of the mean squared error of square roots by step, seen along the first `known` values.

        The errors of the level alone, smoothed with a fixed weight; `Widening` makes up for the difference.
        """
        season = np.sqrt(self.factors(known))
        roots = np.sqrt(self.values[:known])
        plain = roots / season[:known]
        follow = _FOLLOW_STOCK if self.is_stock(known) else _FOLLOW[self.grain]
        levels = filtered(plain, follow, plain[:_BEGIN].mean())
        begin = min(_BEGIN, known // 2)
        spread = np.zeros(horizon)
        for step in range(1, horizon + 1):
            if known - begin - step < _FEWEST_MISSES:
                spread[step - 1] = spread[step - 2]
                continue
            misses = roots[begin + step :] - levels[begin : known - step] * season[begin + step : known]
            spread[step - 1] = np.sqrt((misses**2).mean())
        return np.asarray(np.maximum(spread, max(_SMALLEST_SPREAD * plain.mean(), 1e-9)))

    def factors(self, known: int) -> Array:
        """The factor of every period, 1 on average, learned from the first `known` values; all 1 for a stock."""
        if self.is_stock(known):
            return np.ones(len(self.periods))
        if self._calendar is None:
            return season_factors(self.values[:known], SEASON[self.grain], len(self.periods))
        return self._calendar.factors(self.values / _dispersion(self.values[:known]), known)

    def is_stock(self, known: int) -> bool:
        """Whether days or weeks go on from the one before, as a level does, rather than begin anew, as arrivals do."""
        if self._calendar is None:
            return False
        away = self.values[:known] - self.values[:known].mean()
        return bool((away[1:] * away[:-1]).sum() > _STOCK * (away**2).sum())

    @cached_property
    def _trend(self) -> DampedTrend:
        return damped_trend(self.values)

    @cached_property
    def _calendar(self) -> Calendar | None:
        no_holidays = np.zeros(0, dtype="datetime64[D]")
        by_calendar = self.grain in (Grain.DAY, Grain.WEEK)
        return calendar_of(self.grain, self.periods, no_holidays) if by_calendar else None


def season_factors(values: Array, season: int, periods: int) -> Array:
    """The factor of each place in the season, repeated over `periods`; all 1 before there are three whole seasons.

    The mean ratio to the centred moving average, drawn to 1 as far as its spread over the years is noise (James and
    Stein 1961).
    """
    known = len(values)
    if known < _SEASONS * season:
        return np.ones(periods)
    weights = np.r_[0.5, np.ones(season - 1), 0.5] / season
    centre = np.convolve(values, weights, mode="valid")
    inner = values[season // 2 : season // 2 + len(centre)]
    ratios = np.where(centre > 0, inner / np.where(centre > 0, centre, 1), 1.0)
    places = (np.arange(len(ratios)) + season // 2) % season
    groups = [ratios[places == place] for place in range(season)]
    index = np.array([group.mean() for group in groups])
    noise = float(np.mean([group.var(ddof=1) / len(group) for group in groups]))
    between = float(index.var(ddof=1))
    kept = max(0.0, 1 - noise / between) if between > 0 else 0.0
    factors = np.maximum(1 + kept * (index / index.mean() - 1), _SMALLEST_FACTOR)
    return np.asarray((factors / factors.mean())[np.arange(periods) % season])


def _dispersion(values: Array) -> float:
    """Variance over mean, from steps: over it, amounts of any unit weigh like counts in a Poisson regression."""
    mean = float(values.mean())
    if mean <= 0 or len(values) < 2:
        return 1.0
    return float(max((np.diff(values) ** 2).mean() / 2 / mean, mean / _SUREST))
