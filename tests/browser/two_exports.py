"""Two ServiceNow exports of one small desk, made by arithmetic: one taken today, and one some weeks later.

Until the day on which the desk began to notify people, six in forty tickets a week only ask about an earlier one;
from then on nobody asks.
"""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

FIRST = datetime.fromisoformat("2026-01-05 09:00")  # a Monday
STARTED = date(2026, 6, 1)  # a Monday, in week 21
WEEKS_BEFORE = 21
WEEKS_IN_ALL = 29
ORDINARY, CHASERS = 40, 6
GROUP = "Service Desk"
HEADER = (
    "number", "short_description", "state", "priority", "category", "assignment_group", "caller_id",
    "opened_at", "resolved_at", "closed_at",
)  # fmt: skip


@dataclass(frozen=True)
class _Row:
    title: str
    opened: datetime
    hours: float
    caller: str
    category: str


def export(weeks: int) -> bytes:
    """The desk's tickets of so many whole weeks."""
    rows = sorted((row for week in range(weeks) for row in _week(week)), key=lambda row: row.opened)
    until = FIRST + timedelta(weeks=weeks)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for place, row in enumerate(rows):
        ended = row.opened + timedelta(hours=row.hours)
        done = str(ended) if ended < until else ""
        state = "Closed" if done else "In Progress"
        writer.writerow(
            [
                f"INC{place + 1:07}",
                row.title,
                state,
                "3 - Moderate",
                row.category,
                GROUP,
                row.caller,
                row.opened,
                done,
                done,
            ]
        )
    return text.getvalue().encode()


def opened_in_week(week: int) -> int:
    """How many tickets the week brings, counted without Backlight."""
    return len(_week(week))


def _week(week: int) -> list[_Row]:
    monday = FIRST + timedelta(weeks=week)
    # One more or one less from week to week: without any variation nothing could be judged.
    ordinary = [_ordinary(monday, week, place) for place in range(ORDINARY + week % 3 - 1)]
    asked = CHASERS if monday.date() < STARTED else 0
    return ordinary + [_chaser(monday, week, place) for place in range(asked)]


def _ordinary(monday: datetime, week: int, place: int) -> _Row:
    opened = monday + timedelta(days=place % 5, minutes=11 * place)
    what = ("Laptop does not start", "Cannot print", "Mailbox full", "No access to the share")[(place + week) % 4]
    return _Row(f"{what} {place}", opened, 30 + 7 * (place % 9), f"Person {(7 * week + place) % 97}", "Workplace")


def _chaser(monday: datetime, week: int, place: int) -> _Row:
    opened = monday + timedelta(days=place % 5, hours=6, minutes=place)
    return _Row("Any update on my ticket?", opened, 0.5, f"Person {(7 * week + place) % 97}", "Enquiry")
