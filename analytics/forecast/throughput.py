"""Throughput: what a person who is active on this desk ends in a week. People are counted, never named or compared."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

import pandas as pd

from analytics.filters import Filters
from analytics.forecast.history import History
from analytics.warehouse.engine import Engine

WEEKS = 13
# Of fewer people the average would be told of each.
FEWEST_PEOPLE = 5
# Where fewer of the ended tickets name who ended them, the rest may well be done by others.
_FEWEST_RECORDED = 0.5


@dataclass(frozen=True)
class Throughput:
    """`per_person` tickets a week, None where it `is` not told, for the `reason`; `people` active in a usual week."""

    per_person: float | None
    people: int | None
    reason: str = ""


def throughput(engine: Engine, filters: Filters, past: History) -> Throughput:
    """The median over the last 13 whole weeks of tickets ended per assignee who ended at least one in the week.

    A ticket counts for its last assignee. None under five people, or where assignees are not recorded.
    """
    until = past.ends
    parameters = filters.between(None, None).parameters() | {
        "ended_from": until - timedelta(weeks=WEEKS), "ended_until": until,
    }  # fmt: skip
    weeks = engine.query(_sql(filters), parameters)
    return judged(weeks)


def judged(weeks: pd.DataFrame) -> Throughput:
    """The throughput of weeks with columns `ended`, `recorded` (with an assignee) and `people` (who ended any)."""
    active = weeks[weeks["people"] > 0]
    if active.empty:
        return Throughput(None, None, "who ended the tickets is not recorded")
    if weeks["recorded"].sum() < _FEWEST_RECORDED * weeks["ended"].sum():
        return Throughput(None, None, "who ended the tickets is recorded of too few")
    people = int(median(active["people"]))
    if people < FEWEST_PEOPLE:
        return Throughput(None, None, f"fewer than {FEWEST_PEOPLE} people are active here in a usual week")
    return Throughput(float((active["recorded"] / active["people"]).median()), people)


def _sql(filters: Filters) -> str:
    conditions = ["ended_on >= :ended_from", "ended_on < :ended_until", *filters.value_conditions()]
    return (
        "SELECT CAST(date_trunc('week', ended_on) AS DATE) AS week, count(*) AS ended, count(assignee) AS recorded, "
        "count(DISTINCT assignee) AS people\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1\nORDER BY 1"
    )
