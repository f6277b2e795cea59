"""Kept: a forecast as it is put away, with what was known when it was made, and read again."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.forecast.expectation import BACKLOG, SERIES
from analytics.forecast.fan import BANDS, Fan
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import LENGTH, History
from analytics.forecast.model import models_by
from analytics.formatting import day_text
from analytics.period import Grain
from analytics.store import Store
from analytics.store.kept_forecasts import KeptForecast, Unkept
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
# How much of what was known is put away with it, to see later whether the past was changed.
_REMEMBERED = {Grain.WEEK: 13, Grain.DAY: 28}
_DECIMALS = 3


@dataclass(frozen=True)
class Kept:
    """The `fans` of the series shown and the `means` of all that were expected, from `origin` on, step by step.

    `past` holds the last values known then by series, up to the period before `origin`: the newest last.
    """

    grain: Grain
    origin: date
    fans: Mapping[str, Fan]
    means: Mapping[str, Array]
    past: Mapping[str, Array]

    @property
    def horizon(self) -> int:
        """How many steps were forecast."""
        return max((len(mean) for mean in self.means.values()), default=0)

    @property
    def periods(self) -> Array:
        """The first days of the periods forecast."""
        return np.datetime64(self.origin) + LENGTH[self.grain] * np.arange(self.horizon)

    @property
    def past_periods(self) -> Array:
        """The first days of the periods in `past`."""
        known = len(self.past[BACKLOG])
        return np.datetime64(self.origin) + LENGTH[self.grain] * np.arange(-known, 0)


def keep(store: Store, engine: Engine, filters: Filters, found: Forecast, name: str) -> int:
    """Put a forecast away under a person's name for it; its number. Raises `BacklightError` where none is shown."""
    return store.keep_forecast(name, unkept(engine, filters, found))


def keep_of_week(store: Store, engine: Engine, found: Forecast) -> bool:
    """Put the whole desk's forecast away, once for each week that forecasts begin with; whether it was done now."""
    return not found.refused and store.keep_forecast_once(unkept(engine, Filters(), found))


def unkept(engine: Engine, filters: Filters, found: Forecast) -> Unkept:
    """The forecast as the store takes it. The filters' period says only where it begins, so that is not kept."""
    if found.history is None or found.refused:
        raise BacklightError(f"There is no forecast to keep. {found.refused}")
    past = found.history
    newest = engine.as_of.date() if engine.as_of else past.last_day
    known = newest if filters.end is None else min(newest, filters.end - timedelta(days=1))
    return Unkept(
        filters_text(filters), past.grain.value, past.ends, known, found.horizon, _model_name(past.grain),
        engine.snapshot, _numbers_text(found, past),
    )  # fmt: skip


def _model_name(grain: Grain) -> str:
    """What the backlog is forecast by, on which the rest rests."""
    return next((model.name for model in models_by(grain) if model.series == BACKLOG), "")


def filters_text(filters: Filters) -> str:
    """The values chosen as canonical JSON: the same text for the same tickets, however they were chosen.

    Raises `BacklightError` for filters that it could not hold.
    """
    if not filters.are_plain:
        raise BacklightError("A forecast is kept for chosen values only: leave out exceptions, limits and texts.")
    chosen = {name: sorted(values, key=lambda value: (value is None, str(value))) for name, values in filters.where}
    return json.dumps(chosen, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def filters_of(text: str) -> Filters:
    """The filters that such a text describes, at any time."""
    return Filters.of(where=json.loads(text))


def kept_of(record: KeptForecast) -> Kept:
    """The forecast that was put away."""
    read = json.loads(record.forecast.numbers)
    fans = {
        series: Fan(np.array(fan["mean"]), np.array([_known(fan[name]) for name in BANDS]))
        for series, fan in read["fans"].items()
    }
    means, past = ({name: np.array(values) for name, values in read[part].items()} for part in ("means", "past"))
    return Kept(Grain(record.forecast.grain), record.forecast.origin, fans, means, past)


def title_of(record: KeptForecast) -> str:
    """Its name with the day it begins; a person's text, unless it was kept by itself."""
    return f"{record.name}, from {day_text(record.forecast.origin)}"


def _numbers_text(found: Forecast, past: History) -> str:
    last = slice(-_REMEMBERED[past.grain], None)
    expected = found.paths.expectation.means if found.paths else {name: fan.mean for name, fan in found.fans.items()}
    fans = {
        series: {"mean": _rounded(fan.mean)} | {name: _rounded(fan.bound(name)) for name in BANDS}
        for series, fan in found.fans.items()
    }
    numbers = {
        "fans": fans,
        "means": {series: _rounded(mean) for series, mean in expected.items()},
        "past": {series: _rounded(getattr(past, series)[last]) for series in SERIES},
    }
    return json.dumps(numbers, allow_nan=False, separators=(",", ":"))


def _rounded(values: Array) -> list[float | None]:
    return [round(float(value), _DECIMALS) if np.isfinite(value) else None for value in values]


def _known(values: list[float | None]) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)
