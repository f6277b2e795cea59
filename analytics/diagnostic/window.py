"""The days that a rule looks at: so many up to the end of the filters' period, and whether they can be judged."""

from datetime import date, timedelta

from analytics.filters import Filters
from analytics.flow.edges import COLLAPSE, edges
from analytics.formatting import day_text
from analytics.warehouse.engine import Engine

_PAST = "The days end before the data does. What a ticket holds, such as its group or type, is what it holds now."


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


def past_caveats(engine: Engine, window: Filters) -> tuple[str, ...]:
    """What to say where the days end before the data does: tickets stand there as they are now; else nothing."""
    end = end_of(engine, Filters())
    return (_PAST,) if end and window.end and window.end < end else ()


def dried_up(engine: Engine, window: Filters) -> str:
    """Why the days cannot speak for an ordinary time: new tickets all but stopped before them. Else empty."""
    if window.start is None:
        return ""
    stops = [mark.start for mark in edges(engine, window.between(None, None)).marks if mark.kind == COLLAPSE]
    if not stops or stops[0] > window.start:
        return ""
    return (
        f"New tickets all but stop in the week of {day_text(stops[0])}: what the days from {day_text(window.start)} on "
        "hold is left over, and no ordinary time. Choose an earlier end."
    )
