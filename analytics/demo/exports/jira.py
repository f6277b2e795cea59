"""The application team's tracker as a Jira Service Management CSV."""

from pathlib import Path

import numpy as np
import pyarrow as pa

from analytics.demo.as_of import CANCELLED, CLOSED, HELD, NEW, RESOLVED, Shown
from analytics.demo.clock import Ints
from analytics.demo.course import NEVER
from analytics.demo.desk import Desk
from analytics.demo.exports.chunks import Columns, same, write
from analytics.demo.text import JIRA, blank, joined, moments, picked, spans
from analytics.demo.words import Words, group_names, is_request, titles

PROJECT, PROJECT_NAME = "APP", "Application Support"
_STATES = ("Waiting for support", "In Progress", "Waiting for customer", "Resolved", "Closed", "Canceled")
_PRIORITIES = ("Highest", "High", "Medium", "Low", "Lowest")
_CHANNELS = {"Phone": "phone", "Email": "email", "Self-service": "portal", "Chat": "chat", "Walk-in": "walk-in"}
_FIRST_ISSUE_ID = 70_000
_NUDGES = (
    "Any update on this?",
    "Hi, any news here? We still need it.",
    "Is anybody looking at this?",
    "Following up on this.",
)


def write_issues(path: Path, desk: Desk, shown: Shown, table: Words) -> int:
    """Writes every ticket of the team; returns the number of rows."""
    return write(path, desk.of("applications"), lambda rows: _columns(desk, shown, table, rows))


def issue_keys(desk: Desk, rows: Ints) -> pa.Array:
    """Keys such as APP-42."""
    return joined(f"{PROJECT}-", pa.array(desk.number[rows]).cast(pa.string()))


def _columns(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    return _about(desk, shown, table, rows) | _times(desk, shown, rows) | _custom(desk, shown, table, rows)


def _about(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    state = shown.state[rows]
    category = np.where(state == NEW, 0, np.where(state <= HELD, 1, 2)).astype(np.int32)
    resolution = np.where(state == CANCELLED, 1, np.where(state >= RESOLVED, 0, -1)).astype(np.int32)
    requester = picked(desk.people.requesters, desk.facts.requester[rows])
    return {
        "Summary": titles(desk, table, rows),
        "Issue key": issue_keys(desk, rows),
        "Issue id": pa.array(_FIRST_ISSUE_ID + 3 * desk.number[rows]),
        "Issue Type": picked(["Incident", "Service Request"], is_request(desk, rows).astype(np.int32)),
        "Status": picked(_STATES, state),
        "Status Category": picked(["To Do", "In Progress", "Done"], category),
        "Project key": same(PROJECT, rows),
        "Project name": same(PROJECT_NAME, rows),
        "Priority": picked(_PRIORITIES, shown.priority[rows] - 1),
        "Resolution": picked(["Done", "Won't Do"], resolution),
        "Assignee": picked(desk.people.agents, shown.agent[rows]),
        "Reporter": requester,
        "Creator": requester,
    }


def _times(desk: Desk, shown: Shown, rows: Ints) -> Columns:
    # Jira stamps Resolved when the resolution is set, also that of a ticket nobody wants any more.
    withdrawn = shown.state == CANCELLED
    times = {
        "Created": desk.course.opened,
        "Updated": shown.updated,
        "Resolved": np.where(withdrawn, desk.course.cancelled, shown.resolved),
        "Due date": shown.due,
        "Custom field ([CHART] Date of First Response)": shown.responded,
    }
    period = desk.settings
    return {name: moments(minutes[rows], JIRA, period.start, period.days) for name, minutes in times.items()}


def _remaining(desk: Desk, due: Ints, until: Ints, rows: Ints) -> pa.Array:
    """Working time left at the end, negative when too late; of a ticket still open, at the export."""
    end = np.minimum(until[rows], desk.settings.horizon)
    return spans(np.floor(desk.clock.at(due[rows]) - desk.clock.at(end)).astype(np.int32), end >= 0, "")


def _custom(desk: Desk, shown: Shown, table: Words, rows: Ints) -> Columns:
    said, people = desk.facts, desk.people
    channels = [_CHANNELS[channel] for channel in desk.settings.people["channels"]]
    ended = np.where(shown.state == CANCELLED, desk.course.cancelled, shown.resolved)
    return {
        "Custom field (Team)": picked(group_names(desk), desk.course.group[rows]),
        "Custom field (Category)": picked(table.categories, desk.kind[rows]),
        "Custom field (Affected services)": picked(table.services, said.service[rows]),
        "Custom field (Request channel type)": picked(channels, said.channel[rows]),
        "Custom field (Department)": picked(people.departments, people.department[said.requester[rows]]),
        "Custom field (Time to first response)": _remaining(desk, shown.response_due, shown.responded, rows),
        "Custom field (Time to resolution)": _remaining(desk, shown.due, ended, rows),
        "Satisfaction rating": _ratings(desk, shown, rows),
        "Comment": _comment(desk, shown, rows),
    }


def _ratings(desk: Desk, shown: Shown, rows: Ints) -> pa.Array:
    """1 to 5 from those who answer the survey: lower when the ticket was late."""
    draw = np.random.default_rng(desk.seed + 1).random((2, len(desk.kind)))[:, rows]
    stars = np.clip(np.floor(5.9 - 3.2 * draw[0] ** 2 - np.where(shown.in_time[rows], 0, 1.2)), 1, 5).astype(np.int32)
    rated = (draw[1] < desk.settings.habits["rated"]) & (shown.state[rows] >= RESOLVED) & (shown.state[rows] <= CLOSED)
    return blank(pa.array(stars).cast(pa.string()), ~rated)


def _comment(desk: Desk, shown: Shown, rows: Ints) -> pa.Array:
    """The latest nudge: date, account and text, as Jira writes a comment."""
    period, nudged = desk.settings, desk.nudges[rows] > 0
    opened = desk.course.opened[rows]
    ended = np.minimum(np.minimum(shown.resolved, desk.course.cancelled), period.horizon)[rows]
    asked = np.where(nudged, opened + (ended - opened) * 4 // 5, NEVER).astype(np.int32)
    said = picked(_NUDGES, (desk.number[rows] % len(_NUDGES)).astype(np.int32))
    account = picked(desk.people.requesters, desk.facts.requester[rows])
    return joined(moments(asked, JIRA, period.start, period.days), account, said, between=";")
