"""restore: what a backup holds in place of what is there."""

import argparse
from pathlib import Path
from typing import Any

from analytics.commands.backup import rows_text
from analytics.formatting import day_text
from analytics.store import open_store
from analytics.store.restoring import check_backup

NAME = "restore"
HELP = "put a backup in place of everything that people entered, which is kept in a backup first"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a file that 'backup' has written")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Restore all of it or nothing."""
    check_backup(arguments.file)
    store = open_store(folder)
    try:
        done, place = store.restore(arguments.file, folder), store.database.place
    finally:
        store.close()
    contents = done.contents
    document = {
        "file": str(arguments.file), "place": place, "made_at": contents.made_at.isoformat(),
        "revision": contents.revision, "rows": {name: table.rows for name, table in contents.tables.items()},
        "before": str(done.before) if done.before else None,
    }  # fmt: skip
    before = (
        f"What was there before is kept in {done.before}: restoring that file undoes this."
        if done.before
        else "Nothing had been entered there before."
    )
    held = f"{rows_text(contents.rows)} as of {day_text(contents.made_at.date())}, {contents.made_at:%H:%M} UTC"
    return document, f"{place} now holds what {arguments.file} holds: {held}. {before}"
