"""Provenance: where the loaded tickets came from, file by file and source by source, and what was left out."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pandas as pd

from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TABLES
from analytics.warehouse.snapshots import EMPTY, history

MOST_REJECTED = 10_000


@dataclass(frozen=True)
class Holdings:
    """What a snapshot holds: counts, and the size of its file in bytes."""

    tickets: int
    events: int
    imports: int
    rejected: int
    size: int


@dataclass(frozen=True)
class StepBack:
    """What undoing the last import would do: the files that go, and the tickets left. `as_of` is None for nothing."""

    files: tuple[str, ...]
    tickets: int
    as_of: datetime | None


def holdings(engine: Engine, folder: Path) -> Holdings:
    """What is loaded."""
    counts = engine.query(
        "SELECT (SELECT count(*) FROM tickets) AS tickets, (SELECT count(*) FROM ticket_events) AS events, "
        "(SELECT count(*) FROM imports) AS imports, (SELECT count(*) FROM rejected_rows) AS rejected"
    ).iloc[0]
    size = (folder / engine.snapshot).stat().st_size
    return Holdings(
        int(counts["tickets"]), int(counts["events"]), int(counts["imports"]), int(counts["rejected"]), size
    )


def imports(engine: Engine) -> pd.DataFrame:
    """Every import, the newest first; times in the reporting time zone."""
    return engine.query(
        f"SELECT import_id, file, format, rows_read, tickets, merged, rejected, {_local('imported_at', engine)}, "
        "time_zone, warnings, mapping FROM imports ORDER BY import_id DESC",
        {"zone": engine.reporting_time_zone},
    )


def earlier_imports(engine: Engine, content: bytes) -> pd.DataFrame:
    """The imports of a file with exactly these bytes: `format` and `imported_at`, the newest first."""
    return engine.query(
        f"SELECT format, {_local('imported_at', engine)} FROM imports WHERE hash = :hash ORDER BY import_id DESC",
        {"hash": sha256(content).hexdigest(), "zone": engine.reporting_time_zone},
    )


def sources(engine: Engine) -> pd.DataFrame:
    """Per source: tickets, how many are open, the first and the last day on which one was opened."""
    return engine.query(
        "SELECT source, count(*) AS tickets, count(*) FILTER (WHERE ended_at IS NULL) AS open_tickets, "
        "min(opened_on) AS first_opened, max(opened_on) AS last_opened FROM tickets GROUP BY 1 ORDER BY 2 DESC"
    )


def rejected_rows(engine: Engine, import_id: int) -> pd.DataFrame:
    """The rejected rows of one import, in the order of the file."""
    return engine.query(
        "SELECT file, line, reason, text FROM rejected_rows WHERE import_id = :import_id "
        f"ORDER BY line LIMIT {MOST_REJECTED}",
        {"import_id": import_id},
    )


def filled(engine: Engine, table: str) -> pd.DataFrame:
    """The table's columns with their type and meaning, and the share of the rows (0 to 1) that is filled."""
    columns = TABLES[table]
    shares = ", ".join(f"1.0 * count({column.name}) / NULLIF(count(*), 0) AS {column.name}" for column in columns)
    return dictionary(table).assign(
        filled=engine.query(f"SELECT {shares} FROM {table}").iloc[0].astype(float).to_numpy()
    )


def dictionary(table: str) -> pd.DataFrame:
    """The table's columns with their type and meaning."""
    return pd.DataFrame(
        [(column.name, column.type, column.meaning) for column in TABLES[table]], columns=["column", "type", "meaning"]
    )


def step_back(folder: Path) -> StepBack | None:
    """What undoing the last import would do; None if there is nothing to go back to."""
    states = history(folder)
    if len(states) < 2:
        return None
    before, last = states[-2:]
    kept, tickets, as_of = _look_at(folder, before)
    files = [file for number, file in _look_at(folder, last)[0].items() if number not in kept]
    return StepBack(tuple(files), tickets, as_of)


def _look_at(folder: Path, state: str) -> tuple[dict[int, str], int, datetime | None]:
    """A state's imports (number -> file), tickets and as-of time."""
    if state == EMPTY:
        return {}, 0, None
    engine = Engine(folder / state)
    try:
        found = engine.query("SELECT import_id, file FROM imports ORDER BY import_id")
        tickets = engine.query("SELECT count(*) AS tickets FROM tickets")
        return dict(zip(found["import_id"], found["file"], strict=True)), int(tickets["tickets"].iloc[0]), engine.as_of
    finally:
        engine.close()


def _local(moment: str, engine: Engine) -> str:
    if engine.reporting_time_zone == "UTC":
        return moment
    return f"timezone(:zone, timezone('UTC', {moment})) AS {moment}"
