"""time-zone ZONE: report days in another time zone."""

import argparse
from pathlib import Path
from typing import Any

from analytics.warehouse.importer import change_reporting_time_zone

NAME = "time-zone"
HELP = "report days in another time zone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("zone", metavar="ZONE", help="an IANA name, such as Europe/Rome")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Build the snapshot anew; undo goes back."""
    change_reporting_time_zone(folder, arguments.zone)
    return {"reporting_time_zone": arguments.zone}, f"Days are now reported in {arguments.zone}."
