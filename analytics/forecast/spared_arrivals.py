"""Spared arrivals: which kinds would have to stay away altogether, with how fast each kind leaves reckoned in.

A tenth fewer arrivals of all kinds spares more than a tenth that is closed at once, and less than one that lies long:
so the kinds that make up as much are tried on the simulated courses, and more are added where that does not do, or
taken out where fewer do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.filters import Filters
from analytics.forecast.effects import end_shares, narrowed
from analytics.forecast.history import History
from analytics.forecast.inflow_mix import Part, adding_up_to
from analytics.forecast.levers import Levers
from analytics.forecast.levers import Part as Kind
from analytics.warehouse.engine import Engine

# Each try reads the history of the kinds anew.
_MOST_TRIES = 3


@dataclass(frozen=True)
class Spared:
    """The most frequent `parts` of the arrivals, and the `chance` (0 to 1) were none of them to come any more."""

    parts: tuple[Part, ...]
    chance: float


def spared_arrivals(
    engine: Engine, filters: Filters, past: History, dimension: str, mix: Sequence[Part], share: float, steps: int,
    elasticity: float, chance: Callable[[Levers], float], wanted: float,
) -> Spared | None:  # fmt: skip
    """The kinds that make up `share` of `mix`, and up to two more, or fewer, as the `wanted` chance calls for.

    `chance(levers)` is the chance with those levers, over `steps`. None where all kinds together are not as much.
    """
    recorded = tuple(part for part in mix if part.value is not None)

    def without(number: int) -> Spared:
        parts = recorded[:number]
        return Spared(parts, chance(_without(engine, filters, past, dimension, parts, steps, elasticity)))

    number = len(adding_up_to(mix, share))
    if not number:
        return None
    found = without(number)
    step = -1 if found.chance >= wanted else 1
    for other in range(number + step, number + step * _MOST_TRIES, step):
        if not 1 <= other <= len(recorded):
            break
        tried = without(other)
        if step < 0 and tried.chance < wanted:
            break
        found = tried
        if step > 0 and tried.chance >= wanted:
            break
    return found


def _without(
    engine: Engine, filters: Filters, past: History, dimension: str, parts: Sequence[Part], steps: int,
    elasticity: float,
) -> Levers:  # fmt: skip
    """The levers that take away all arrivals of some kinds, which leave at their own ages."""
    less = np.full(steps, min(sum(part.share for part in parts), 1.0))
    own = narrowed(filters, dimension, tuple(part.value for part in parts))
    shares = end_shares(engine, own, past.grain, past.ends)
    kinds = (Kind(-less, shares),) if len(shares) else ()
    return Levers(1 - less, less * 0, less * 0 + 1, elasticity, kinds)
