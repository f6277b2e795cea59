"""A desk for what-ifs: 70 weeks of quick and of slow tickets, closed by two groups whose assignees are recorded."""

from datetime import datetime, timedelta
from typing import Any

FIRST = datetime.fromisoformat("2025-01-06 09:00")  # a Monday
WEEKS = 70
# Category -> tickets a week and days to close; every fourth slow ticket stays open for good.
QUICK, SLOW = 6, 4
GROUPS = {"Desk": 6, "Net: +1": 3}


def what_if_tickets(**more: Any) -> list[dict[str, Any]]:
    """Mail is quick (closed the same day), Reports slow (closed after 20 days or never), Web in between (after 2)."""
    found: list[dict[str, Any]] = []
    for week in range(WEEKS):
        monday = FIRST + timedelta(weeks=week)
        busy = (week * 7) % 5 - 2
        for category, number, days in (("Mail", QUICK + busy, 0), ("Web", QUICK, 2), ("Reports", SLOW, 20)):
            found += [_ticket(monday, place, category, days, week, **more) for place in range(number)]
    # An empty Sunday closes the records.
    end = FIRST + timedelta(weeks=WEEKS) - timedelta(hours=9, minutes=1)
    return [*found, {"opened_at": end, "resolved_at": end, "status": "resolved", "category": "Mail"}]


def _ticket(monday: datetime, place: int, category: str, days: int, week: int, **more: Any) -> dict[str, Any]:
    opened = monday + timedelta(days=place % 5, minutes=place)
    ended = opened + timedelta(days=days, hours=1)
    stays = category == "Reports" and place == 0
    closed = {"status": "resolved", "resolved_at": ended} if not stays else {"status": "new"}
    # What would be closed after the last day is still open.
    last = FIRST + timedelta(weeks=WEEKS) - timedelta(days=1)
    closed = closed if ended < last else {"status": "new"}
    group, people = next(iter(GROUPS.items())) if category != "Web" else ("Net: +1", GROUPS["Net: +1"])
    assignee = f"{group} {(week + place) % people}"
    kind = "incident" if place % 2 else "request"
    return {"opened_at": opened, "category": category, "assignment_group": group, "assignee": assignee,
            "ticket_type": kind, **closed, **more}  # fmt: skip
