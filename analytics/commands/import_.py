"""import FILE...: recognise, import, report."""

import argparse
import sys
from pathlib import Path
from typing import Any

from analytics.store import open_store
from analytics.warehouse.formats import find_format, format_from_toml, load_formats
from analytics.warehouse.formats.export_format import ExportFormat
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.importer import ImportOptions, import_exports

NAME = "import"
HELP = "import ticket exports"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, XLSX, JSON, JSON lines, .zip or .gz")
    parser.add_argument(
        "--as",
        dest="format",
        metavar="FORMAT",
        help="a format's or saved mapping's name, or a mapping file, instead of recognising one",
    )
    parser.add_argument(
        "--time-zone",
        default="UTC",
        metavar="ZONE",
        help="zone of times written without one, such as Europe/Rome (default UTC)",
    )


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Import all files or none."""
    saved = saved_formats(folder)
    chosen = _chosen(arguments.format, saved) if arguments.format else None
    options = ImportOptions(
        chosen, saved, arguments.time_zone, progress=lambda message: print(message, file=sys.stderr)
    )
    reports = import_exports(folder, arguments.files, options)
    return {"files": [report_document(report) for report in reports]}, "\n\n".join(
        report_text(report) for report in reports
    )


def saved_formats(folder: Path) -> list[ExportFormat]:
    """The mappings that people have saved."""
    return [format_from_toml(text) for text in open_store(folder).mappings().values()]


def _chosen(name: str, saved: list[ExportFormat]) -> ExportFormat:
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return format_from_toml(path.read_text(encoding="utf-8"))
    return find_format(name, [*load_formats(), *saved])


def report_document(report: ImportReport) -> dict[str, Any]:
    """An import report as JSON."""
    return {
        "file": report.file,
        "format": report.format,
        "title": report.title,
        "confidence": round(report.confidence, 3),
        "rows_read": report.rows_read,
        "tickets": report.tickets,
        "merged": report.merged,
        "rejected": report.rejected,
        "unchanged": report.unchanged,
        "warnings": list(report.warnings),
        "mapping": {name: list(headers) for name, headers in report.mapping.items()},
    }


def report_text(report: ImportReport) -> str:
    """An import report for a person at a terminal."""
    lines = [
        f"{report.file}: {report.title} (confidence {report.confidence:.0%})",
        f"  {report.rows_read:,} rows read = {report.tickets:,} tickets + {report.merged:,} merged + {report.rejected:,} rejected",
    ]
    return "\n".join([*lines, *(f"  - {warning}" for warning in report.warnings)])
