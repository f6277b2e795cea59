"""Change and problem records as ServiceNow list exports."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.demo.as_of import seen
from analytics.demo.clock import Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.exports.chunks import Columns, write
from analytics.demo.exports.incident_list import record_numbers
from analytics.demo.text import ISO, joined, moments, padded, picked
from analytics.demo.words import group_names

_CHANGES = (
    "Install monthly patches", "Renew certificate", "Restart service after update", "Extend storage", "Firewall rule",
    "Firmware update", "Move virtual machine", "New mailbox policy", "Database index", "Switch replacement",
)  # fmt: skip
_PROBLEMS = (
    "Repeated disconnects", "Slow sign-in on Monday mornings", "Backup runs into office hours", "Mail delay",
    "Memory leak after update", "Certificate expiry not noticed", "Nightly batch fails", "Wi-Fi roaming gaps",
)  # fmt: skip
_SERVICES = ("Workplace", "Network", "Hosting", "CRM")
_CATEGORIES = ("Workstation", "Network", "Server and storage", "CRM")
_CHANGE_STATES = ("New", "Scheduled", "Implement", "Review", "Closed")
_PROBLEM_STATES = ("New", "Root Cause Analysis", "Fix in Progress", "Resolved", "Closed")


def write_changes(path: Path, desk: Desk) -> int:
    """Writes every change; returns the number of rows."""
    return write(path, np.arange(len(desk.records.changes.opened), dtype=np.int32), lambda rows: _changes(desk, rows))


def write_problems(path: Path, desk: Desk) -> int:
    """Writes every problem; returns the number of rows."""
    return write(path, np.arange(len(desk.records.problems.opened), dtype=np.int32), lambda rows: _problems(desk, rows))


def _moments(desk: Desk, times: dict[str, Ints], rows: Ints) -> Columns:
    period = desk.settings
    return {name: moments(minutes[rows], ISO, period.start, period.days) for name, minutes in times.items()}


def _instead(texts: pa.Array, rows: Ints, place: int, text: str) -> pa.Array:
    values = texts.to_numpy(zero_copy_only=False)
    return pa.array(np.where(rows == place, text, values), pa.string())


def _changes(desk: Desk, rows: Ints) -> Columns:
    change, bad, horizon = desk.records.changes, desk.settings.bad_change, desk.settings.horizon
    steps = np.stack([step[rows] for step in (change.opened + 30, change.starts, change.ends, change.closed)])
    state = (steps < horizon).sum(axis=0).astype(np.int32)
    ended = change.ends[rows] < horizon
    outcome = np.where(ended, 2 * change.failed[rows] + (change.what[rows] % 17 == 0) * (1 - change.failed[rows]), -1)
    title, service = picked(_CHANGES, change.what[rows] % len(_CHANGES)), picked(_SERVICES, change.group[rows] - 1)
    item = joined("SRV-", padded(change.item[rows], 4))
    closed = seen(change.closed, horizon)
    updated = np.where(
        closed < NEVER, closed, np.minimum(np.where(change.ends < horizon, change.ends, change.opened), horizon)
    )
    return {
        "number": record_numbers("CHG", rows),
        "type": picked(["Standard", "Normal", "Emergency"], change.tier[rows]),
        "state": picked(_CHANGE_STATES, state),
        "short_description": _instead(title, rows, change.planted, bad["title"]),
        "priority": picked(["4 - Low", "3 - Moderate", "2 - High"], change.tier[rows]),
        "risk": picked(["Low", "Moderate", "High"], change.tier[rows]),
        "business_service": _instead(service, rows, change.planted, bad["service"]),
        "cmdb_ci": _instead(item, rows, change.planted, bad["item"]),
        "assignment_group": picked(group_names(desk), change.group[rows]),
        "assigned_to": picked(desk.people.agents, change.agent[rows]),
        "close_code": picked(["Successful", "Successful with issues", "Unsuccessful"], outcome.astype(np.int32)),
        **_moments(
            desk,
            {
                "opened_at": change.opened,
                "start_date": change.starts,
                "end_date": change.ends,
                "closed_at": closed,
                "sys_updated_on": updated.astype(np.int32),
            },
            rows,
        ),
    }


def _problems(desk: Desk, rows: Ints) -> Columns:
    problem, horizon = desk.records.problems, desk.settings.horizon
    resolved, closed = seen(problem.resolved, horizon), seen(problem.closed, horizon)
    age = horizon - problem.opened[rows]
    working = np.where(age < 3 * 1440, 0, np.where(age < 15 * 1440, 1, 2))
    state = np.where(closed[rows] < NEVER, 4, np.where(resolved[rows] < NEVER, 3, working)).astype(np.int32)
    updated = np.where(closed < NEVER, closed, np.where(resolved < NEVER, resolved, problem.opened))
    # A tenth of the records belong to a team and to nobody in it.
    agent = np.where(problem.what[rows] % 10 == 0, -1, problem.agent[rows]).astype(np.int32)
    return {
        "number": record_numbers("PRB", rows),
        "short_description": picked(_PROBLEMS, problem.what[rows] % len(_PROBLEMS)),
        "state": picked(_PROBLEM_STATES, state),
        "priority": picked(["3 - Moderate", "4 - Low", "2 - High"], problem.what[rows] % 3),
        "category": picked(_CATEGORIES, problem.group[rows] - 1),
        "cmdb_ci": joined("SRV-", padded(problem.item[rows], 4)),
        "assignment_group": picked(group_names(desk), problem.group[rows]),
        "assigned_to": picked(desk.people.agents, agent),
        **_moments(
            desk,
            {
                "opened_at": problem.opened,
                "resolved_at": resolved,
                "closed_at": closed,
                "sys_updated_on": updated.astype(np.int32),
            },
            rows,
        ),
    }
