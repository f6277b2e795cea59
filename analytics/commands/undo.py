"""undo: back to the snapshot before the last import."""

import argparse
from pathlib import Path
from typing import Any

from analytics.warehouse.snapshots import EMPTY, history, undo

NAME = "undo"
HELP = "go back to the state before the last import"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No arguments of its own."""


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Undo the last import."""
    removed = undo(folder)
    current = history(folder)[-1]
    now = "nothing is loaded" if current == EMPTY else f"the data is that of {current}"
    return {"removed": removed, "current": None if current == EMPTY else current}, f"The last import is undone: {now}."
