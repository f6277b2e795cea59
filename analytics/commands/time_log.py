"""time-log: leadership's own weeks in operational, tactical and strategic work."""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analytics.diagnostic.gathered import logged_time
from analytics.diagnostic.time_log_file import MOST_BYTES, read_hours, read_time_log, read_week
from analytics.diagnostic.time_shares import TimeShares, time_shares
from analytics.errors import BacklightError
from analytics.formatting import day_text
from analytics.store import open_store
from analytics.store.errors import BadEntry
from analytics.store.time_log import LogChange, TimeLog

NAME = "time-log"
HELP = "log the hours of operational, tactical and strategic work by week, or show them against 70 / 20 / 10"
_LATEST = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument(
        "--import", dest="file", type=Path, metavar="FILE.csv",
        help="add the weeks of a CSV file with the columns week, operational, tactical and strategic; a week that is "
        "logged already is left as it is",
    )  # fmt: skip
    asked.add_argument(
        "--add", action="append", default=[], metavar="WEEK:CLASS:HOURS",
        help="add hours, such as 2026-11-16:strategic:4.5 (repeatable)",
    )  # fmt: skip
    asked.add_argument("--remove", metavar="WEEK", help="forget a week, such as 2026-11-16 or 2026-W47")


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Log what was given, then say what is logged."""
    entries = [_entry(text) for text in arguments.add]
    store = open_store(folder)
    log = store.time_log
    said = []
    if arguments.file is not None:
        said.append(_imported(log, arguments.file))
    elif entries:
        said.append(f"Logged: {_listed(log.add(entries))}.")
    elif arguments.remove is not None:
        said.append(_removed(log, arguments.remove))
    everything = logged_time(store)
    whole, latest = time_shares(everything), time_shares(everything, _LATEST)
    return _document(whole, latest), "\n".join([*said, *_lines(whole, latest)])


def _entry(text: str) -> tuple[date, str, float]:
    parts = text.split(":")
    week = read_week(parts[0]) if len(parts) == 3 else None
    hours = read_hours(parts[2]) if len(parts) == 3 else None
    if week is None or hours is None:
        raise BacklightError(f"'{text}' is no logged time: write WEEK:CLASS:HOURS, such as 2026-11-16:strategic:4.5.")
    return week, parts[1], hours


def _imported(log: TimeLog, file: Path) -> str:
    with file.open("rb") as opened:
        weeks = read_time_log(opened.read(MOST_BYTES + 1))
    added = log.save(weeks)
    left = len(weeks) - len(added)
    rest = f"; {left} logged already and left as {'it is' if left == 1 else 'they are'}" if left else ""
    return f"{len(weeks)} {'week' if len(weeks) == 1 else 'weeks'} read: {len(added)} added{rest}."


def _removed(log: TimeLog, text: str) -> str:
    week = read_week(text)
    if week is None:
        raise BadEntry("week", f"cannot be read from '{text}'", "write it as 2026-11-16 or 2026-W47")
    changes = log.remove(week)
    return f"Removed: {_listed(changes)}." if changes else f"The week of {day_text(week)} is not logged."


def _listed(changes: Sequence[LogChange]) -> str:
    return ", ".join(dict.fromkeys(f"the week of {day_text(change.week)}" for change in changes))


def _document(whole: TimeShares, latest: TimeShares) -> dict[str, Any]:
    rows = [{**row, "week": row["week"].isoformat()} for row in whole.frame.to_dict("records")]
    shares = {name: latest.share(name) for name in ("operational", "tactical", "strategic")} if latest.weeks else None
    return {"weeks": rows, "latest_weeks": latest.weeks, "latest_shares": shares}


def _lines(whole: TimeShares, latest: TimeShares) -> list[str]:
    if not whole.weeks:
        return ["No week is logged yet: add one with --add 2026-11-16:strategic:4.5, or a file with --import."]
    rows = [
        f"week of {day_text(row['week'])}: {row['operational']:g} h operational, {row['tactical']:g} h tactical, "
        f"{row['strategic']:g} h strategic"
        for row in whole.frame.to_dict("records")
    ]
    noun = "week" if latest.weeks == 1 else "weeks"
    return [*rows, f"Of the latest {latest.weeks} {noun}: {latest.words}; 70 / 20 / 10 is the usual aim."]
