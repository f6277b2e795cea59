"""Age points: open tickets one by one, few enough to draw; the oldest always, of the others every so-manieth."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.filters import NOT_RECORDED, Filters, check_dimension
from analytics.flow.open_tickets import OpenTickets, open_tickets
from analytics.selection import Selection
from analytics.warehouse.engine import Engine

MOST_POINTS = 2_000
_OLDEST = 200
_MOST_VALUES = 8
_OTHERS = "all others"
_YOUNGEST_DAYS = 1 / 24  # on a logarithmic axis nothing is younger than an hour
_GOLDEN = 0.618  # multiples of it spread evenly, so neighbours in time do not cover each other


@dataclass(frozen=True)
class AgePoints:
    """Up to `MOST_POINTS` of `tickets` open.

    `frame`, oldest first: `ticket_key`, `ticket_id`, `value` of the dimension (an export's text), `age_days`,
    `shown_days` (at least an hour), `place` (of the value among `values`, spread by up to 0.35).
    """

    open: OpenTickets
    by: str
    values: tuple[str, ...]
    tickets: int
    frame: pd.DataFrame

    @property
    def reading(self) -> str:
        """How many are drawn, where that is not all of them; empty otherwise."""
        if len(self.frame) == self.tickets:
            return ""
        rest = len(self.frame) - _OLDEST
        return f"Drawn are the {_OLDEST} oldest and {rest:,} of the other {self.tickets - _OLDEST:,}, evenly chosen."

    def selection(self, ticket_key: int) -> Selection:
        """One of the tickets."""
        return Selection("ticket", "ticket_key = :ticket_key", {"ticket_key": ticket_key})


def age_points(engine: Engine, filters: Filters, by: str) -> AgePoints:
    """The tickets open at the end of the window as points over a dimension, its most frequent values apart."""
    dimension, shown = check_dimension(by), open_tickets(engine, filters)
    counted = engine.query(
        f"SELECT {dimension} AS value, count(*) AS tickets FROM tickets WHERE {shown.condition} "
        f"GROUP BY 1 ORDER BY {'1' if dimension == 'priority' else '2 DESC, 1'}",
        shown.parameters,
    )
    total = int(counted["tickets"].sum())
    found = engine.query(_sql(shown, dimension), {**shown.parameters, "step": _step(total), "oldest": _OLDEST})
    values = _labels(dimension, counted["value"])[:_MOST_VALUES]
    labels = [label if label in values else _OTHERS for label in _labels(dimension, found["value"])]
    known = (*values, _OTHERS) if _OTHERS in labels else tuple(values)
    ages = shown.age_days(found["opened_at"])
    spread = (found["ticket_key"].to_numpy() * _GOLDEN % 1 - 0.5) * 0.7
    places = np.array([known.index(label) for label in labels], dtype=float)
    frame = found[["ticket_key", "ticket_id"]].assign(
        value=labels, age_days=ages, shown_days=ages.clip(lower=_YOUNGEST_DAYS), place=places + spread
    )
    return AgePoints(shown, dimension, known, total, frame)


def _sql(shown: OpenTickets, dimension: str) -> str:
    return (
        f"WITH ranked AS (\n  SELECT ticket_key, ticket_id, opened_at, {dimension} AS value,\n"
        f"    row_number() OVER (ORDER BY ticket_key) AS place\n  FROM tickets\n  WHERE {shown.condition}\n)\n"
        "SELECT ticket_key, ticket_id, opened_at, value\nFROM ranked\n"
        "WHERE place <= :oldest OR place % :step = 0\nORDER BY ticket_key"
    )


def _step(total: int) -> int:
    """Every so-manieth of those that are not the oldest, so that all fit."""
    return max(1, -(-(total - _OLDEST) // (MOST_POINTS - _OLDEST)))


def _labels(dimension: str, values: pd.Series) -> list[str]:
    return [value_label(dimension, None if pd.isna(value) else value) for value in values.astype(object)]


def value_label(dimension: str | None, value: object) -> str:
    """A value beside an axis: as it stands, `Priority 2`, or `not recorded`."""
    if value is None:
        return NOT_RECORDED
    return f"Priority {value}" if dimension == "priority" else str(value)
