"""The window of time that a screen shows: presets counted back from the as-of time, and the grain that fits."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from analytics.filters import Filters
from analytics.period import Grain


class Preset(StrEnum):
    """Periods that a person picks with one click; each ends with the day of the newest event in the data."""

    DAYS_30 = "30 days"
    DAYS_90 = "90 days"
    MONTHS_12 = "12 months"
    QUARTER = "This quarter"
    ALL = "All"
    DATES = "Dates"


def preset_days(preset: Preset, as_of: datetime | None) -> tuple[date | None, date | None]:
    """First day and the day after the last; both None for all time."""
    if as_of is None:
        return None, None
    end = as_of.date() + timedelta(days=1)
    match preset:
        case Preset.DAYS_30 | Preset.DAYS_90:
            return end - timedelta(days=int(preset.split()[0])), end
        case Preset.MONTHS_12:
            return end - timedelta(days=364), end
        case Preset.QUARTER:
            return Grain.QUARTER.start(as_of.date()), end
        case _:
            return None, None


def fitting_grain(start: date, end: date) -> Grain:
    """The grain that gives a line enough points to be read, and not more."""
    days = (end - start).days
    limits = ((45, Grain.DAY), (400, Grain.WEEK), (5 * 366, Grain.MONTH))
    return next((grain for most, grain in limits if days <= most), Grain.QUARTER)


def whole_periods(filters: Filters, grain: Grain) -> Filters:
    """The filters over whole periods, so that the first and last points of a line are not cut off by the window."""
    start = grain.start(filters.start) if filters.start else None
    end = grain.next(grain.start(filters.end - timedelta(days=1))) if filters.end else None
    return replace(filters, start=start, end=end)


def length_words(filters: Filters) -> str:
    """`90 days` or `52 weeks`, for `the 90 days before`; only of a bounded period."""
    if filters.start is None or filters.end is None:
        raise ValueError("a length needs a bounded period")
    days = (filters.end - filters.start).days
    if days == 1:
        return "day"
    return f"{days // 7} weeks" if days >= 364 and days % 7 == 0 else f"{days} days"
