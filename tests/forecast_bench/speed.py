"""Speed: how long the forecasts of a large desk take, as the page and the command line ask for them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from analytics.filters import Filters
from analytics.forecast.forecast import forecast, forecasts
from analytics.forecast.history import histories
from analytics.warehouse.engine import Engine
from analytics.warehouse.snapshots import current_snapshot
from tests.bench.desk import desk

TICKETS, VALUES = 1_000_000, 50


@dataclass(frozen=True)
class Speed:
    """Something timed, in seconds passed and in seconds of the processor, and the target for the first."""

    what: str
    seconds: float
    processor_seconds: float
    target: float | None


def speeds(rounds: int) -> list[Speed]:
    """The median of some rounds each; the desk is the one of `make bench`, 60 categories over five years."""
    path = current_snapshot(desk(TICKETS))
    if path is None:
        return []
    engine = Engine(path)
    first = _timed(lambda: forecast(engine, Filters()), rounds)
    fifty = _timed(lambda: forecasts(engine, Filters(), "category", VALUES), rounds)
    reading = _timed(lambda: histories(engine, Filters(), "category", VALUES), rounds)
    engine.close()
    return [
        Speed(f"a forecast of all {TICKETS:,} tickets, with its back-test", *first, 1.0),
        Speed(f"forecasts of {VALUES} categories of them, three series each", *fifty, 5.0),
        Speed("of which reading their histories", *reading, None),
    ]


def _timed(asked: Callable[[], object], rounds: int) -> tuple[float, float]:
    taken = []
    for _ in range(rounds):
        began, worked = time.perf_counter(), time.process_time()
        asked()
        taken.append((time.perf_counter() - began, time.process_time() - worked))
    return median(passed for passed, _ in taken), median(work for _, work in taken)
