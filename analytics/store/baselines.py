"""Baselines: from which week on a KPI's normal variation is read, where people have set it anew, and why.

A reset that was undone is kept, with when it was made, so that what was changed can be read later.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from analytics.store.moments import utc
from analytics.store.names import checked_name, checked_note
from analytics.store.tables import BASELINE_RESETS


@dataclass(frozen=True)
class Baseline:
    """A reset: the baseline of `kpi` begins with the week from Monday `week`.

    The note is a person's text: it goes to inert elements only. `changed_at` is UTC.
    """

    id: int
    kpi: str
    week: date
    note: str
    changed_at: datetime
    undone: bool


def baselines(connection: Connection, kpi: str | None = None) -> tuple[Baseline, ...]:
    """The resets of one KPI, or of all, in the order in which they were made, undone ones included."""
    columns = BASELINE_RESETS.c
    asked = select(BASELINE_RESETS).order_by(columns.id)
    rows = connection.execute(asked if kpi is None else asked.where(columns.kpi == kpi))
    return tuple(_baseline(row) for row in rows)


def reset_baseline(connection: Connection, kpi: str, week: date, note: str) -> int:
    """Begin the baseline anew with the week that holds the day `week`; the number of the reset. Raises `BadNote`."""
    entered = {
        "kpi": checked_name("KPI", kpi),
        "week": week - timedelta(days=week.weekday()),
        "note": checked_note("note", note),
        "changed_at": datetime.now(UTC),
    }
    return int(connection.execute(insert(BASELINE_RESETS).returning(BASELINE_RESETS.c.id), entered).scalar_one())


def undo_baseline(connection: Connection, number: int) -> None:
    """Take one reset back, if it is in force; the one before it is in force again."""
    columns = BASELINE_RESETS.c
    in_force = (columns.id == number) & columns.undone_at.is_(None)
    connection.execute(update(BASELINE_RESETS).where(in_force).values(undone_at=datetime.now(UTC)))


def in_force(resets: tuple[Baseline, ...]) -> dict[str, Baseline]:
    """KPI name -> the newest reset that was not undone."""
    return {reset.kpi: reset for reset in resets if not reset.undone}


def _baseline(row: Row[Any]) -> Baseline:
    return Baseline(row.id, row.kpi, row.week, row.note, utc(row.changed_at), row.undone_at is not None)
