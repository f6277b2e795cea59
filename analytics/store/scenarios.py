"""Scenarios: what-ifs of the forecast, kept under a person's own name for them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from analytics.store.moments import utc
from analytics.store.names import LONGEST, checked_note, checked_text
from analytics.store.tables import SCENARIOS
from analytics.store.upsert import insert_or_change


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
    made = {"name": name, "created_at": utc(created_at or now)}
    connection.execute(insert_or_change(connection.dialect.name, SCENARIOS, made, entered))
    return name


def delete_scenario(connection: Connection, name: str) -> None:
    """Forget one, if it is there."""
    connection.execute(SCENARIOS.delete().where(SCENARIOS.c.name == name))


def _saved(row: Row[Any]) -> SavedScenario:
    return SavedScenario(row.name, row.changes, utc(row.created_at), utc(row.changed_at))
