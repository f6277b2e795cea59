"""Inflow mix: which values of a dimension make up how much of what came in lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from analytics.filters import Filters, Value, check_dimension, plain_value
from analytics.forecast.history import History
from analytics.warehouse.engine import Engine

WEEKS = 13


@dataclass(frozen=True)
class Part:
    """One value of a dimension (text of an export; None is not recorded) and its share of the inflow, 0 to 1."""

    value: Value
    share: float


def inflow_mix(engine: Engine, filters: Filters, past: History, dimension: str) -> tuple[Part, ...]:
    """The values of `dimension` among the tickets opened in the last 13 whole weeks, the most frequent first."""
    check_dimension(dimension)
    parameters = filters.between(None, None).parameters() | {
        "opened_from": past.ends - timedelta(weeks=WEEKS), "opened_until": past.ends,
    }  # fmt: skip
    conditions = ["opened_on >= :opened_from", "opened_on < :opened_until", *filters.value_conditions()]
    frame = engine.query(
        f"SELECT {dimension} AS value, count(*) AS tickets\nFROM tickets\nWHERE {' AND '.join(conditions)}\n"
        "GROUP BY 1\nORDER BY 2 DESC, 1",
        parameters,
    )
    total = int(frame["tickets"].sum())
    return tuple(
        Part(plain_value(value), int(tickets) / total)
        for value, tickets in zip(frame["value"], frame["tickets"], strict=True)
    )


def adding_up_to(parts: Sequence[Part], share: float) -> tuple[Part, ...]:
    """The fewest of the most frequent recorded values that make up `share` together; none where all do not."""
    found: list[Part] = []
    for part in parts:
        if sum(one.share for one in found) >= share:
            break
        if part.value is not None:
            found.append(part)
    return tuple(found) if sum(one.share for one in found) >= share else ()
