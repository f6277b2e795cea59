"""Business hours: the calendar that a snapshot's numbers were computed with, and what is changed in it."""

from collections.abc import Iterable
from datetime import date

import pandas as pd

from analytics.warehouse.business_calendar import FACT, BusinessCalendar
from analytics.warehouse.engine import Engine

NONE = "none"


def calendar_in_force(engine: Engine) -> BusinessCalendar:
    """The business calendar of the snapshot."""
    found = engine.query("SELECT value FROM facts WHERE name = :name", {"name": FACT})["value"]
    return BusinessCalendar.kept(str(found.iloc[0]) if len(found) else None)


def changed_calendar(
    before: BusinessCalendar,
    days: str | None = None,
    hours: str | None = None,
    country: str | None = None,
    subdivision: str | None = None,
    closed: Iterable[date] | None = None,
) -> BusinessCalendar:
    """The calendar with what is given in place of what was there; `none` takes a country or subdivision away.

    Another country drops the subdivision of the one before. Raises `BacklightError` for what cannot be meant.
    """
    land = before.country if country is None else country
    part = (before.subdivision if country is None else None) if subdivision is None else subdivision
    return BusinessCalendar.of(
        before.days_text if days is None else days,
        before.hours_text if hours is None else hours,
        None if land == NONE else land,
        None if part == NONE else part,
        before.closed if closed is None else closed,
    )


def closed_days(calendar: BusinessCalendar, year: int) -> pd.DataFrame:
    """The closed days of a year besides the weekly ones: `closed_on`, `weekday`, `name`, in order."""
    found = sorted(calendar.closed_days(range(year, year + 1)).items())
    rows = [(day, f"{day:%A}", name) for day, name in found]
    return pd.DataFrame(rows, columns=["closed_on", "weekday", "name"])
