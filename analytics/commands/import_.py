"""import FILE...: recognise, import, report."""

import argparse
import sys
from pathlib import Path
from typing import Any

from analytics.store import open_store
from analytics.warehouse.formats import find_format, format_from_toml
from analytics.warehouse.formats.export_format import ExportFormat
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.import_report import ImportReport
from analytics.warehouse.importer import import_exports

NAME = "import"
HELP = "import ticket exports"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, XLSX, JSON, JSON lines, .zip or .gz")
    parser.add_argument(
        "--as",
        dest="formats",
        action="append",
        default=[],
        metavar="[FILE=]FORMAT",
        help="a format's or saved mapping's name, or a mapping file, instead of recognising one (repeatable)",
    )
    parser.add_argument(
        "--time-zone",
        default="UTC",
        metavar="ZONE",
        help="zone of times written without one, such as Europe/Rome (default UTC)",
    )


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Import all files or none."""
    options = import_options(arguments, folder)
    reports = import_exports(folder, arguments.files, options)
    return {"files": [report_document(report) for report in reports]}, "\n\n".join(
        report_text(report) for report in reports
    )


def saved_formats(folder: Path) -> list[ExportFormat]:
    """The mappings that people have saved."""
    return [format_from_toml(text) for text in open_store(folder).mappings().values()]


def import_options(arguments: argparse.Namespace, folder: Path) -> ImportOptions:
    """The options that the command line asks for; progress goes to stderr."""
    saved = saved_formats(folder)
    for_all, by_file = None, {}
    for text in arguments.formats:
        file, equals, name = ("", "", text) if _mapping_file(text) else text.rpartition("=")
        if equals:
            by_file[file] = _chosen(name, saved)
        else:
            for_all = _chosen(name, saved)
    return ImportOptions(for_all, saved, arguments.time_zone, progress=_say, formats=by_file)


def _mapping_file(text: str) -> bool:
    return text.endswith(".toml") and Path(text).is_file()


def _chosen(name: str, saved: list[ExportFormat]) -> ExportFormat:
    if _mapping_file(name):
        return format_from_toml(Path(name).read_text(encoding="utf-8"))
    return next((format for format in saved if format.name == name), None) or find_format(name)


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


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
        f"  {report.rows_read:,} rows read = {_parts(report)}",
    ]
    return "\n".join([*lines, *(f"  - {warning}" for warning in report.warnings)])


def _parts(report: ImportReport) -> str:
    return f"{report.tickets:,} tickets + {report.merged:,} merged + {report.rejected:,} rejected"
