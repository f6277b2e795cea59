"""The import of a CSV, whole and checked, against the least that reading it takes: DuckDB's typed `read_csv`."""

import shutil
import tempfile
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import duckdb

from analytics.warehouse.importer import import_exports
from tests.bench.comparison import Comparison
from tests.bench.desk import RESULTS
from tests.bench.export import FIELDS, write_export
from tests.bench.rounds import alternate
from tests.bench.worker import peak_memory

MOST_MEMORY = 500.0
MOST_TIME = 3.0


def compare_imports(tickets: int, rounds: int) -> list[Comparison]:
    """Wall time, processor time and peak memory; every row of the file is accounted for."""
    export = write_export(RESULTS / "exports" / f"{tickets}.csv", tickets)
    competitors = {
        "backlight": partial(_in_a_process, _import, export, tickets),
        "read_csv": partial(_in_a_process, _read, export, tickets),
    }
    found = alternate(competitors, rounds)
    ours, theirs = found["backlight"], found["read_csv"]
    rival = "DuckDB's typed read_csv"
    return [
        Comparison("import of a CSV", tickets, ours["seconds"], rival, theirs["seconds"], "s", MOST_TIME),
        Comparison("import, processor time", tickets, ours["processor"], rival, theirs["processor"], "s"),
        Comparison("import, peak memory", tickets, ours["peak"], "the limit", MOST_MEMORY, "MB", 1.0),
        Comparison("import, peak memory", tickets, ours["peak"], rival, theirs["peak"], "MB"),
    ]


def _in_a_process(job: Callable[[Path, Path, int], None], export: Path, tickets: int) -> dict[str, float]:
    """Run the job in a new process with a folder of its own; its time without the start, and its peak memory."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=RESULTS))
    try:
        with get_context("spawn").Pool(1) as pool:
            return pool.apply(_measured, (job, export, folder, tickets))
    finally:
        shutil.rmtree(folder)


def _measured(job: Callable[[Path, Path, int], None], export: Path, folder: Path, tickets: int) -> dict[str, float]:
    start, processor = time.perf_counter(), time.process_time()
    job(export, folder, tickets)
    return {"seconds": time.perf_counter() - start, "processor": time.process_time() - processor, "peak": peak_memory()}


def _import(export: Path, folder: Path, tickets: int) -> None:
    (report,) = import_exports(folder, [export])
    if report.rows_read != tickets or report.tickets + report.merged + report.rejected != tickets or report.rejected:
        raise AssertionError(f"{tickets:,} rows were written, but: {report}")


def _read(export: Path, folder: Path, tickets: int) -> None:
    columns = ", ".join(f"'{field}': '{kind}'" for field, (kind, _) in FIELDS.items())
    with duckdb.connect(folder / "plain.bench") as connection:
        connection.execute(f"CREATE TABLE tickets AS FROM read_csv('{export}', header = true, columns = {{{columns}}})")
        rows = connection.execute("SELECT count(*) FROM tickets").fetchone()
    if rows != (tickets,):
        raise AssertionError(f"{tickets:,} rows were written, {rows} read")
