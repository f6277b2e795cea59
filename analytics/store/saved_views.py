"""Saved views: a page and its address, kept under a person's own name for it; a pinned one is on the Overview."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from analytics.store.database import Database
from analytics.store.moments import utc
from analytics.store.names import LONGEST_NOTE, checked_note, checked_text
from analytics.store.upsert import insert_or_change
from analytics.store.view_tables import SAVED_VIEWS

Address = Mapping[str, list[str]]


@dataclass(frozen=True)
class SavedView:
    """`page` is a page's name such as `ask`, `address` its query parameters. The name is a person's text: inert.

    `pinned_at` is None where it is not on the Overview. Times are UTC.
    """

    name: str
    page: str
    address: Mapping[str, list[str]]
    pinned_at: datetime | None
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class SavedViews:
    """The door to them; each call is one transaction."""

    database: Database

    def all(self) -> tuple[SavedView, ...]:
        """All of them by name."""
        with self.database.reading() as connection:
            return tuple(_saved(row) for row in connection.execute(select(SAVED_VIEWS).order_by(SAVED_VIEWS.c.name)))

    def pinned(self) -> tuple[SavedView, ...]:
        """Those on the Overview, the first pinned first."""
        found = [view for view in self.all() if view.pinned_at]
        return tuple(sorted(found, key=lambda view: (view.pinned_at, view.name)))

    def save(self, name: str, page: str, address: Address, pinned: bool = False) -> str:
        """Keep a view in place of an earlier one of that name; the name as it is kept. Raises `BadNote`.

        Saving a pinned one again leaves it pinned.
        """
        name, now = checked_note("name of a saved view", " ".join(name.split()), LONGEST_NOTE), datetime.now(UTC)
        text = json.dumps({key: list(texts) for key, texts in address.items()}, ensure_ascii=False, sort_keys=True)
        entered: dict[str, Any] = {
            "page": page, "address": checked_text("saved view", name, text), "changed_at": now
        } | ({"pinned_at": now} if pinned else {})  # fmt: skip
        with self.database.writing() as connection:
            made = {"name": name, "created_at": now}
            connection.execute(insert_or_change(connection.dialect.name, SAVED_VIEWS, made, entered))
        return name

    def pin(self, name: str, pinned: bool) -> None:
        """Put one on the Overview or take it off, if it is there."""
        with self.database.writing() as connection:
            chosen = SAVED_VIEWS.update().where(SAVED_VIEWS.c.name == name)
            connection.execute(chosen.values(pinned_at=datetime.now(UTC) if pinned else None))

    def restore(self, view: SavedView) -> None:
        """Put one back that was deleted, unless another has taken its name."""
        with self.database.writing() as connection:
            taken = connection.execute(select(SAVED_VIEWS.c.name).where(SAVED_VIEWS.c.name == view.name)).first()
            if taken is None:
                row = vars(view) | {"address": json.dumps(dict(view.address), ensure_ascii=False, sort_keys=True)}
                connection.execute(SAVED_VIEWS.insert().values(**row))

    def delete(self, name: str) -> None:
        """Forget one, if it is there."""
        with self.database.writing() as connection:
            connection.execute(SAVED_VIEWS.delete().where(SAVED_VIEWS.c.name == name))


def _saved(row: Row[Any]) -> SavedView:
    address = {str(key): [str(text) for text in texts] for key, texts in json.loads(row.address).items()}
    pinned_at = utc(row.pinned_at) if row.pinned_at else None
    return SavedView(row.name, row.page, address, pinned_at, utc(row.created_at), utc(row.changed_at))
