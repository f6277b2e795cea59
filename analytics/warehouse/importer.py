"""import_exports(folder, files): recognise, import, report. All files or none: one snapshot an import."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from analytics.errors import NoData, NoRoom
from analytics.warehouse.business_calendar import FACT, BusinessCalendar
from analytics.warehouse.collection import fill_collection
from analytics.warehouse.file_import import import_file
from analytics.warehouse.import_options import ImportOptions, check_time_zone
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.snapshot_build import build_snapshot
from analytics.warehouse.snapshots import current_snapshot, importing, new_snapshot, publish

_LEAST_MEGABYTES = 280
_MOST_MEGABYTES = 4_000


def import_exports(folder: Path, files: Sequence[Path], options: ImportOptions | None = None) -> list[ImportReport]:
    """Import the files into the next snapshot and make it current; a report per file (per member of an archive).

    Raises `BacklightError` and changes nothing if any of the files cannot be read or understood.
    """
    options = options or ImportOptions()
    for zone in (options.time_zone, options.reporting_time_zone or "UTC"):
        check_time_zone(zone)
    with _workplace(folder, files) as (connection, work, building):
        facts = fill_collection(connection, current_snapshot(folder))
        reports = [report for file in files for report in import_file(connection, file, work, options)]
        if not all(report.unchanged for report in reports):
            options.progress("Building the snapshot")
            zone = options.reporting_time_zone or facts.get("reporting_time_zone", options.time_zone)
            build_snapshot(connection, building, zone, BusinessCalendar.kept(facts.get(FACT)))
            publish(folder, building)
    return reports


def change_reporting_time_zone(folder: Path, zone: str) -> None:
    """Build the next snapshot from the same tickets with days in another time zone; can be undone like an import."""
    check_time_zone(zone)
    with _workplace(folder) as (connection, _, building):
        snapshot = current_snapshot(folder)
        if snapshot is None:
            raise NoData(folder)
        facts = fill_collection(connection, snapshot)
        build_snapshot(connection, building, zone, BusinessCalendar.kept(facts.get(FACT)))
        publish(folder, building)


def change_business_calendar(
    folder: Path, business: BusinessCalendar, progress: Callable[[str], None] = lambda _message: None
) -> None:
    """Build the next snapshot from the same tickets with other business hours; can be undone like an import."""
    with _workplace(folder) as (connection, _, building):
        snapshot = current_snapshot(folder)
        if snapshot is None:
            raise NoData(folder)
        progress("Reading the tickets")
        facts = fill_collection(connection, snapshot)
        progress("Working out the business hours of each ticket")
        build_snapshot(connection, building, facts.get("reporting_time_zone", "UTC"), business)
        publish(folder, building)


def rebuild(folder: Path) -> Path:
    """Build the current snapshot anew from its own tickets, in its place; returns its path. Undo passes it by."""
    with _workplace(folder) as (connection, _, building):
        snapshot = current_snapshot(folder)
        if snapshot is None:
            raise NoData(folder)
        facts = fill_collection(connection, snapshot)
        business = BusinessCalendar.kept(facts.get(FACT))
        build_snapshot(connection, building, facts.get("reporting_time_zone", "UTC"), business)
        return publish(folder, building, in_place=True)


@contextmanager
def _workplace(folder: Path, files: Sequence[Path] = ()) -> Iterator[tuple[duckdb.DuckDBPyConnection, Path, Path]]:
    """A work database, a folder for files, and the name of the next snapshot; all swept away afterwards."""
    with importing(folder):
        building = new_snapshot(folder)
        work = building.with_suffix(".work.building")
        work.mkdir()
        try:
            with duckdb.connect(work / "work.duckdb") as connection:
                connection.execute(f"SET memory_limit = '{_memory_limit(folder, files)}MB'")
                yield connection, work, building
        except (duckdb.OutOfMemoryException, duckdb.IOException) as error:
            raise NoRoom from error
        finally:
            shutil.rmtree(work, ignore_errors=True)
            building.unlink(missing_ok=True)


def _memory_limit(folder: Path, files: Sequence[Path]) -> int:
    """Megabytes: a quarter of what is to be read, within bounds. What does not fit is worked on from disk."""
    read = [*files, current_snapshot(folder)]
    size = sum(path.stat().st_size for path in read if path is not None and path.is_file())
    return max(_LEAST_MEGABYTES, min(_MOST_MEGABYTES, size // 4_000_000))
