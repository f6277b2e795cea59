"""The plain table: the columns of an export as they came, in a DuckDB file, loaded without a thought of speed."""

from pathlib import Path

import duckdb

from analytics.warehouse.schema import SOURCE_COLUMNS
from analytics.warehouse.snapshots import current_snapshot


def plain_table(folder: Path) -> Path:
    """A DuckDB file with the table `tickets` of the desk in `folder`, text as text and nothing worked out."""
    path = folder / "plain.bench"
    if not path.exists():
        snapshot = current_snapshot(folder)
        columns = ", ".join(f"CAST({column.name} AS {column.type}) AS {column.name}" for column in SOURCE_COLUMNS)
        with duckdb.connect(path) as connection:
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"ATTACH '{snapshot}' AS desk (READ_ONLY)")
            connection.execute(f"CREATE TABLE tickets AS SELECT {columns} FROM desk.tickets")
    return path
