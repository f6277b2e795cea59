"""Grains of time: day, week (from Monday), month, quarter, year."""

from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from analytics.errors import UnknownName


class Grain(StrEnum):
    """The length of a period."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    def sql(self, day: str) -> str:
        """SQL for the first day of the period that holds the date expression `day`."""
        return day if self is Grain.DAY else f"CAST(date_trunc('{self.value}', {day}) AS DATE)"

    def start(self, day: date) -> date:
        """The first day of the period that holds `day`."""
        match self:
            case Grain.DAY:
                return day
            case Grain.WEEK:
                return day - timedelta(days=day.weekday())
            case Grain.MONTH:
                return day.replace(day=1)
            case Grain.QUARTER:
                return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
            case Grain.YEAR:
                return day.replace(month=1, day=1)

    def next(self, start: date) -> date:
        """The first day of the period after the one that starts on `start`."""
        longest = {Grain.DAY: 1, Grain.WEEK: 7, Grain.MONTH: 31, Grain.QUARTER: 92, Grain.YEAR: 366}
        return self.start(start + timedelta(days=longest[self]))

    def starts(self, first: np.datetime64, last: np.datetime64) -> np.ndarray:
        """The first days of all periods from the one that starts on `first` to the one that starts on `last`."""
        unit, length = _LENGTHS[self]
        periods = np.arange(first.astype(f"datetime64[{unit}]"), last.astype(f"datetime64[{unit}]") + 1, length)
        return periods.astype("datetime64[us]")


_LENGTHS = {
    Grain.DAY: ("D", 1),
    Grain.WEEK: ("D", 7),
    Grain.MONTH: ("M", 1),
    Grain.QUARTER: ("M", 3),
    Grain.YEAR: ("M", 12),
}


def find_grain(name: str) -> Grain:
    """The grain of that name; raises `UnknownName`."""
    if name not in tuple(Grain):
        raise UnknownName("grain", name, [grain.value for grain in Grain])
    return Grain(name)
