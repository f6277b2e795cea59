"""Season: what the calendar does to weeks, as columns beside a trend; nothing where too little is known of it."""

from datetime import date, timedelta

import numpy as np

from analytics.limits import Array

_DAYS_A_YEAR = 365.25


def season_columns(begins: Array, start: int, length_weeks: int, fewest_weeks: int) -> tuple[Array | None, Array]:
    """Columns to fit beside the trend, or None; and which periods to leave out.

    A yearly wave from `fewest_weeks` weeks before the place `start` on. Christmas periods get a level of their own
    where there was one before the start and one after; otherwise they are left out, unless that is all of one side.
    """
    columns = []
    days = begins.astype("datetime64[D]").astype(int)
    if start * length_weeks >= fewest_weeks:
        angle = 2 * np.pi * days / _DAYS_A_YEAR
        columns += [np.sin(angle), np.cos(angle)]
    christmas = np.array([_is_christmas(day.item(), length_weeks) for day in begins], dtype=bool)
    none = np.zeros(len(begins), dtype=bool)
    if length_weeks > 1 or not christmas.any():
        return (np.column_stack(columns) if columns else None), none
    if christmas[:start].any() and christmas[start:].any():
        return np.column_stack([*columns, christmas.astype(float)]), none
    return (np.column_stack(columns) if columns else None), christmas


def _is_christmas(begin: date, length_weeks: int) -> bool:
    """Whether most of a working week from 24 December to 1 January lies in the period."""
    days = [begin + timedelta(days=number) for number in range(7 * length_weeks)]
    quiet = [
        day
        for day in days
        if day.weekday() < 5 and ((day.month, day.day) >= (12, 24) or (day.month, day.day) == (1, 1))
    ]
    return len(quiet) >= 2
