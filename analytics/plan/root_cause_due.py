"""When the root cause of a problem should be known: five business days on, by the calendar in force."""

from datetime import date, timedelta

from analytics.business_hours import calendar_in_force
from analytics.warehouse.business_calendar import BusinessCalendar
from analytics.warehouse.engine import Engine

BUSINESS_DAYS = 5


def root_cause_due(engine: Engine, opened_on: date, days: int = BUSINESS_DAYS) -> date:
    """The last of so many business days after the day on which the record was opened."""
    return business_days_after(calendar_in_force(engine), opened_on, days)


def business_days_after(calendar: BusinessCalendar, start: date, days: int) -> date:
    """The day that is so many business days after `start`; `start` itself does not count."""
    closed = calendar.closed_days(range(start.year, start.year + 2))
    reached = start
    while days:
        reached += timedelta(days=1)
        days -= reached.weekday() in calendar.days and reached not in closed
    return reached
