"""Odd desks: tickets in which a forecast can go wrong, by what is odd about them."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

import numpy as np

MONDAY = datetime.fromisoformat("2022-01-03 09:00")
Tickets = list[dict[str, Any]]
_HOUR = timedelta(hours=1)


def ticket(opened: datetime, ended: datetime | None = None, **more: Any) -> dict[str, Any]:
    """A ticket, resolved if it has an end."""
    status = "resolved" if ended else "new"
    return {"opened_at": opened, "status": status, **({"resolved_at": ended} if ended else {}), **more}


def stream(weeks: int, a_week: float = 12, first: datetime = MONDAY, seed: int = 1, **more: Any) -> Tickets:
    """Random arrivals at working hours that stay ten days on average; the last one closes the last week."""
    random = np.random.default_rng(seed)
    end = first.replace(hour=0) + timedelta(weeks=weeks)
    opened = [
        first + timedelta(weeks=week, days=int(day), minutes=int(minute))
        for week in range(weeks)
        for day, minute in zip(*_moments(random, random.poisson(a_week)), strict=True)
    ]
    ends = [
        begin + timedelta(days=float(stay))
        for begin, stay in zip(opened, random.exponential(10, len(opened)), strict=True)
    ]
    listed = [ticket(begin, ended if ended < end else None, **more) for begin, ended in zip(opened, ends, strict=True)]
    last = end - timedelta(minutes=1)
    return [*listed, ticket(last, last, **more)]


def _moments(random: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    return random.integers(0, 5, count), random.integers(0, 8 * 60, count)


def _weekly(weeks: int, each: int, stay: timedelta | None) -> Tickets:
    """The same number each week, all with the same stay, or never ended."""
    opened = [MONDAY + timedelta(weeks=week, days=place % 5) for week in range(weeks) for place in range(each)]
    sunday = MONDAY + timedelta(weeks=weeks) - timedelta(hours=10)
    listed = [ticket(begin, begin + stay if stay else None) for begin in opened]
    return [*listed, ticket(sunday, sunday)]


def _at_midnight(listed: Iterable[dict[str, Any]]) -> Tickets:
    times = ("opened_at", "resolved_at")
    return [
        found
        | {name: found[name].replace(hour=0, minute=0, second=0, microsecond=0) for name in times if name in found}
        for found in listed
    ]


def _all_closed_on_one_day() -> Tickets:
    day = MONDAY + timedelta(weeks=90)
    return [
        found | {"resolved_at": day, "status": "resolved"} if found["opened_at"] < day else found
        for found in stream(100)
    ]


def _ended_first() -> Tickets:
    return [
        found | {"resolved_at": found["opened_at"] - timedelta(days=place % 40)} if place % 3 == 0 else found
        for place, found in enumerate(stream(100))
    ]


def _quiet_tail() -> Tickets:
    """Ninety weeks of work, then twenty in which nothing is opened and the feed goes on (one ticket is ended)."""
    end = MONDAY + timedelta(weeks=110) - timedelta(hours=10)
    return [*stream(90), ticket(MONDAY + timedelta(weeks=80), end)]


DESKS: dict[str, Callable[[], Tickets]] = {
    "one ticket": lambda: [ticket(MONDAY)],
    "one closed ticket": lambda: [ticket(MONDAY, MONDAY + _HOUR)],
    "all on one day": lambda: [ticket(MONDAY + place * _HOUR / 60, MONDAY + 2 * _HOUR) for place in range(300)],
    "nought to the end": _quiet_tail,
    "a stopped feed": lambda: [*stream(60), ticket(MONDAY + timedelta(weeks=100))],
    "days without times": lambda: _at_midnight(stream(120)),
    "all closed on one day": _all_closed_on_one_day,
    "none ever closed": lambda: _weekly(80, 10, None),
    "ended before opened": _ended_first,
    "one old ticket": lambda: [ticket(MONDAY - timedelta(days=3653)), *stream(100)],
    "exactly constant": lambda: _weekly(120, 10, timedelta(days=2)),
    "closed at once": lambda: _weekly(120, 10, timedelta(0)),
    "two centuries": lambda: [ticket(datetime.fromisoformat("1926-01-04")), ticket(MONDAY)],
    "no opening times": lambda: [{"status": "resolved", "resolved_at": MONDAY} for _ in range(50)],
    "a flood": lambda: [*stream(100), *(ticket(MONDAY + timedelta(weeks=98)) for _ in range(800))],
    "a silent stretch": lambda: [*stream(25, 2), *stream(22, 2, MONDAY + timedelta(weeks=40), seed=2)],
    "one a month": lambda: stream(150, 0.25),
    "a twentyfold growth": lambda: [
        found for step in range(10) for found in stream(10, 2 * 1.4**step, MONDAY + timedelta(weeks=10 * step), step)
    ],
    "12 weeks": lambda: _weekly(12, 10, timedelta(hours=2)),
    "13 weeks": lambda: _weekly(13, 10, timedelta(hours=2)),
    "13 uneven weeks": lambda: stream(13),
    "20 weeks": lambda: stream(20),
    "41 weeks": lambda: stream(41),
    "42 weeks": lambda: stream(42),
    "48 weeks": lambda: stream(48),
}
