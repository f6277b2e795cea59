"""formats: what is recognised."""

import argparse
from pathlib import Path
from typing import Any

from analytics.commands.import_ import saved_formats
from analytics.warehouse.formats import load_formats

NAME = "formats"
HELP = "list the export formats that are recognised"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Built-in formats and saved mappings."""
    known = [(format, False) for format in load_formats()] + [(format, True) for format in saved_formats(folder)]
    documents = [
        {
            "name": format.name,
            "title": format.title,
            "tool": format.tool,
            "saved": saved,
            "columns": {name: list(rule.headers) for name, rule in format.columns.items()},
            "sla_trust": format.sla_trust,
            "limits": list(format.limits),
        }
        for format, saved in known
    ]
    return {"formats": documents}, "\n".join(
        f"{format.name:24} {format.title}{' (saved mapping)' if saved else ''}" for format, saved in known
    )
