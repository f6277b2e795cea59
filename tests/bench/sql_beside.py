"""The dashboard's own queries beside two endless statements: `python -m tests.bench.sql_beside FOLDER`."""

import statistics
import sys
import time
from pathlib import Path

from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.measure import measure
from analytics.period import Grain
from analytics.query import compose
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.sandbox.limits import AT_ONCE, Limits
from analytics.warehouse.sandbox.run import SqlRun, run_sql

QUERIES = 200
ENDLESS = "SELECT count(*) FROM range(1000000000000)"
LIMITS = Limits(60, 10)


def milliseconds(engine: Engine) -> list[float]:
    """How long each of many measurements of a KPI by month takes."""
    query = compose(find_kpi("volume"), Filters(), (), Grain.MONTH)
    found = []
    for _ in range(QUERIES):
        started = time.perf_counter()
        measure(engine, query)
        found.append(1_000 * (time.perf_counter() - started))
        time.sleep(0.02)
    return found


def main() -> None:
    """Print median and 95th percentile, alone and beside."""
    folder = Path(sys.argv[-1])
    engine = open_engine(folder)
    run_sql(folder, "SELECT 1", 60)
    alone = milliseconds(engine)
    running = [SqlRun(folder, ENDLESS, LIMITS, people=False) for _ in range(AT_ONCE)]
    beside = milliseconds(engine)
    # Else the second figure would be of an idle machine.
    assert not any(run.done for run in running)
    for run in running:
        run.cancel()
    for words, found in (("alone", alone), (f"beside {AT_ONCE} endless statements", beside)):
        print(f"{words}: median {statistics.median(found):.1f} ms, 95th {statistics.quantiles(found, n=20)[18]:.1f} ms")


if __name__ == "__main__":
    main()
