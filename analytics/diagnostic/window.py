"""The days that a rule looks at: so many up to the end of the filters' period, else up to the as-of time."""

from datetime import date, timedelta

from analytics.filters import Filters
from analytics.warehouse.engine import Engine


def end_of(engine: Engine, filters: Filters) -> date | None:
    """The day after the last one looked at; None where nothing is dated."""
    after = engine.as_of.date() + timedelta(days=1) if engine.as_of else None
    if filters.end is None or after is None:
        return filters.end or after
    return min(filters.end, after)


def last_days(engine: Engine, filters: Filters, days: int) -> Filters:
    """The filters over so many days up to their end; without a period where nothing is dated."""
    end = end_of(engine, filters)
    return filters.between(end - timedelta(days=days) if end else None, end)
