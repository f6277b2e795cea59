"""Own forecast: a series of one's own in the periods to come, with intervals and back-test, or a refusal."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analytics.forecast.backtest import FEWEST_KNOWN, FEWEST_ORIGINS, SCORED, Backtest, Tested, mean_step, plan
from analytics.forecast.expectation import SEASON, naive, seasonal_naive
from analytics.forecast.fan import BANDS, SHARES, Fan, Widening, widening_from
from analytics.forecast.gate import FEWEST_FOR_INTERVALS, withheld
from analytics.forecast.own_series import OwnSeries
from analytics.forecast.series_gaps import bridged, gaps_sentence, learned_from
from analytics.forecast.series_level import SeriesLevel
from analytics.formatting import day_text, period_text
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
VALUE = "value"
_WEEKS = {Grain.DAY: 4, Grain.WEEK: 13, Grain.MONTH: 52, Grain.QUARTER: 52}
_A_WEEK = {Grain.DAY: 7.0, Grain.WEEK: 1.0, Grain.MONTH: 12 / 52, Grain.QUARTER: 4 / 52}
_MOST = {Grain.DAY: 182, Grain.WEEK: 52, Grain.MONTH: 12, Grain.QUARTER: 4}
_TESTED = {Grain.DAY: 28, Grain.WEEK: 13, Grain.MONTH: 12, Grain.QUARTER: 4}
_LONGEST = {Grain.DAY: 1092, Grain.WEEK: 338, Grain.MONTH: 240, Grain.QUARTER: 80}
# With so many noughts at the end, after times that had hardly any, it has stopped.
_STOPPED = {Grain.DAY: 28, Grain.WEEK: 8, Grain.MONTH: 6, Grain.QUARTER: 4}
_FEWEST_ABOVE_NOUGHT = 8
_SMALLEST = 0.1
_BY_CALENDAR = "calendar profile x mean of exponential smoothing"
MODELS = {
    Grain.DAY: f"Weekday and {_BY_CALENDAR}, the mean of 13 weeks and Theta.",
    Grain.WEEK: f"{_BY_CALENDAR[0].upper()}{_BY_CALENDAR[1:]} on square roots and the mean of 13 weeks.",
    Grain.MONTH: "Season (from 3 years on) x mean of exponential smoothing, Theta and damped trend.",
    Grain.QUARTER: "Season (from 3 years on) x mean of exponential smoothing, Theta and damped trend.",
}


@dataclass(frozen=True)
class OwnForecast:
    """`fan` ahead of `series` (None if refused), `horizon` in its periods, `known` values learned from.

    `refused` says why nothing is shown; `tested` is the back-test, None where there is too little; `notes` are
    sentences to be read beside.
    """

    series: OwnSeries
    horizon: int
    known: int
    fan: Fan | None
    refused: str
    tested: Tested | None
    notes: tuple[str, ...]

    @property
    def fans(self) -> Mapping[str, Fan]:
        """The fan by the name of its series, empty if refused."""
        return {VALUE: self.fan} if self.fan else {}

    @property
    def ahead(self) -> Array:
        """The first days of the periods forecast."""
        return self.series.ahead(self.horizon)

    @property
    def model(self) -> str:
        """How it is computed, in a sentence."""
        return f"{MODELS[self.series.grain]} Intervals: past errors of square roots."

    @property
    def frame(self) -> pd.DataFrame:
        """A row a period: `period`, `series`, `mean` and a column for each of `BANDS` (NaN: not known)."""
        columns = ["period", "series", "mean", *BANDS]
        return self.fan.frame(self.ahead).assign(series=VALUE)[columns] if self.fan else pd.DataFrame(columns=columns)

    @property
    def sentence(self) -> str:
        """What the last period forecast is expected to bring, or why that is not said."""
        if self.fan is None:
            return self.refused
        fan, grain = self.fan, self.series.grain
        lo, hi = fan.bound("lo80")[-1], fan.bound("hi80")[-1]
        spread = (
            f"80 % between {value_text(lo)} and {value_text(hi)}" if np.isfinite(lo) else "how far off is not known"
        )
        said = f"{_named(self.ahead[-1].astype(date), grain)} is expected to bring about {value_text(fan.mean[-1])}"
        return f"{said} ({spread}); the last known is {value_text(self.series.values[-1])}."


def own_forecast(series: OwnSeries, weeks: int | None = None) -> OwnForecast:
    """The forecast of an own series, `weeks` ahead: by default 4 by day, 13 by week, a year by month or quarter."""
    grain = series.grain
    wanted = max(1, round((weeks or _WEEKS[grain]) * _A_WEEK[grain]))
    horizon = min(wanted, _MOST[grain])
    begin = learned_from(series)
    known = min(len(series.values) - begin, _LONGEST[grain])
    gaps = [gaps_sentence(series, begin)] if len(series.missing) else []
    unknown = np.isnan(series.values[-known:])
    values = bridged(series.values[-known:], grain)
    refused = _refusal(series, values)
    if refused:
        return OwnForecast(series, horizon, known, None, " ".join([refused, *gaps]), None, ())
    periods = np.concatenate([series.periods[-known:], series.ahead(horizon)])
    level = SeriesLevel(grain, periods, values, bool((values[~unknown] % 1 == 0).all()))
    tested = _tested(level, unknown, min(horizon, _TESTED[grain]))
    widening = tested.widenings[VALUE] if tested else Widening()
    fan = _fan(level, known, horizon, widening)
    if known < FEWEST_FOR_INTERVALS[grain]:
        fan = Fan(fan.mean, np.full_like(fan.bands, np.nan))
    kept_back = withheld(tested).get(VALUE, "")
    notes = [*gaps, *_notes(grain, known, tested, wanted)]
    return OwnForecast(series, horizon, known, None if kept_back else fan, kept_back, tested, tuple(notes))


def value_text(value: float) -> str:
    """Whole numbers from 100 on, else three digits: `1,234`, `12.3`, `0.25`."""
    if abs(value) >= 100 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.3g}"


def _named(start: date, grain: Grain) -> str:
    return (
        f"The week of {day_text(start)}"
        if grain is Grain.WEEK
        else (day_text(start) if grain is Grain.DAY else period_text(start, grain))
    )


def _refusal(series: OwnSeries, values: Array) -> str:
    """Why nothing is forecast from these last values, in a sentence; empty where something is."""
    grain, known = series.grain, len(values)
    name = grain.value
    if len(series.values) == 1:
        return "No forecast: there is one value; it takes 8 quarters, 12 months, 13 weeks or 91 days in a row."
    if known < FEWEST_KNOWN[grain]:
        there = f"there is 1 {name}" if known == 1 else f"there are {known}"
        return f"No forecast: it takes {FEWEST_KNOWN[grain]} {name}s in a row with a value, and {there}."
    if values.min() == values.max():
        return (
            f"No forecast: every value is {value_text(values[0])}, and nothing can be learned from what never changes."
        )
    if values.max() < _SMALLEST:
        return f"No forecast: all values are below {_SMALLEST}: give the series in a smaller unit."
    silent = known - 1 - int(np.flatnonzero(values)[-1])
    usual = (values[: known - silent] == 0).mean()
    if silent >= _STOPPED[grain] and usual**silent < 0.001:
        since = day_text(series.periods[-silent].astype(date))
        return f"No forecast: all {silent} values since {since} are 0, so the series, or its records, have stopped."
    above = int((values > 0).sum())
    if above < _FEWEST_ABOVE_NOUGHT:
        return f"No forecast: only {above} of the {known} values are above 0; it takes {_FEWEST_ABOVE_NOUGHT}."
    return ""


def _fan(level: SeriesLevel, known: int, horizon: int, widening: Widening) -> Fan:
    """Expected values and bounds, which lie evenly around them on the scale of square roots; whole where all are."""
    mean, spread = level.ahead(known, horizon), level.spread(known, horizon)
    away = (ndtri(SHARES) * widening.of(SHARES))[:, None] * spread
    bands = np.maximum(np.sqrt(mean) + away, 0.0) ** 2
    return Fan(mean, np.rint(bands) if level.whole else bands)


def _tested(level: SeriesLevel, unknown: Array, horizon: int) -> Tested | None:
    """The back-test: at each origin with what was known there alone, the widening of its intervals included.

    Origins with an `unknown` value just before or after them are left out.
    """
    values, grain = level.values, level.grain
    horizon, known = plan(len(values), grain, horizon)
    known = np.array([place for place in known if not unknown[place - 1 : place + horizon].any()], dtype=int)
    if len(known) < FEWEST_ORIGINS:
        return None
    actual = np.stack([values[place : place + horizon] for place in known])
    means = np.stack([level.ahead(place, horizon) for place in known])
    spread = np.stack([level.spread(place, horizon) for place in known])
    misses, come = (np.sqrt(actual) - np.sqrt(means)) / spread, known[:, None] + np.arange(1, horizon + 1)
    rows = slice(max(0, len(known) - SCORED), None)
    fans = tuple(_fan(level, place, horizon, widening_from(misses, come <= place)) for place in known[rows])
    one = Backtest(
        level.periods[known[rows]], known[rows], fans, actual[rows],
        np.stack([naive(values, place, horizon) for place in known[rows]]),
        np.stack([seasonal_naive(np.where(unknown, np.nan, values), place, horizon, grain) for place in known[rows]]),
        np.array([mean_step(values[:place]) for place in known[rows]]),
    )  # fmt: skip
    return Tested({VALUE: one}, {VALUE: widening_from(misses, come <= len(values))}, horizon)


def _notes(grain: Grain, known: int, tested: Tested | None, wanted: int) -> Iterator[str]:
    name = grain.value
    yield f"The last {name} is taken to be whole."
    if known < FEWEST_FOR_INTERVALS[grain]:
        yield f"No interval is shown: it takes {FEWEST_FOR_INTERVALS[grain]} {name}s, and there are {known}."
    if grain in (Grain.MONTH, Grain.QUARTER) and known < 3 * SEASON[grain]:
        yield f"No season is used: it takes 3 years, {3 * SEASON[grain]} {name}s, and there are {known}."
    if tested is None:
        yield "The past is too short to test the model on it."
    elif min(wanted, _MOST[grain]) > tested.horizon:
        yield f"Tested up to {tested.horizon} {name}s ahead; what lies beyond is not."
    if wanted > _MOST[grain]:
        yield f"By {name} the forecast ends after {_MOST[grain]} {name}s."
