"""Own series: a person's own numbers by day, week, month or quarter, read from a CSV with a period and a value."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from analytics.errors import BacklightError
from analytics.forecast.series_file import BadRow, SeriesFile, read_series_file
from analytics.forecast.series_numbers import read_numbers
from analytics.forecast.series_periods import read_periods
from analytics.period import Grain

Array = np.ndarray[Any, np.dtype[Any]]
# A mistyped year would make a series of nothing but gaps.
_LONGEST = 20_000
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3}
_DAYS = {Grain.DAY: 1, Grain.WEEK: 7}


@dataclass(frozen=True)
class OwnSeries:
    """The column `name` of `file`: `values` of consecutive `periods` (first days), NaN where one is not known."""

    file: str
    name: str
    grain: Grain
    periods: Array
    values: Array

    @property
    def missing(self) -> Array:
        """The periods without a value."""
        return np.asarray(self.periods[np.isnan(self.values)])

    @property
    def last_day(self) -> date:
        """The last day of the last period."""
        return _first_day(self.ahead(1)[0]) - timedelta(days=1)

    def ahead(self, horizon: int) -> Array:
        """The first days of the next `horizon` periods."""
        return following(self.grain, self.periods[-1], horizon + 1)[1:]


def following(grain: Grain, first: np.datetime64, periods: int) -> Array:
    """The first days of so many periods, the one that begins on `first` included."""
    if grain in _DAYS:
        return np.asarray(first + np.arange(periods) * _DAYS[grain])
    months = first.astype("datetime64[M]") + np.arange(periods) * _MONTHS[grain]
    return np.asarray(months.astype("datetime64[D]"))


def read_own_series(path: Path) -> OwnSeries:
    """The series of a CSV file; raises `BacklightError` that names the file, and the line where one is wrong."""
    found = read_series_file(path)
    grain, begins = read_periods(found)
    values = read_numbers(found)
    _check_single(found, begins)
    days = np.array(begins, dtype="datetime64[D]")
    places = _places(grain, days)
    if places.max() >= _LONGEST:
        raise BacklightError(f"{found.file} reaches from {days.min()} to {days.max()}: check the years of its dates.")
    filled = np.full(int(places.max()) + 1, np.nan)
    filled[places] = [np.nan if value is None else value for value in values]
    periods = following(grain, days.min(), len(filled))
    # What is not known yet is no gap.
    last = np.flatnonzero(np.isfinite(filled))
    if not len(last):
        raise BacklightError(
            f"{found.file} has no value in the column '{found.name}': give a number beside each period."
        )
    known = slice(int(last[0]), int(last[-1]) + 1)
    return OwnSeries(found.file, found.name, grain, periods[known], filled[known])


def _check_single(found: SeriesFile, begins: list[date]) -> None:
    first: dict[date, int] = {}
    for row, begin in zip(found.rows, begins, strict=True):
        if begin in first:
            why = f"is the same period as line {first[begin]}: give one value for each period."
            raise BadRow(found.file, row.line, row.period, why)
        first[begin] = row.line


def _places(grain: Grain, days: Array) -> Array:
    """How many periods after the first one each is."""
    if grain in _DAYS:
        return np.asarray((days - days.min()).astype(int) // _DAYS[grain])
    months = days.astype("datetime64[M]")
    return np.asarray((months - months.min()).astype(int) // _MONTHS[grain])


def _first_day(day: np.datetime64) -> date:
    found: date = day.astype("datetime64[D]").astype(date)
    return found
