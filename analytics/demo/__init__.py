"""A simulated service desk with planted truths: it writes exports, which are then imported like any others."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from analytics.demo.as_of import Shown, show
from analytics.demo.desk import Desk, simulate
from analytics.demo.exports.change_and_problem_lists import write_changes, write_problems
from analytics.demo.exports.freshservice import write_requests
from analytics.demo.exports.incident_list import write_incident_list
from analytics.demo.exports.incident_log import write_incident_log
from analytics.demo.exports.jira import write_issues
from analytics.demo.settings import settings
from analytics.demo.truths import header, truths
from analytics.demo.without import without
from analytics.demo.words import Words, words
from analytics.errors import BacklightError

DEFAULT_TICKETS = 30_000
FEWEST_TICKETS = 500
# Above this size the incidents come without their history: one row per ticket.
MOST_WITH_HISTORY = 200_000
TRUTHS = "truths.json"


class TooFewTickets(BacklightError):
    """Fewer tickets than the planted truths and five groups need."""

    def __init__(self, tickets: int) -> None:
        super().__init__(f"The simulated desk needs at least {FEWEST_TICKETS} tickets, not {tickets}: ask for more.")


def write_exports(
    folder: Path,
    tickets: int = DEFAULT_TICKETS,
    seed: int = 7,
    progress: Callable[[str], None] | None = None,
    leave_out: Iterable[str] = (),
) -> list[Path]:
    """Simulates a desk with exactly so many tickets over all files and writes its exports to `folder`.

    Returns the files in the order to import them; `truths.json`, which says what was planted, lies beside them. The
    same number and seed give the same bytes. `leave_out` names truths that are not planted (`all`: none is). Raises
    `TooFewTickets` under 500, `UnknownName` for a truth that is none.
    """
    if tickets < FEWEST_TICKETS:
        raise TooFewTickets(tickets)
    say = progress or (lambda _: None)
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Simulating {tickets:,} tickets")
    desk = simulate(without(settings(), leave_out), tickets, seed, say)
    shown, table = show(desk), words(desk.settings)
    rows = _write_all(folder, desk, shown, table, say)
    document = header(desk) | {"files": rows, "truths": truths(desk, shown)}
    (folder / TRUTHS).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return [folder / str(file["file"]) for file in rows]


def _write_all(
    folder: Path, desk: Desk, shown: Shown, table: Words, say: Callable[[str], None]
) -> list[dict[str, Any]]:
    """Writes each file; returns its name, layout, tickets and rows."""
    written = []
    for file, layout, tickets, write in _files(desk, shown, table):
        say(f"Writing {file}")
        written.append({"file": file, "layout": layout, "tickets": tickets, "rows": write(folder / file)})
    return written


def _files(desk: Desk, shown: Shown, table: Words) -> list[tuple[str, str, int, Callable[[Path], int]]]:
    """Name, layout, number of tickets and writer of each file; changes first, so that incidents find their cause."""
    changes, problems = len(desk.records.changes.opened), len(desk.records.problems.opened)
    incidents, write = ("servicenow_incident_log.csv", "ServiceNow event log"), write_incident_log
    if len(desk.kind) + changes + problems > MOST_WITH_HISTORY:
        incidents, write = ("servicenow_incidents.csv", "ServiceNow list"), write_incident_list
    jira, freshservice = "jira_service_management.csv", "freshservice_requests.csv"
    return [
        ("servicenow_changes.csv", "ServiceNow list", changes, lambda path: write_changes(path, desk)),
        ("servicenow_problems.csv", "ServiceNow list", problems, lambda path: write_problems(path, desk)),
        (*incidents, len(desk.of("incidents")), lambda path: write(path, desk, shown, table)),
        (jira, "Jira", len(desk.of("applications")), lambda path: write_issues(path, desk, shown, table)),
        (freshservice, "Freshservice", len(desk.of("requests")), lambda path: write_requests(path, desk, shown, table)),
    ]
