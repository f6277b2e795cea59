"""Ages: how old tickets were when they ended, and how old those still open are; the survival curve follows."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.filters import Filters, Value, check_dimension, plain_value
from analytics.warehouse.engine import Engine

ENDED_AGE = "CAST(ended_on - opened_on AS INTEGER)"
_AGE = "CAST(COALESCE(ended_on, CAST(:as_of_day AS DATE)) - opened_on AS INTEGER)"


@dataclass(frozen=True)
class Ages:
    """Tickets by age in whole days, from 0: `ended` at that age, and `still_open` with that age at the as-of day."""

    ended: np.ndarray
    still_open: np.ndarray
    sql: str
    parameters: Mapping[str, object]

    def survival(self) -> np.ndarray:
        """The share of tickets still open after each age in days (Kaplan-Meier; the open ones are censored)."""
        left = self.ended + self.still_open
        at_risk = left[::-1].cumsum()[::-1]
        return np.asarray(np.cumprod(1 - self.ended / np.maximum(at_risk, 1)))

    def percentile(self, share: float) -> int | None:
        """The age in days that `share` of the ended tickets did not exceed, None without any."""
        total = self.ended.sum()
        return int(np.searchsorted(self.ended.cumsum(), share * total)) if total else None


def ages(engine: Engine, filters: Filters) -> Ages:
    """The ages of all tickets of the filters' values, whatever the period; an end before the opening is age 0."""
    sql, parameters = _sql(filters), _parameters(engine, filters)
    return _counted(engine.query(sql, parameters), sql, parameters)


def ages_by(engine: Engine, filters: Filters, dimension: str) -> Mapping[Value, Ages]:
    """The same for each value of a dimension, asked at once."""
    sql, parameters = _sql(filters, check_dimension(dimension)), _parameters(engine, filters)
    parts = engine.query(sql, parameters).groupby("value", dropna=False, observed=True)
    return {plain_value(value): _counted(found, sql, parameters) for value, found in parts}


def _sql(filters: Filters, dimension: str | None = None) -> str:
    conditions = ["opened_on IS NOT NULL", *filters.value_conditions()]
    given, places = (f"{dimension} AS value, ", "1, 2") if dimension else ("", "1")
    return (
        f"SELECT {given}{_AGE} AS age_days, count(ended_on) AS ended, count(*) - count(ended_on) AS still_open\n"
        f"FROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY {places}\nORDER BY {places}"
    )


def _parameters(engine: Engine, filters: Filters) -> dict[str, object]:
    return filters.between(None, None).parameters() | {"as_of_day": engine.as_of.date() if engine.as_of else None}


def _counted(found: pd.DataFrame, sql: str, parameters: Mapping[str, object]) -> Ages:
    found = found[found["age_days"].notna()]
    places = np.maximum(found["age_days"].to_numpy().astype(np.int64), 0)
    counts = [np.bincount(places, weights=found[name], minlength=1) for name in ("ended", "still_open")]
    return Ages(counts[0], counts[1], sql, parameters)
