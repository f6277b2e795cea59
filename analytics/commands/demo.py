"""demo: load a simulated service desk with planted truths."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from analytics.commands.import_ import report_document, report_text
from analytics.demo import DEFAULT_TICKETS, write_exports
from analytics.errors import BacklightError
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports

NAME = "demo"
HELP = "load a simulated service desk with planted truths"
TRUTHS = "truths.json"
MOST_TICKETS = 50_000_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument(
        "--tickets",
        type=int,
        default=DEFAULT_TICKETS,
        metavar="N",
        help=f"how many tickets (default {DEFAULT_TICKETS:,})",
    )
    parser.add_argument(
        "--seed", type=int, default=7, metavar="S", help="the same seed gives the same desk (default 7)"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="TRUTH",
        help="leave a planted truth out, such as chasers; repeat for more, or 'all'",
    )


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Simulate, write exports, import them as any other; the truths stay in the database folder."""
    if arguments.tickets > MOST_TICKETS:
        raise BacklightError(f"--tickets {arguments.tickets:,} is too many: choose at most {MOST_TICKETS:,}.")
    with tempfile.TemporaryDirectory(prefix="backlight-demo-") as aside:
        files = write_exports(Path(aside), arguments.tickets, arguments.seed, _say, arguments.without)
        reports = import_exports(folder, files, ImportOptions(progress=_say))
        shutil.copy(Path(aside) / TRUTHS, folder / TRUTHS)
    document = {"files": [report_document(report) for report in reports], "truths": str(folder / TRUTHS)}
    return document, "\n\n".join(report_text(report) for report in reports) + f"\n\nWhat was planted: {folder / TRUTHS}"


def _say(message: str) -> None:
    print(message, file=sys.stderr)
