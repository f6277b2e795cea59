"""One file on its way into the collection: read, recognise, stage, reject, gather, merge, record."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from analytics.errors import BacklightError
from analytics.warehouse.collection import add_tickets
from analytics.warehouse.findings import contradictions, unknown_words, unreadable_values
from analytics.warehouse.formats import DateRule, ExportFormat, Mapping, Recognition, format_to_toml, resolve
from analytics.warehouse.history import gather
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.interpretation import recognise_rows, stage_rows
from analytics.warehouse.reading import RawRows, read_file
from analytics.warehouse.rejection import reject_rows


def import_file(
    connection: duckdb.DuckDBPyConnection, file: Path, work: Path, options: ImportOptions
) -> list[ImportReport]:
    """Take one file into the collection in `connection`; a report per member of an archive.

    Raises `BacklightError` if it cannot be read or understood.
    """
    options.progress(f"Reading {file.name}")
    if not file.is_file():
        raise BacklightError(f"There is no file {file}: check the name.")
    digest = _hash(file)
    known = _imported_before(connection, digest, options)
    if known:
        return known
    return [_import_rows(connection, rows, digest, options) for rows in read_file(file, work)]


def _hash(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _imported_before(connection: duckdb.DuckDBPyConnection, digest: str, options: ImportOptions) -> list[ImportReport]:
    """The reports of the same bytes read in the same way; the same file twice changes nothing."""
    found = connection.execute(
        "SELECT file, format, rows_read, tickets, merged, rejected, imported_at, mapping FROM imports "
        "WHERE hash = ? AND time_zone = ? ORDER BY import_id",
        [digest, options.time_zone],
    ).fetchall()
    chosen = [(options.format_for(str(row[0])), row[-1]) for row in found]
    same = all(format is None or format_to_toml(format) == mapping for format, mapping in chosen)
    return [_unchanged(*row[:-1]) for row in found] if same else []


def _unchanged(
    file: str, name: str, rows: int, tickets: int, merged: int, rejected: int, when: datetime
) -> ImportReport:
    said = (f"This file was imported before, on {when:%Y-%m-%d %H:%M} UTC: nothing has changed.",)
    return ImportReport(file, name, name, 1.0, rows, tickets, merged, rejected, said, {}, unchanged=True)


def _import_rows(
    connection: duckdb.DuckDBPyConnection, rows: RawRows, digest: str, options: ImportOptions
) -> ImportReport:
    options.progress(f"Loading {rows.rows_read:,} rows of {rows.name}")
    recognition = recognise_rows(connection, rows, options)
    mapping = resolve(recognition.format, rows.header)
    if "ticket_id" not in mapping.positions:
        raise BacklightError(
            f"{rows.name} has no column that '{mapping.format.name}' reads the ticket id from: choose another format."
        )
    options.progress(f"Importing {rows.name} as {mapping.format.title}")
    dates = stage_rows(connection, mapping, options)
    import_id = _scalar(connection, "SELECT COALESCE(max(import_id), 0) + 1 FROM imports")
    report = _take_in(connection, rows, recognition, mapping, dates, import_id)
    report = replace(report, warnings=(*_read_otherwise(connection, digest, report), *report.warnings))
    _record(connection, import_id, report, mapping.format, digest, options.time_zone)
    return report


def _read_otherwise(connection: duckdb.DuckDBPyConnection, digest: str, report: ImportReport) -> list[str]:
    """A sentence if the same bytes were imported before under another source: their tickets would count twice."""
    found = connection.execute(
        "SELECT DISTINCT format FROM imports WHERE hash = ? AND file = ? AND format <> ?",
        [digest, report.file, report.format],
    ).fetchall()
    return [
        f"This file was imported before as '{name}': its tickets may now count twice; undo one of the two imports."
        for (name,) in found
    ]


def _take_in(
    connection: duckdb.DuckDBPyConnection,
    rows: RawRows,
    recognition: Recognition,
    mapping: Mapping,
    dates: dict[str, DateRule],
    import_id: int,
) -> ImportReport:
    rejected = reject_rows(connection, mapping, rows, import_id)
    unreadable = unreadable_values(connection, mapping, rows.header)
    gather(connection, mapping)
    provided = set(mapping.positions) | {
        f"source_{name}" for name in ("status", "priority") if name in mapping.positions
    }
    add_tickets(connection, provided)
    tickets = _scalar(connection, "SELECT count(*) FROM gathered")
    notes = tuple(rule.note for rule in dates.values() if rule.note)
    empty = () if rows.rows_read else ("The file has a header but no rows.",)
    warnings = (*empty, *rows.notes, *notes, *unreadable, *unknown_words(connection), *contradictions(connection))
    headers = {name: tuple(rows.header[place] for place in places) for name, places in mapping.positions.items()}
    return ImportReport(
        rows.name, mapping.format.name, mapping.format.title, recognition.score, rows.rows_read, tickets,
        rows.rows_read - rejected - tickets, rejected, tuple(dict.fromkeys(warnings)), headers,
    )  # fmt: skip


def _record(
    connection: duckdb.DuckDBPyConnection,
    import_id: int,
    report: ImportReport,
    format: ExportFormat,
    digest: str,
    time_zone: str,
) -> None:
    counts = [report.rows_read, report.tickets, report.merged, report.rejected]
    read_as = [report.format, format_to_toml(format), time_zone]
    now = datetime.now(UTC).replace(tzinfo=None)
    row = [import_id, report.file, digest, *read_as, *counts, "\n".join(report.warnings), now]
    connection.execute(f"INSERT INTO imports VALUES ({', '.join('?' * len(row))})", row)


def _scalar(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else 0
