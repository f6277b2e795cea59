"""Incidents as a ServiceNow event log, the layout of the public UCI log: one row per update of a ticket."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analytics.demo.as_of import CANCELLED, CLOSED, Shown
from analytics.demo.clock import Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.exports.chunks import Columns, same, write
from analytics.demo.exports.incident_list import IMPACTS, PRIORITIES, URGENCIES, change_numbers, problem_numbers
from analytics.demo.history import History, Step, history
from analytics.demo.text import EVENT_LOG, flags, moments, picked
from analytics.demo.words import Words, group_names, incident_numbers, items, titles

HEADER = (
    "number", "incident_state", "active", "reassignment_count", "reopen_count", "sys_mod_count", "made_sla",
    "caller_id", "opened_by", "opened_at", "sys_created_by", "sys_created_at", "sys_updated_by", "sys_updated_at",
    "contact_type",
    "location", "category", "subcategory", "u_symptom", "cmdb_ci", "impact", "urgency", "priority", "assignment_group",
    "assigned_to", "knowledge", "u_priority_confirmation", "notify", "problem_id", "rfc", "vendor", "caused_by",
    "closed_code", "resolved_by", "resolved_at", "closed_at", "short_description", "business_service", "due_date",
    "department", "comments",
)  # fmt: skip
UNKNOWN = "?"
_STATES = ("New", "Active", "Awaiting User Info", "Resolved", "Closed", "Canceled")
_NUDGES = (
    "Any update on this?",
    "Any news? This is blocking me.",
    "Please let me know when this will be fixed.",
    "Still waiting.",
)


def write_incident_log(path: Path, desk: Desk, shown: Shown, table: Words) -> int:
    """Writes every update of every incident; returns the number of rows."""
    past = history(desk, shown, desk.of("incidents"))
    lines = np.arange(len(past.ticket), dtype=np.int32)
    return write(path, lines, lambda part: _columns(desk, shown, table, past, part), UNKNOWN)


def _columns(desk: Desk, shown: Shown, table: Words, past: History, lines: Ints) -> Columns:
    rows = past.ticket[lines]
    columns = _about(desk, table, rows) | _standing(desk, shown, past, lines) | _times(desk, shown, past, lines)
    columns |= {name: same(UNKNOWN, rows) for name in ("u_symptom", "rfc", "vendor")}
    columns |= {"knowledge": same("false", rows), "notify": same("Do Not Notify", rows)}
    return {name: columns[name] for name in HEADER}


def _about(desk: Desk, table: Words, rows: Ints) -> Columns:
    said, people = desk.facts, desk.people
    opener = picked(people.agents, said.desk_agent[rows])
    return {
        "number": incident_numbers(desk, rows),
        "caller_id": picked(people.requesters, said.requester[rows]),
        "opened_by": opener,
        "sys_created_by": opener,
        "contact_type": picked(list(desk.settings.people["channels"]), said.channel[rows]),
        "location": picked(people.sites, people.site[said.requester[rows]]),
        "department": picked(people.departments, people.department[said.requester[rows]]),
        "category": picked(table.categories, desk.kind[rows]),
        "subcategory": picked(table.subcategories, said.title[rows]),
        "cmdb_ci": items(desk, table, rows),
        "problem_id": problem_numbers(desk, rows),
        "caused_by": change_numbers(desk, rows),
        "short_description": titles(desk, table, rows),
        "business_service": picked(table.services, said.service[rows]),
    }


def _standing(desk: Desk, shown: Shown, past: History, lines: Ints) -> Columns:
    rows, state, priority = past.ticket[lines], past.state[lines], past.priority[lines] - 1
    made = np.minimum(past.minute[lines], shown.resolved[rows]) <= shown.due[rows]
    solved = np.where(shown.resolved[rows] < NEVER, 0, -1).astype(np.int32)
    return {
        "incident_state": picked(_STATES, state),
        "active": flags((state != CLOSED) & (state != CANCELLED)),
        "reassignment_count": pa.array(past.moves[lines]),
        "reopen_count": pa.array(past.reopens[lines]),
        "sys_mod_count": pa.array(past.update[lines]),
        "made_sla": flags(made),
        "impact": picked(IMPACTS, priority),
        "urgency": picked(URGENCIES, priority),
        "priority": picked(PRIORITIES, priority),
        "assignment_group": picked(group_names(desk), past.group[lines]),
        "assigned_to": picked(desk.people.agents, past.agent[lines]),
        "u_priority_confirmation": flags(past.priority[lines] != desk.facts.priority[rows]),
        "closed_code": picked(["Solved (Permanently)"], solved),
        "resolved_by": picked(desk.people.agents, np.where(solved < 0, -1, _solver(desk, rows)).astype(np.int32)),
        "sys_updated_by": _updater(desk, past, lines),
        "comments": _comments(past, lines),
    }


def _solver(desk: Desk, rows: Ints) -> Ints:
    return np.where(desk.course.fixed_at_desk, desk.facts.desk_agent, desk.facts.agent)[rows].astype(np.int32)


def _updater(desk: Desk, past: History, lines: Ints) -> pa.Array:
    """The requester on a nudge, else whoever holds the ticket, else the desk."""
    rows, nudged = past.ticket[lines], past.step[lines] == Step.NUDGED
    holder = np.where(past.agent[lines] >= 0, past.agent[lines], desk.facts.desk_agent[rows]).astype(np.int32)
    return pc.if_else(
        pa.array(nudged),
        picked(desk.people.requesters, desk.facts.requester[rows]),
        picked(desk.people.agents, holder),
    )


def _comments(past: History, lines: Ints) -> pa.Array:
    nudged = past.step[lines] == Step.NUDGED
    return picked(_NUDGES, np.where(nudged, (past.ticket[lines] + past.update[lines]) % len(_NUDGES), -1))


def _times(desk: Desk, shown: Shown, past: History, lines: Ints) -> Columns:
    rows = past.ticket[lines]
    times = {
        "opened_at": desk.course.opened[rows],
        "sys_created_at": desk.course.opened[rows],
        "sys_updated_at": past.minute[lines],
        "resolved_at": shown.resolved[rows],
        "closed_at": shown.closed[rows],
        "due_date": shown.due[rows],
    }
    period = desk.settings
    return {name: moments(minutes, EVENT_LOG, period.start, period.days) for name, minutes in times.items()}
