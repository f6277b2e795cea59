"""Sides: the counts that two groups of tickets are compared by, for every value of a dimension."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.explore.leaderboard import value_labels
from analytics.filters import Filters
from analytics.kpi import Kpi, Ratio, Unit
from analytics.query import compose
from analytics.warehouse.engine import Engine

# Durations are compared by their logarithms: a few tickets of months must not decide. A minute is the least told.
HOURS_OF = {
    "mttr": "resolution_hours",
    "median_time_to_resolve": "resolution_hours",
    "p90_time_to_resolve": "resolution_hours",
    "mttr_business": "business_resolution_hours",
    "first_response_time": "response_hours",
}
_LEAST_HOURS = 1 / 60
_SUMS = ("n", "part", "squares")


@dataclass(frozen=True)
class Sides:
    """Two groups of tickets: those of `here`, and those of `there`, of which `here` is a part if `nested`.

    If nested, it is compared with what else is there. `told` are dimensions that make the difference by definition.
    """

    here: Filters
    there: Filters
    nested: bool
    told: tuple[str, ...] = ()


def value_sums(engine: Engine, kpi: Kpi, sides: Sides, dimension: str) -> pd.DataFrame:
    """All values of the dimension: `label`, and ending in `_here` and `_there` `n` (tickets), `part` and `squares`.

    Of a ratio of tickets `part` is the numerator; of hours the sum of their logarithms, and `squares` that of the
    logarithms' squares; else 0. An empty `dimension` is one row of all tickets.
    """
    here = _sums(engine, kpi, sides.here, dimension)
    there = _sums(engine, kpi, sides.there, dimension)
    frame = here.merge(there, on="label", how="outer", suffixes=("_here", "_there"))
    numbers = [f"{name}{side}" for name in _SUMS for side in ("_here", "_there")]
    frame[numbers] = frame[numbers].fillna(0.0)
    if sides.nested:
        for name in _SUMS:
            frame[f"{name}_there"] = np.maximum(frame[f"{name}_there"] - frame[f"{name}_here"], _least(kpi, name))
    return frame


def side_sql(kpi: Kpi, filters: Filters, dimension: str) -> str:
    """The statement for one side; with `Filters.parameters` as its values."""
    if kpi.unit is not Unit.HOURS:
        return compose(kpi, filters, [dimension] if dimension else []).sql
    logs = (
        f"ln(CASE WHEN {HOURS_OF[kpi.name]} < {_LEAST_HOURS:.6f} THEN {_LEAST_HOURS:.6f} ELSE {HOURS_OF[kpi.name]} END)"
    )
    conditions = [kpi.population, *filters.period_conditions(kpi.anchor), *filters.value_conditions()]
    where = "\n  AND ".join(conditions)
    key, grouped = (f"{dimension},\n  ", "\nGROUP BY 1\nORDER BY 1") if dimension else ("", "")
    return (
        f"SELECT\n  {key}count(*) AS tickets,\n  sum({logs}) AS logs,\n  sum({logs} * {logs}) AS squares\n"
        f"FROM tickets\nWHERE {where}{grouped}"
    )


def _sums(engine: Engine, kpi: Kpi, filters: Filters, dimension: str) -> pd.DataFrame:
    raw = engine.query(side_sql(kpi, filters, dimension), filters.parameters())
    empty = pd.Series(np.zeros(len(raw)))
    if kpi.unit is Unit.HOURS:
        n, part, squares = raw["tickets"], raw["logs"], raw["squares"]
    elif isinstance(kpi.value, Ratio):
        n, part, squares = raw[f"{kpi.name}_denominator"], raw[f"{kpi.name}_numerator"], empty
    else:
        n, part, squares = raw[f"{kpi.name}_numerator"], empty, empty
    labels = value_labels(raw[dimension]) if dimension else pd.Series([""] * len(raw), dtype="str")
    columns = {
        name: sums.to_numpy(dtype=float, na_value=0.0) for name, sums in zip(_SUMS, (n, part, squares), strict=True)
    }
    return pd.DataFrame({"label": labels, **columns})


def _least(kpi: Kpi, name: str) -> float:
    """A sum of logarithms may be negative; counts are not."""
    return -np.inf if kpi.unit is Unit.HOURS and name == "part" else 0.0
