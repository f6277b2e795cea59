"""Service requests as a Freshservice ticket export: Title Case headers, one row per ticket."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.demo.as_of import CLOSED, HELD, RESOLVED, Shown
from analytics.demo.clock import Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.exports.chunks import Columns, same, write
from analytics.demo.facts import of_kind
from analytics.demo.text import ISO, blank, moments, picked, spans
from analytics.demo.words import Words, group_names, titles

FIRST_ID = 10_000
_STATES = ("Open", "Open", "Pending", "Resolved", "Closed", "Closed")
_PRIORITIES = ("Urgent", "High", "Medium", "Low")
_LEVELS = ("High", "High", "Medium", "Low")
_CHANNELS = {"Phone": "Phone", "Email": "Email", "Self-service": "Portal", "Chat": "Chat", "Walk-in": "Walkup"}


def write_requests(path: Path, desk: Desk, shown: Shown, table: Words) -> int:
    """Writes every service request; returns the number of rows."""
    return write(path, desk.of("requests"), lambda rows: _columns(desk, shown, table, rows))


def _columns(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    return _about(desk, shown, table, rows) | _times(desk, shown, rows) | _verdicts(desk, shown, rows)


def _about(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    said, people, priority = desk.facts, desk.people, shown.priority[rows] - 1
    sources = [_CHANNELS[channel] for channel in desk.settings.people["channels"]]
    return {
        "Ticket Id": pa.array(FIRST_ID + desk.number[rows]),
        "Subject": titles(desk, table, rows),
        "Status": picked(_STATES, shown.state[rows]),
        "Priority": picked(_PRIORITIES, priority),
        "Impact": picked(_LEVELS, priority),
        "Urgency": picked(_LEVELS, priority),
        "Source": picked(sources, said.channel[rows]),
        "Type": same("Service Request", rows),
        "Agent": picked(people.agents, shown.agent[rows]),
        "Group": picked(group_names(desk), desk.course.group[rows]),
        "Requester Name": picked(people.requesters, said.requester[rows]),
        "Requester Location": picked(people.sites, people.site[said.requester[rows]]),
        "Department": picked(people.departments, people.department[said.requester[rows]]),
        "Category": picked(table.categories, desk.kind[rows]),
        "Sub-Category": picked(table.subcategories, said.title[rows]),
        "Item": picked(table.services, said.service[rows]),
    }


def _times(desk: Desk, shown: Shown, rows: Ints) -> Columns:
    times = {
        "Created Time": desk.course.opened,
        "Due by Time": shown.due,
        "Initial Response Time": shown.responded,
        "Resolved Time": shown.resolved,
        "Closed Time": shown.closed,
        "Last Updated Time": shown.updated,
        "Needed By": desk.needed,
    }
    period = desk.settings
    return {name: moments(minutes[rows], ISO, period.start, period.days) for name, minutes in times.items()}


def _working(desk: Desk, until: Ints, rows: Ints) -> Ints:
    return np.floor(desk.clock.at(until[rows]) - desk.clock.at(desk.course.opened[rows])).astype(np.int32)


def _verdicts(desk: Desk, shown: Shown, rows: Ints) -> Columns:
    """Durations in business hours, whether the targets were met, and how often both sides wrote."""
    answered, done = shown.responded[rows] < NEVER, shown.resolved[rows] < NEVER
    ended = (shown.state[rows] == RESOLVED) | (shown.state[rows] == CLOSED)
    verdict = np.where(ended, np.where(shown.in_time[rows], 0, 1), -1).astype(np.int32)
    replied = (shown.responded > shown.response_due)[rows].astype(np.int32)
    simple, nudges = desk.course.fixed_at_desk[rows], desk.nudges[rows]
    asked = np.where(simple, 0, 1 + desk.facts.title[rows] % 2) + nudges + (shown.state[rows] == HELD)
    # Answered once at the desk; elsewhere one answer, one at the end, and one to each question.
    wrote = np.where(answered, 1 + np.where(simple, 0, done.astype(np.int32)) + nudges, 0)
    return {
        "First Response Time (in Hrs)": spans(_working(desk, shown.responded, rows), answered),
        "Resolution Time (in Hrs)": spans(_working(desk, shown.resolved, rows), done),
        "First Response Status": blank(picked(["Within SLA", "SLA Violated"], replied), ~answered),
        "Resolution Status": picked(["Within SLA", "SLA Violated"], verdict),
        "Agent interactions": pa.array(wrote),
        "Customer interactions": pa.array(asked),
        "Time Tracked": spans(np.ceil(desk.course.effort_minutes[rows]).astype(np.int32), done),
        "Approval Status": _approvals(desk, rows),
    }


def _approvals(desk: Desk, rows: Ints) -> pa.Array:
    """Software and hardware are bought, so somebody has approved them."""
    bought = np.isin(of_kind(desk.settings, "key", desk.kind[rows]), ["software", "hardware"])
    return picked(["Not Requested", "Approved"], bought.astype(np.int32))
