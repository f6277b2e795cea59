"""PersonHours: how many tickets a person of the desk ends in an hour of work, of all together and never of one."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from analytics.filters import Filters
from analytics.warehouse.engine import Engine

FEWEST_PEOPLE = 5
_FEWEST_HOURS = 40
TOO_FEW_PEOPLE = f"fewer than {FEWEST_PEOPLE} assignees end tickets, so no rate a person is told"
NOBODY_RECORDED = "assignees are not recorded, so no rate a person can be told"


@dataclass(frozen=True)
class PersonHours:
    """`rate` is tickets ended in an active person-hour, None where `reason` says why; `hours` is what it rests on."""

    rate: float | None
    hours: float
    reason: str = ""


def person_hours(engine: Engine, filters: Filters, start: date, until: date) -> PersonHours:
    """The rate from `start` to before `until`.

    A person's time is seen from the first to the last ticket ended in a day. Of n tickets n - 1 follow the first, so
    the rate is the sum of n - 1 over the sum of these spans: what lies before the first ticket and after the last one
    is not seen and biases neither.
    """
    sql, bound = _sql(filters), filters.between(None, None).parameters() | {"first_day": start, "until_day": until}
    spans = engine.query(sql, bound)
    people = int(spans["people"].max()) if len(spans) else 0
    if people < FEWEST_PEOPLE:
        return PersonHours(None, 0.0, TOO_FEW_PEOPLE if people else NOBODY_RECORDED)
    worked = (spans["last_end"] - spans["first_end"]) / pd.Timedelta(hours=1)
    hours = float(worked.sum())
    if hours < _FEWEST_HOURS:
        return PersonHours(None, hours, "too few tickets end one after another on a day to tell a rate a person")
    return PersonHours(float((spans["tickets"] - 1).sum()) / hours, hours)


def _sql(filters: Filters) -> str:
    """A row a person and day, without the person."""
    conditions = [
        "opened_on IS NOT NULL",
        "assignee IS NOT NULL",
        "ended_on >= :first_day",
        "ended_on < :until_day",
        *filters.value_conditions(),
    ]
    return (
        "SELECT people, tickets, first_end, last_end\nFROM (\n"
        "  SELECT assignee, ended_on, count(*) AS tickets, min(ended_at) AS first_end, max(ended_at) AS last_end\n"
        f"  FROM tickets\n  WHERE {' AND '.join(conditions)}\n  GROUP BY 1, 2\n) AS worked_days\n"
        f"CROSS JOIN (SELECT count(DISTINCT assignee) AS people FROM tickets WHERE {' AND '.join(conditions)}) AS desk"
    )
