"""The command line: python -m analytics [--database FOLDER] COMMAND."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from analytics.commands import (
    ageing,
    ask,
    backup,
    bridge,
    business_hours,
    clear,
    demo,
    evidence,
    forecast,
    formats,
    handoffs,
    import_,
    kpi,
    kpis,
    mcp,
    ownership,
    plan,
    preview,
    recurring,
    restore,
    scenario,
    sql,
    staffing,
    survival,
    time_log,
    time_zone,
    track,
    undo,
    verdict,
)
from analytics.errors import BacklightError
from analytics.warehouse.snapshots import default_folder

COMMANDS = (
    import_,
    preview,
    demo,
    formats,
    kpi,
    kpis,
    ask,
    sql,
    bridge,
    handoffs,
    undo,
    verdict,
    survival,
    forecast,
    clear,
    scenario,
    staffing,
    track,
    evidence,
    recurring,
    plan,
    time_log,
    time_zone,
    business_hours,
    ageing,
    ownership,
    backup,
    restore,
    mcp,
)


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
        as_json = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) if chosen.json else ""
        print(as_json or _printable(text), flush=True)
    except BacklightError as error:
        return _say(str(error), 2)
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has gone, and needs no complaint about it
        return 0
    except KeyboardInterrupt:
        return _say("stopped; nothing was changed.", 130)
    except OSError as error:
        return _say(
            f"{error.strerror or error}: {error.filename or 'the system refused'}; check the path and its rights.", 2
        )
    except Exception as error:  # noqa: BLE001 - never a traceback: the last line of defence
        return _say(f"something unexpected went wrong ({type(error).__name__}: {error}); nothing was changed.", 1)
    return 0


def _say(sentence: str, code: int) -> int:
    print(f"backlight: {_printable(sentence.replace(chr(10), ' '))}", file=sys.stderr)
    return code


def _printable(text: str) -> str:
    """`text` without the characters that would command the terminal: values of an export stand in it."""
    return "".join(letter if letter.isprintable() or letter == "\n" else "\ufffd" for letter in text)


if __name__ == "__main__":
    sys.exit(main())
