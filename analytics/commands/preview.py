"""preview FILE...: what an import would understand; nothing is imported."""

import argparse
from pathlib import Path
from typing import Any

from analytics.commands import import_
from analytics.errors import BacklightError
from analytics.warehouse.formats import format_from_toml
from analytics.warehouse.import_options import ImportOptions, check_time_zone
from analytics.warehouse.preview import Preview, preview

NAME = "preview"
HELP = "show what an import would understand of a file, without importing it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The same as for an import."""
    import_.add_arguments(parser)


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Preview each file; one that cannot be read has an `error`."""
    check_time_zone(arguments.time_zone)
    options = import_.import_options(arguments, folder)
    documents = [_document(file, options) for file in arguments.files]
    return {"files": documents}, "\n\n".join(_text(document) for document in documents)


def _document(file: Path, options: ImportOptions) -> dict[str, Any]:
    try:
        return {"file": file.name, "tables": [table.document() for table in preview(file, options)]}
    except BacklightError as error:
        return {"file": file.name, "tables": [], "error": str(error)}


def _text(document: dict[str, Any]) -> str:
    if "error" in document:
        return str(document["error"])
    return "\n\n".join(_table_text(Preview.read(table)) for table in document["tables"])


def _table_text(table: Preview) -> str:
    title = table.problem or f"{format_from_toml(table.mapping).title} (confidence {table.score:.0%})"
    lines = [f"{table.file}: {title}", f"  {table.rows_read:,} rows"]
    lines += [f"  {name:24} <- {', '.join(headers)}" for name, headers in table.headers.items()]
    unknown = [word for word, _, meaning in (*table.statuses, *table.priorities) if meaning is None]
    return "\n".join([*lines, *([f"  unknown words: {', '.join(unknown)}"] if unknown else [])])
