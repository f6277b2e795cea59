"""Tickets of a desk with a strong season, whose backlog can be forecast."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

MONDAY = datetime.fromisoformat("2023-01-02 00:00")
WEEKS = 120
_END = MONDAY + timedelta(weeks=WEEKS) - timedelta(hours=1)


def seasonal_tickets(categories: tuple[str | None, ...] = ("Mail",)) -> list[dict[str, Any]]:
    """About 50 a week, half as many more in the season, open for three weeks on average.

    `categories` by turns, and twelve people by chance; one ticket in seven has no assignee.
    """
    random = np.random.default_rng(11)
    listed = []
    for week in range(WEEKS):
        for number in range(random.poisson(50 * (1 + 0.5 * np.sin(2 * np.pi * week / 52.18)))):
            opened = MONDAY + timedelta(weeks=week, hours=8 + int(random.integers(0, 100)))
            ended, person = opened + timedelta(weeks=float(random.exponential(3.0))), f"P{random.integers(12)}"
            done = {"resolved_at": ended, "status": "resolved"} if ended < _END else {"status": "new"}
            named = {"category": categories[number % len(categories)], **({"assignee": person} if number % 7 else {})}
            listed.append({"opened_at": opened, **named, **done})
    return [*listed, {"opened_at": _END, "resolved_at": _END, "status": "resolved"}]
