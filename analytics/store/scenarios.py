"""Scenarios: what-ifs of the forecast, kept under a person's own name for them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from analytics.store.names import LONGEST, checked_note, checked_text
from analytics.store.tables import SCENARIOS


@dataclass(frozen=True)
class SavedScenario:
    """`changes` is JSON that its reader checks. The name is a person's text: it goes to inert elements only.

    Times are UTC.
    """

    name: str
    changes: str
    created_at: datetime
    changed_at: datetime


def scenarios(connection: Connection) -> tuple[SavedScenario, ...]:
    """All of them by name."""
    return tuple(_saved(row) for row in connection.execute(select(SCENARIOS).order_by(SCENARIOS.c.name)))


def save_scenario(connection: Connection, name: str, changes: str, created_at: datetime | None = None) -> str:
    """Keep one in place of an earlier one of that name; the name as it is kept, 1 to 60 characters. Raises `BadNote`.

    `created_at` is for one that was deleted and comes back.
    """
    name, now = checked_note("name of a scenario", " ".join(name.split()), LONGEST), datetime.now(UTC)
    entered = {"changes": checked_text("scenario", name, changes), "changed_at": now}
    # The transaction holds the write lock of SQLite from its start; elsewhere the key refuses a second one.
    if not connection.execute(update(SCENARIOS).where(SCENARIOS.c.name == name).values(entered)).rowcount:
        connection.execute(insert(SCENARIOS).values({"name": name, "created_at": created_at or now, **entered}))
    return name


def delete_scenario(connection: Connection, name: str) -> None:
    """Forget one, if it is there."""
    connection.execute(SCENARIOS.delete().where(SCENARIOS.c.name == name))


def _saved(row: Row[Any]) -> SavedScenario:
    return SavedScenario(row.name, row.changes, _utc(row.created_at), _utc(row.changed_at))


def _utc(moment: datetime) -> datetime:
    # SQLite gives back the time without its zone, which is always UTC.
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
