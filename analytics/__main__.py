"""The command line: python -m analytics [--database FOLDER] COMMAND."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analytics.commands import demo, formats, import_, kpi, kpis, undo
from analytics.errors import BacklightError
from analytics.warehouse.snapshots import default_folder

COMMANDS = (import_, demo, formats, kpi, kpis, undo)


class _Parser(argparse.ArgumentParser):
    """A mistake on the command line is one sentence too."""

    def error(self, message: str) -> None:  # type: ignore[override]
        raise BacklightError(f"{message[0].upper()}{message[1:]}: see 'python -m analytics --help'.")


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = _Parser(prog="python -m analytics", description="Backlight: shows why an IT backlog grows.")
    top.add_argument(
        "--database",
        type=Path,
        default=None,
        help="folder of the database (else BACKLIGHT_DATABASE, else data/warehouse)",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for module in COMMANDS:
        command = commands.add_parser(module.NAME, help=module.HELP, description=module.HELP)
        module.add_arguments(command)
        command.add_argument("--json", action="store_true", help="one JSON document on stdout and nothing else")
        command.set_defaults(run=module.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when done, 2 when the user can mend what is wrong."""
    try:
        chosen = parser().parse_args(arguments)
        document, text = chosen.run(chosen, chosen.database or default_folder())
        print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) if chosen.json else text)
    except BacklightError as error:
        print(f"backlight: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
