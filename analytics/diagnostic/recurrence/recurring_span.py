"""The days within which repeats count together, the year they are set against, and which tickets are looked at."""

from dataclasses import dataclass
from datetime import date, timedelta

from analytics.diagnostic.recurrence.machine_alerts import is_alert
from analytics.diagnostic.window import end_of
from analytics.filters import Filters
from analytics.warehouse.engine import Engine

LOOK_BACK_DAYS = 365
# Days so near each other are one spell: an outage that brings many tickets is no thing that comes back.
SPELL_DAYS = 3
# Requests, changes and problem records are not what breaks; an export that has no types has them all.
FAULTS = "(ticket_type IS NULL OR ticket_type = 'incident') AND (status IS NULL OR status <> 'cancelled')"


@dataclass(frozen=True)
class RecurringSpan:
    """From `start` to before `end` repeats count together; from `year_start` on is what they are set against."""

    filters: Filters
    start: date
    end: date
    year_start: date

    @property
    def days(self) -> int:
        """How many days count together."""
        return (self.end - self.start).days

    @property
    def parameters(self) -> dict[str, object]:
        """The bound parameters of the conditions."""
        days = {"window_start": self.start, "window_end": self.end, "year_start": self.year_start}
        return days | self.filters.between(None, None).parameters()

    def conditions(self, since: str | None = "year_start", alerts: bool = False) -> list[str]:
        """SQL for what people reported as broken before `end`, or with `alerts` what machines did."""
        days = ["opened_on < :window_end", *([f"opened_on >= :{since}"] if since else [])]
        raised = is_alert() if alerts else f"NOT {is_alert()}"
        return [FAULTS, *days, raised, *self.filters.value_conditions()]


def recurring_span(engine: Engine, filters: Filters, days: int) -> RecurringSpan | None:
    """So many days up to the filters' end, else up to the as-of time; None where nothing is dated."""
    end = end_of(engine, filters)
    if end is None:
        return None
    return RecurringSpan(filters, end - timedelta(days=days), end, end - timedelta(days=max(LOOK_BACK_DAYS, days)))


SPELL = f"CAST(FLOOR((opened_on - CAST(:window_start AS DATE)) / {SPELL_DAYS}) AS INTEGER)"
IN_WINDOW = "opened_on >= :window_start"
