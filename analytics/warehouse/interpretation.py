"""Interpretation: the raw rows of one file, recognised and staged; an import and a preview start the same way."""

import duckdb

from analytics.warehouse.cells import create_cells
from analytics.warehouse.formats import DateRule, Mapping, Recognition, decide_dates, profile, recognise
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.reading import RawRows, load
from analytics.warehouse.schema import TIME_COLUMNS
from analytics.warehouse.staging import stage


def recognise_rows(connection: duckdb.DuckDBPyConnection, rows: RawRows, options: ImportOptions) -> Recognition:
    """Load the rows into the table `raw`: which format they are in, or the chosen one; raises `NotRecognised`."""
    connection.execute("DROP TABLE IF EXISTS raw")
    load(connection, rows, "raw")
    chosen = options.format_for(rows.name)
    if chosen:
        return Recognition(chosen, 1.0, "", 0.0, False, {})
    return recognise(profile(connection, "raw", rows.header), options.saved)


def stage_rows(connection: duckdb.DuckDBPyConnection, mapping: Mapping, options: ImportOptions) -> dict[str, DateRule]:
    """Create `cells` and `staged` from `raw`; returns how each time column is read."""
    create_cells(connection, "raw", mapping)
    plain = {
        name: mapping.positions[name]
        for name in TIME_COLUMNS
        if name in mapping.positions and not mapping.format.columns[name].after_opened
    }
    dates = decide_dates(connection, "raw", plain, mapping.format)
    stage(connection, mapping, dates, "UTC" if mapping.format.time_zone == "utc" else options.time_zone)
    return dates
