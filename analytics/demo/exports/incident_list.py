"""Incidents as a ServiceNow list export: one row per ticket, field names as header."""

from pathlib import Path

import pyarrow as pa

from analytics.demo.as_of import CANCELLED, CLOSED, Shown
from analytics.demo.clock import Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.exports.chunks import Columns, write
from analytics.demo.text import ISO, flags, moments, numbered, picked
from analytics.demo.words import Words, group_names, incident_numbers, items, titles

STATES = ("New", "In Progress", "On Hold", "Resolved", "Closed", "Canceled")
PRIORITIES = ("1 - Critical", "2 - High", "3 - Moderate", "4 - Low")
IMPACTS = ("1 - High", "1 - High", "2 - Medium", "3 - Low")
URGENCIES = ("1 - High", "2 - Medium", "2 - Medium", "3 - Low")


def write_incident_list(path: Path, desk: Desk, shown: Shown, table: Words) -> int:
    """Writes every incident; returns the number of rows."""
    return write(path, desk.of("incidents"), lambda rows: _columns(desk, shown, table, rows))


def _columns(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    return _about(desk, table, rows) | _state(desk, shown, rows) | _times(desk, shown, rows)


def _about(desk: Desk, table: Words, rows: Ints) -> Columns:
    said, people = desk.facts, desk.people
    return {
        "number": incident_numbers(desk, rows),
        "short_description": titles(desk, table, rows),
        "caller_id": picked(people.requesters, said.requester[rows]),
        "location": picked(people.sites, people.site[said.requester[rows]]),
        "department": picked(people.departments, people.department[said.requester[rows]]),
        "contact_type": picked(list(desk.settings.people["channels"]), said.channel[rows]),
        "category": picked(table.categories, desk.kind[rows]),
        "subcategory": picked(table.subcategories, said.title[rows]),
        "business_service": picked(table.services, said.service[rows]),
        "cmdb_ci": items(desk, table, rows),
        "problem_id": problem_numbers(desk, rows),
        "caused_by": change_numbers(desk, rows),
    }


def _state(desk: Desk, shown: Shown, rows: Ints) -> Columns:
    priority, state = shown.priority[rows] - 1, shown.state[rows]
    return {
        "state": picked(STATES, state),
        "active": flags((state != CLOSED) & (state != CANCELLED)),
        "impact": picked(IMPACTS, priority),
        "urgency": picked(URGENCIES, priority),
        "priority": picked(PRIORITIES, priority),
        "assignment_group": picked(group_names(desk), desk.course.group[rows]),
        "assigned_to": picked(desk.people.agents, shown.agent[rows]),
        "reassignment_count": pa.array(shown.moves[rows]),
        "reopen_count": pa.array(shown.reopens[rows]),
        "made_sla": flags(shown.in_time[rows]),
        "close_code": picked(["Solved (Permanently)"], -(shown.resolved[rows] >= NEVER).astype("int32")),
    }


def _times(desk: Desk, shown: Shown, rows: Ints) -> Columns:
    times = {
        "opened_at": desk.course.opened,
        "due_date": shown.due,
        "resolved_at": shown.resolved,
        "closed_at": shown.closed,
        "sys_updated_on": shown.updated,
    }
    period = desk.settings
    return {name: moments(minutes[rows], ISO, period.start, period.days) for name, minutes in times.items()}


def problem_numbers(desk: Desk, rows: Ints) -> pa.Array:
    """The problem that each incident is linked to."""
    return record_numbers("PRB", desk.records.problem[rows])


def change_numbers(desk: Desk, rows: Ints) -> pa.Array:
    """The change that caused each incident."""
    return record_numbers("CHG", desk.records.cause[rows])


def record_numbers(prefix: str, places: Ints) -> pa.Array:
    """Numbers of changes or problems by their position; null for -1."""
    return numbered(prefix, places + (places >= 0), 7)
