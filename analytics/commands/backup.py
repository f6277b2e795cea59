"""backup: everything that people entered, in one file."""

import argparse
from pathlib import Path
from typing import Any

from analytics.store import open_store
from analytics.store.errors import NothingEntered
from analytics.store.store import place_of_state

NAME = "backup"
HELP = "write everything that people entered to one file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to write, such as backlight-2026-06-30.zip")
    parser.add_argument("--replace", action="store_true", help="write over an earlier backup of that name")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Write it while the dashboard goes on."""
    file = place_of_state(folder)
    if file is not None and not file.is_file():
        raise NothingEntered(str(file))
    store = open_store(folder)
    try:
        contents, place = store.back_up(arguments.file, arguments.replace).contents, store.database.place
    finally:
        store.close()
    document = {
        "file": str(arguments.file), "place": place, "made_at": contents.made_at.isoformat(),
        "revision": contents.revision, "rows": {name: table.rows for name, table in contents.tables.items()},
    }  # fmt: skip
    return document, f"{arguments.file} holds everything that people entered in {place}: {rows_text(contents.rows)}."


def rows_text(rows: int) -> str:
    """How much a backup holds."""
    return "1 row" if rows == 1 else f"{rows:,} rows"
