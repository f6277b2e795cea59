"""Telling: which dimension says most about why the backlog changed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.filters import Filters
from analytics.flow.bridge import ENDED, OPENED, window_of
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TRAITS

# Asked first, where two tell about as much: what a desk can act on. A status only repeats that tickets are open.
PREFERRED = ("category", "service", "assignment_group", "ticket_type", "priority")
CANDIDATES = (*PREFERRED, *(name for name in TRAITS if name not in (*PREFERRED, "status", "source")), "source")
MOST_VALUES = 1_000
NAMED = 3
NEAR = 0.1


@dataclass(frozen=True)
class Telling:
    """How much a `dimension` with so many `values` tells: 0 nothing, 1 that one small value made all of the change."""

    dimension: str
    score: float
    values: int


def tellings(engine: Engine, filters: Filters) -> tuple[Telling, ...]:
    """All dimensions of 2 to 1,000 values among the tickets that moved in the window, the most telling first.

    The score is the share in the change less the share in the movement, of the largest value, the two and the three
    largest together, averaged: so a value must have made more of the change than its size lets expect, and few values
    count for more than many. Scores within 0.1 of the best are as good as it; of those the order of `PREFERRED`
    decides.
    """
    window = window_of(engine, filters)
    found = [_telling(name, engine.query(_sql(window, name), window.parameters())) for name in CANDIDATES]
    known = [telling for telling in found if 2 <= telling.values <= MOST_VALUES]
    best = max((telling.score for telling in known), default=0.0)
    near = [telling for telling in known if telling.score >= best - NEAR]
    rest = sorted((telling for telling in known if telling not in near), key=lambda telling: -telling.score)
    return (*near, *rest)


def _sql(window: Filters, dimension: str) -> str:
    moved = [f"(({OPENED}) OR ({ENDED}))", "opened_on IS NOT NULL", *window.value_conditions()]
    where = "\n  AND ".join(moved)
    return (
        f"SELECT\n  {dimension} AS value,\n  count(*) FILTER (WHERE {OPENED}) AS opened,\n"
        f"  count(*) FILTER (WHERE {ENDED}) AS ended\nFROM tickets\nWHERE {where}\n"
        f"GROUP BY 1\nLIMIT {MOST_VALUES + 1}"
    )


def _telling(dimension: str, moved: pd.DataFrame) -> Telling:
    change = (moved["opened"] - moved["ended"]).to_numpy(dtype=float)
    movement = (moved["opened"] + moved["ended"]).to_numpy(dtype=float)
    if not len(moved) or not np.abs(change).sum():
        return Telling(dimension, 0.0, len(moved))
    named = moved["value"].notna().to_numpy() & (movement >= FEWEST_TICKETS)
    direction = np.sign(change.sum())
    excess = np.abs(change) / np.abs(change).sum() - movement / movement.sum()
    with_the_whole = named & ((change * direction > 0) if direction else True)
    largest = np.sort(np.clip(excess[with_the_whole], 0, None))[::-1][:NAMED]
    steps = np.zeros(NAMED)
    steps[: len(largest)] = largest
    return Telling(dimension, float(np.cumsum(steps).mean()), len(moved))
