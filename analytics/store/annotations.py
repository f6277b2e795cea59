"""Annotations: what people know of a day that the tickets do not say, such as a move to another tool."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert, select

from analytics.store.names import checked_note
from analytics.store.tables import ANNOTATIONS


@dataclass(frozen=True)
class Annotation:
    """One sentence about one day. The text is a person's: it goes to inert elements only."""

    id: int
    day: date
    text: str


def annotations(connection: Connection) -> tuple[Annotation, ...]:
    """All of them by day; those of one day in the order in which they were added."""
    columns = ANNOTATIONS.c
    rows = connection.execute(select(columns.id, columns.day, columns.text).order_by(columns.day, columns.id))
    return tuple(Annotation(row.id, row.day, row.text) for row in rows)


def add_annotation(connection: Connection, day: date, text: str) -> int:
    """Keep one, of 1 to 200 characters; its number. Raises `BadNote`."""
    entered = {"day": day, "text": checked_note("annotation", text), "changed_at": datetime.now(UTC)}
    return int(connection.execute(insert(ANNOTATIONS).returning(ANNOTATIONS.c.id), entered).scalar_one())


def remove_annotation(connection: Connection, number: int) -> None:
    """Forget one, if it is there."""
    connection.execute(ANNOTATIONS.delete().where(ANNOTATIONS.c.id == number))
