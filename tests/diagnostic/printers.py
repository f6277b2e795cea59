"""A desk with printers: each breaks now and then, and one of them, if wanted, again and again."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tests.warehouse_of import Ticket

AS_OF = datetime.fromisoformat("2026-06-30 12:00")
FAULTY = "PRN-0014"
OTHERS = 20
# Days before the as-of time on which the faulty one broke: 8 of them within 90 days.
BROKE = (3, 12, 20, 33, 41, 55, 68, 80, 100, 130, 160)


def fault(days: float, item: str | None = FAULTY, hours: float | None = 5, **more: Any) -> dict[str, Any]:
    """An incident opened so many days before the as-of time, resolved after some hours."""
    # Not all at the same minute of the day, as a machine would.
    opened = AS_OF - timedelta(days=days, minutes=int(days * 997) % 240)
    ended = {"resolved_at": opened + timedelta(hours=hours), "status": "resolved"} if hours is not None else {}
    return {
        "opened_at": opened, "ticket_type": "incident", "status": "new", "category": "Printing", "service": "Print",
        "configuration_item": item, "title": f"Print queue stuck on {item}", **ended, **more,
    }  # fmt: skip


def quiet_printers() -> list[Ticket]:
    """Each of the others breaks once in each half year, every one in its own way."""
    return [
        fault(
            5 + 8 * (place - 20) + 180 * half,
            f"PRN-{place:04}",
            title=f"{'abcdefghijklmnopqrstuvwxyz'[place - 20] * 9} jam",
        )
        for place in range(20, 20 + OTHERS)
        for half in (0, 1)
    ]


def faulty_printer(days: Iterable[float] = BROKE, **more: Any) -> list[Ticket]:
    """The one that breaks again and again."""
    return [fault(day, **more) for day in days]


def newest() -> Ticket:
    """A request that fixes the as-of time."""
    return fault(0, None, None, ticket_type="request", title="A new chair", category="Furniture")
