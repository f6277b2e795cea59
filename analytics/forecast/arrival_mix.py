"""Arrival mix: how what came in lately divides among values, some of which overlap, and over the days of the week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from analytics.filters import Filters, Value, check_dimension
from analytics.forecast.history import LENGTH
from analytics.period import Grain
from analytics.warehouse.engine import Engine

Array = np.ndarray[Any, np.dtype[Any]]
_ANCHORS = ("opened_on", "ended_on")


@dataclass(frozen=True)
class Target:
    """The tickets with one of `values` of a dimension; `words` say what is to become of them and quote the export."""

    dimension: str
    values: tuple[Value, ...]
    words: str = ""


@dataclass(frozen=True)
class Mixed:
    """`counts[i]` tickets belong to the targets where `belongs[i]` is true, and to no other."""

    belongs: Array
    counts: Array

    def tickets(self, place: int) -> int:
        """Tickets of one target."""
        return int(self.counts[self.belongs[:, place]].sum())

    def share(self, place: int) -> float:
        """The part of all arrivals that one target makes."""
        return self.tickets(place) / max(float(self.counts.sum()), 1.0)

    def factor(self, factors: Sequence[Array]) -> Array:
        """The factor on all arrivals by step, where `factors` hold for the first targets, one after the other.

        sum over combinations of (share x product of the factors of the targets it belongs to).
        """
        shares = self.counts / max(self.counts.sum(), 1)
        whole = np.zeros_like(factors[0])
        for share, belongs in zip(shares, self.belongs, strict=True):
            own = [factor for place, factor in enumerate(factors) if belongs[place]]
            whole += share * np.prod(own, axis=0) if own else share
        return whole if len(shares) else np.ones_like(factors[0])


def arrival_mix(engine: Engine, filters: Filters, targets: tuple[Target, ...]) -> Mixed:
    """How the tickets opened in the filters' period divide among the targets."""
    flags, bound = [], filters.parameters()
    for place, target in enumerate(targets):
        names = {f"target_{place}_{number}": value for number, value in enumerate(target.values) if value is not None}
        bound |= names
        flags.append(f"CASE WHEN {_is_one_of(target, list(names))} THEN 1 ELSE 0 END AS target_{place}")
    conditions = [*filters.period_conditions("opened_on"), *filters.value_conditions()]
    sql = (
        f"SELECT {', '.join(flags)}, count(*) AS tickets\nFROM tickets\nWHERE {' AND '.join(conditions)}\n"
        f"GROUP BY {', '.join(str(place + 1) for place in range(len(targets)))}"
    )
    frame = engine.query(sql, bound)
    return Mixed(frame.drop(columns="tickets").to_numpy() == 1, frame["tickets"].to_numpy().astype(float))


def weekday_shares(engine: Engine, filters: Filters, anchor: str) -> Array:
    """The part of a week's tickets that falls on each weekday from Monday, by `opened_on` or `ended_on`."""
    if anchor not in _ANCHORS:
        raise ValueError(anchor)
    conditions = [*filters.period_conditions(anchor), *filters.value_conditions()]
    frame = engine.query(
        f"SELECT {anchor} AS on_day, count(*) AS tickets\nFROM tickets\nWHERE {' AND '.join(conditions)}\nGROUP BY 1",
        filters.parameters(),
    )
    weekdays = frame["on_day"].to_numpy().astype("datetime64[D]").astype(int) + 3
    counts = np.bincount(weekdays % 7, weights=frame["tickets"].to_numpy().astype(float), minlength=7)
    return np.asarray(counts / counts.sum()) if counts.sum() else np.full(7, 1 / 7)


def in_force(periods: Array, grain: Grain, weekdays: Array, start: date | None, last: date | None = None) -> Array:
    """The part of each period in which something holds from `start` to `last`, both inclusive, by its weekdays' work.

    None: since ever, and for ever.
    """
    days = periods.astype("datetime64[D]")[:, None] + np.arange(int(LENGTH[grain].astype(int)))
    holds = np.ones(days.shape, dtype=bool)
    if start is not None:
        holds &= days >= np.datetime64(start)
    if last is not None:
        holds &= days <= np.datetime64(last)
    work = weekdays[(days.astype(int) + 3) % 7]
    # A day on which nothing is done is in force or not by itself.
    return np.asarray(
        (holds * work).sum(axis=1) / work.sum(axis=1) if (work.sum(axis=1) > 0).all() else holds.mean(axis=1)
    )


def _is_one_of(target: Target, names: list[str]) -> str:
    dimension = check_dimension(target.dimension)
    parts = [f"{dimension} IN ({', '.join(f':{name}' for name in names)})"] if names else []
    if None in target.values:
        parts.append(f"{dimension} IS NULL")
    return " OR ".join(parts)
