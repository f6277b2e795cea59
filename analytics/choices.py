"""Choices: the values that a filter on a dimension can take."""

import pandas as pd

from analytics.filters import Value, check_dimension
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK

MOST_CHOICES = 1_000


def choices(engine: Engine, dimension: str) -> tuple[Value, ...]:
    """The values found, most frequent first (priorities and the clock's in order), None last if any ticket has none."""
    name = check_dimension(dimension)
    order = name if name == "priority" or name in CLOCK else f"2 DESC, {name}"
    found = engine.query(
        f"SELECT {name}, count(*) AS tickets FROM tickets GROUP BY 1 "
        f"ORDER BY {name} IS NULL, {order} LIMIT {MOST_CHOICES}"
    )[name]
    return tuple(_choice(name, value) for value in found.astype(object))


def _choice(name: str, value: object) -> Value:
    if pd.isna(value):
        return None
    return int(float(str(value))) if name == "priority" else str(value)
