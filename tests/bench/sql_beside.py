"""The page's own queries beside statements that never end: `make bench ARGS="--only sql"`.

Its own queries are the KPIs that a page asks for most: volume by group over 90 days, and by month over all time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep

from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import Query, compose
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.sandbox.limits import AT_ONCE, MOST_SECONDS, Limits
from analytics.warehouse.sandbox.run import SqlRun, run_sql
from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS, desk
from tests.bench.rounds import alternate

BAR = 0.05
QUERIES = 60
ENDLESS = "SELECT count(*) FROM range(1000000000000)"
_BETWEEN = 0.02
_UNDER_WAY = 0.5


def compare_beside(tickets: int, rounds: int = 3, folder: Path = RESULTS / "desks") -> list[Comparison]:
    """The 95th percentile of each query beside, against the bar and against the same alone."""
    place = desk(tickets, folder)
    engine = open_engine(place)
    run_sql(place, "SELECT 1", MOST_SECONDS)
    queries = _own_queries(engine)
    found = alternate(
        {"alone": lambda: _percentiles(engine, queries), "beside": lambda: _beside(place, engine, queries)}, rounds
    )
    engine.close()
    alone, beside = found["alone"], found["beside"]
    return [
        comparison
        for words in queries
        for comparison in (
            Comparison(f"{words}, beside", tickets, beside[words], "50 ms", BAR, "s", 1.0),
            Comparison(f"{words}, beside", tickets, beside[words], "alone", alone[words], "s"),
        )
    ]


def _own_queries(engine: Engine) -> dict[str, Query]:
    assert engine.as_of is not None
    end = engine.as_of.date() + timedelta(days=1)
    volume, last = find_kpi("volume"), Filters(start=end - timedelta(days=90), end=end)
    return {
        "volume by group, 90 days": compose(volume, last, ("assignment_group",)),
        "volume by month": compose(volume, Filters(), (), Grain.MONTH),
    }


def _beside(place: Path, engine: Engine, queries: dict[str, Query]) -> dict[str, float]:
    with _endless(place):
        return _percentiles(engine, queries)


@contextmanager
def _endless(place: Path) -> Iterator[None]:
    """As many as may run at once, all along."""
    running = [SqlRun(place, ENDLESS, Limits(MOST_SECONDS, 10), people=False) for _ in range(AT_ONCE)]
    try:
        sleep(_UNDER_WAY)
        yield
        # Else the figure would be of an idle machine.
        assert not any(run.done for run in running)
    finally:
        for run in running:
            run.cancel()


def _percentiles(engine: Engine, queries: dict[str, Query]) -> dict[str, float]:
    return {words: quantiles(_seconds(engine, query), n=20)[-1] for words, query in queries.items()}


def _seconds(engine: Engine, query: Query) -> list[float]:
    found = []
    for _ in range(QUERIES):
        begun = perf_counter()
        measure(engine, query)
        found.append(perf_counter() - begun)
        sleep(_BETWEEN)
    return found
