"""import_exports(folder, files): recognise, import, report. All files or none: one snapshot an import."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from analytics.errors import BacklightError
from analytics.warehouse.cells import create_cells
from analytics.warehouse.collection import add_tickets, fill_collection
from analytics.warehouse.findings import contradictions, unknown_words, unreadable_values
from analytics.warehouse.formats import (
    DateRule,
    ExportFormat,
    Mapping,
    Recognition,
    decide_dates,
    format_to_toml,
    profile,
    recognise,
    resolve,
)
from analytics.warehouse.history import gather
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.reading import RawRows, load, read_file
from analytics.warehouse.rejection import reject_rows
from analytics.warehouse.schema import TIME_COLUMNS
from analytics.warehouse.snapshots import current_snapshot, importing, new_snapshot, publish
from analytics.warehouse.snapshot_build import build_snapshot
from analytics.warehouse.staging import stage


@dataclass(frozen=True)
class ImportOptions:
    """How to import: a `format` instead of recognising one, `saved` mappings that may be recognised too, the zone in
    which times without an offset were written, and the zone that days are reported in (None: as before)."""

    format: ExportFormat | None = None
    saved: Sequence[ExportFormat] = ()
    time_zone: str = "UTC"
    reporting_time_zone: str | None = None
    progress: Callable[[str], None] = field(default=lambda message: None)


def import_exports(folder: Path, files: Sequence[Path], options: ImportOptions | None = None) -> list[ImportReport]:
    """Import the files into the next snapshot and make it current; a report per file (per member of an archive).

    Raises `BacklightError` and changes nothing if any of the files cannot be read or understood.
    """
    options = options or ImportOptions()
    for zone in (options.time_zone, options.reporting_time_zone or "UTC"):
        check_time_zone(zone)
    with importing(folder):
        building = new_snapshot(folder)
        work = building.with_suffix(".work.building")
        work.mkdir()
        try:
            return _import_into(folder, building, work, files, options)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            building.unlink(missing_ok=True)


def check_time_zone(name: str) -> str:
    """`name`, if it is an IANA time zone; raises `BacklightError`."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BacklightError(f"'{name}' is not a time zone: use a name such as Europe/Rome or UTC.") from None
    return name


def _import_into(
    folder: Path, building: Path, work: Path, files: Sequence[Path], options: ImportOptions
) -> list[ImportReport]:
    with duckdb.connect(work / "work.duckdb") as connection:
        connection.execute("SET memory_limit = '2GB'")
        connection.execute("SET preserve_insertion_order = true")
        facts = fill_collection(connection, current_snapshot(folder))
        reports = [report for file in files for report in _import_file(connection, file, work, options)]
        if all(report.unchanged for report in reports):
            return reports
        options.progress("Building the snapshot")
        zone = options.reporting_time_zone or facts.get("reporting_time_zone", options.time_zone)
        build_snapshot(connection, building, zone)
    publish(folder, building)
    return reports


def _import_file(
    connection: duckdb.DuckDBPyConnection, file: Path, work: Path, options: ImportOptions
) -> list[ImportReport]:
    options.progress(f"Reading {file.name}")
    if not file.is_file():
        raise BacklightError(f"There is no file {file}: check the name.")
    digest = _hash(file)
    known = _imported_before(connection, digest, options.format)
    if known:
        return known
    return [_import_rows(connection, rows, digest, options) for rows in read_file(file, work)]


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _imported_before(
    connection: duckdb.DuckDBPyConnection, digest: str, chosen: ExportFormat | None
) -> list[ImportReport]:
    """The reports of the same bytes read the same way; the same file twice changes nothing."""
    found = connection.execute(
        "SELECT file, format, rows_read, tickets, merged, rejected, imported_at FROM imports "
        "WHERE hash = $hash AND ($format IS NULL OR format = $format) ORDER BY import_id",
        {"hash": digest, "format": chosen.name if chosen else None},
    ).fetchall()
    return [
        ImportReport(file, format, format, 1.0, rows, tickets, merged, rejected,
                     (f"This file was imported before, on {when:%Y-%m-%d %H:%M} UTC: nothing has changed.",), {}, unchanged=True)
        for file, format, rows, tickets, merged, rejected, when in found
    ]  # fmt: skip


def _import_rows(
    connection: duckdb.DuckDBPyConnection, rows: RawRows, digest: str, options: ImportOptions
) -> ImportReport:
    options.progress(f"Loading {rows.rows_read:,} rows of {rows.name}")
    load(connection, rows, "raw")
    recognition = _recognise(connection, rows, options)
    mapping = resolve(recognition.format, rows.header)
    if "ticket_id" not in mapping.positions:
        raise BacklightError(
            f"{rows.name} has no column that '{mapping.format.name}' reads the ticket id from: choose another format or mapping."
        )
    options.progress(f"Importing {rows.name} as {mapping.format.title}")
    create_cells(connection, "raw", mapping)
    dates = _dates(connection, mapping)
    stage(connection, mapping, dates, "UTC" if mapping.format.time_zone == "utc" else options.time_zone)
    return _take_in(connection, rows, recognition, mapping, dates, digest)


def _recognise(connection: duckdb.DuckDBPyConnection, rows: RawRows, options: ImportOptions) -> Recognition:
    if options.format:
        return Recognition(options.format, 1.0, "", 0.0, False, {})
    return recognise(profile(connection, "raw", rows.header), options.saved)


def _dates(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> dict[str, DateRule]:
    plain = {
        name: mapping.positions[name]
        for name in TIME_COLUMNS
        if name in mapping.positions and not mapping.format.columns[name].after_opened
    }
    return decide_dates(connection, "raw", plain, mapping.format)


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    rows: RawRows,
    recognition: Recognition,
    mapping: Mapping,
    dates: dict[str, DateRule],
    digest: str,
) -> ImportReport:
    import_id = _scalar(connection, "SELECT COALESCE(max(import_id), 0) + 1 FROM imports")
    rejected = reject_rows(connection, mapping, rows, import_id)
    unreadable = unreadable_values(connection, mapping, rows.header)
    gather(connection, mapping)
    provided = set(mapping.positions) | {
        f"source_{name}" for name in ("status", "priority") if name in mapping.positions
    }
    add_tickets(connection, provided)
    tickets = _scalar(connection, "SELECT count(*) FROM gathered")
    notes = tuple(rule.note for rule in dates.values() if rule.note)
    warnings = (*rows.notes, *notes, *unreadable, *unknown_words(connection), *contradictions(connection))
    headers = {name: tuple(rows.header[place] for place in places) for name, places in mapping.positions.items()}
    report = ImportReport(
        rows.name, mapping.format.name, mapping.format.title, recognition.score, rows.rows_read, tickets,
        rows.rows_read - rejected - tickets, rejected, tuple(dict.fromkeys(warnings)), headers,
    )  # fmt: skip
    _record(connection, import_id, report, mapping.format, digest)
    return report


def _record(
    connection: duckdb.DuckDBPyConnection, import_id: int, report: ImportReport, format: ExportFormat, digest: str
) -> None:
    connection.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [import_id, report.file, digest, report.format, format_to_toml(format), report.rows_read, report.tickets,
         report.merged, report.rejected, "\n".join(report.warnings), datetime.now(UTC).replace(tzinfo=None)],
    )  # fmt: skip


def _scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])
