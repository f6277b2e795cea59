"""Copying: the permitted tables of a snapshot, written to a file of their own by a process of its own.

A process of its own because the server has the snapshot open already, and closing it here would drop its lock.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb

from analytics.warehouse.sandbox.permitted import PERMITTED, selection

_SOURCE = "snapshot"


def write_copy(snapshot: Path, file: Path, people: bool, say: Callable[[str], None]) -> None:
    """Write `file`, complete, closed and synced, for its owner alone; `say` hears each table before it is copied."""
    with duckdb.connect(file, config={"memory_limit": "2GB", "threads": 2}) as connection:
        file.chmod(0o600)
        quoted = str(snapshot).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {_SOURCE} (READ_ONLY)")
        for table in PERMITTED:
            say(table)
            connection.execute(f"CREATE TABLE {table} AS {selection(table, _SOURCE, people)}")
        connection.execute(f"DETACH {_SOURCE}")
        connection.execute("CHECKPOINT")
    with file.open("rb") as written:
        os.fsync(written.fileno())


def main() -> None:
    """Copy; the last arguments are the snapshot, the file to write, and yes or no for names of persons."""
    snapshot, file, people = sys.argv[-3:]
    os.nice(10)
    write_copy(Path(snapshot), Path(file), people == "yes", lambda table: print(table, flush=True))  # noqa: T201
