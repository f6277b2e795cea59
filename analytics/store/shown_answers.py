"""Shown answers: which responses were made visible together.

They are kept so that a group grows only by whole batches: the difference between what is shown today and what was
shown before is never the answers of one or two people.
"""

import json
from datetime import UTC, datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from analytics.store.errors import BadEntry
from analytics.store.tables import SETTINGS
from analytics.store.upsert import put

SETTING = "shown_answers"
Batch = frozenset[int]


def shown_batches(connection: Connection) -> tuple[Batch, ...]:
    """The numbers of the responses of each batch, in the order in which they were shown."""
    row = connection.execute(select(SETTINGS.c.value).where(SETTINGS.c.name == SETTING)).first()
    return tuple(frozenset(batch) for batch in json.loads(row.value)) if row else ()


def show_batches(connection: Connection, batches: tuple[Batch, ...]) -> None:
    """Add batches. Raises `BadEntry` if one of the responses is in a batch already."""
    _lock(connection)
    before = shown_batches(connection)
    new = [number for batch in batches for number in batch]
    if len(set(new)) < len(new) or set(new) & frozenset().union(*before):
        raise BadEntry("results", "were shown by somebody else meanwhile", "reload the page to see them")
    put(connection, SETTINGS, SETTING, json.dumps([sorted(batch) for batch in (*before, *batches) if batch]))


def _lock(connection: Connection) -> None:
    """Hold the row until the transaction ends, so that two people who click at once do not show the same twice."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    new = {"name": SETTING, "value": "[]", "changed_at": datetime.now(UTC)}
    connection.execute(dialect.insert(SETTINGS).values(new).on_conflict_do_nothing())
    connection.execute(select(SETTINGS.c.name).where(SETTINGS.c.name == SETTING).with_for_update())
