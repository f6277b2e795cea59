"""A ServiceNow export made by arithmetic, and its numbers worked out again from the rows, without Backlight.

Times are local: no clock changes in America/Sao_Paulo, so differences of local times are hours that passed.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

ZONE = "America/Sao_Paulo"
GROUPS = ("Service Desk", "Network", "Field Support")
CATEGORIES = ("Email", "Network access", "Printer", "Password")
HOSTILE = "![x](http://127.0.0.1:1/beacon)<img src=x onerror=alert(1)>"
FORMULA = "=1+1"
# All three in one group, the second.
TITLES = {100: HOSTILE, 103: FORMULA}
FIRST = datetime.fromisoformat("2026-03-03 08:00")
TICKETS = 120
CANCELLED = 49
REJECTED_LINE = TICKETS + 3  # after the header, the tickets and the first of them once more


@dataclass(frozen=True)
class Row:
    """One ticket as the export has it."""

    number: str
    opened: datetime
    resolved: datetime | None
    closed: datetime | None
    due: datetime
    state: str
    group: str
    category: str
    priority: int
    title: str
    reassigned: int
    reopened: int

    @property
    def ended(self) -> datetime | None:
        return self.resolved or self.closed

    def cells(self) -> list[str]:
        times = (self.opened, self.resolved, self.closed, self.due)
        words = ("Critical", "High", "Moderate", "Low")
        return [
            self.number, self.title, self.state, f"{self.priority} - {words[self.priority - 1]}", self.category,
            self.group, *(str(time or "") for time in times), str(self.reassigned), str(self.reopened),
        ]  # fmt: skip


HEADER = (
    "number", "short_description", "state", "priority", "category", "assignment_group",
    "opened_at", "resolved_at", "closed_at", "sla_due", "reassignment_count", "reopen_count",
)  # fmt: skip


def _row(i: int) -> Row:
    opened = FIRST + timedelta(hours=23 * i)
    priority = 1 + i % 4
    still_open, cancelled = i % 16 == 15, i == CANCELLED
    finished = opened + timedelta(hours=3 + i * 7 % 40)
    return Row(
        number=f"INC00{10_000 + i}",
        opened=opened,
        resolved=None if still_open or cancelled else finished,
        closed=finished if cancelled else None,
        due=opened + timedelta(hours=720 if priority == 4 else 30),
        state="In Progress" if still_open else "Canceled" if cancelled else "Resolved",
        group=GROUPS[i % 3],
        category=CATEGORIES[i // 2 % 4],
        priority=priority,
        title=TITLES.get(i, f"Request number {i}"),
        reassigned=i % 5 // 3,
        reopened=int(i % 11 == 0),
    )


ROWS = tuple(_row(i) for i in range(TICKETS))
AS_OF = max(time for row in ROWS for time in (row.opened, row.ended) if time)


def export() -> bytes:
    """The file: every ticket, the first one once more, and a row whose opening time is none."""
    bad = ["INC0099999", "Broken", "New", "3 - Moderate", "Email", GROUPS[0], "never", "", "", "", "0", "0"]
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *(row.cells() for row in (*ROWS, ROWS[0])), bad])
    return text.getvalue().encode()


@dataclass(frozen=True)
class Numbers:
    """What the five cards are to say of some rows over the 90 days that end with the as-of day."""

    rows: tuple[Row, ...]

    def cards(self) -> list[str]:
        return [
            f"{self.mttr():.1f} h", f"{self.fcr() * 100:.1f} %", f"{self.sla() * 100:.1f} %", str(len(self.opened())),
            str(len(self.open())),
        ]  # fmt: skip

    def opened(self) -> list[Row]:
        return [row for row in self.rows if _recent(row.opened)]

    def open(self) -> list[Row]:
        return [row for row in self.rows if row.ended is None]

    def left_out_of_mttr(self) -> dict[str, int]:
        """Reason -> tickets that the mean time to resolve cannot use, placed by when they ended, else were opened."""
        cancelled = [row for row in self.rows if row.closed and _recent(row.closed)]
        unfinished = [row for row in self.open() if _recent(row.opened)]
        return {"cancelled, merged or spam": len(cancelled), "still open": len(unfinished)}

    def resolved(self) -> list[Row]:
        return [row for row in self.rows if row.resolved and _recent(row.resolved)]

    def mttr(self) -> float:
        hours = [(row.resolved - row.opened) / timedelta(hours=1) for row in self.resolved() if row.resolved]
        return sum(hours) / len(hours)

    def fcr(self) -> float:
        return _share(row.reassigned == 0 and row.reopened == 0 for row in self.resolved())

    def sla(self) -> float:
        overdue = [False for row in self.open() if row.due < AS_OF and _recent(row.due)]
        return _share([*(row.resolved <= row.due for row in self.resolved() if row.resolved), *overdue])


def _recent(moment: datetime) -> bool:
    last: date = AS_OF.date()
    return last - timedelta(days=89) <= moment.date() <= last


def _share(judged: Iterable[bool]) -> float:
    verdicts = list(judged)
    return sum(verdicts) / len(verdicts)


def of_group(group: str) -> Numbers:
    """The numbers of one assignment group."""
    return Numbers(tuple(row for row in ROWS if row.group == group))


ALL = Numbers(ROWS)
