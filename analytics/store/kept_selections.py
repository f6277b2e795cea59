"""Kept selections: tickets that somebody opened from a picture, under a digest that a link can name.

The SQL conditions are the product's own, never typed by a person; values stand apart, as parameters.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from analytics.store.database import Database
from analytics.store.names import is_storable
from analytics.store.upsert import insert_or_change
from analytics.store.view_tables import KEPT_SELECTIONS

_DIGEST_LENGTH = 16
_DIGEST = re.compile(rf"[0-9a-f]{{{_DIGEST_LENGTH}}}", re.ASCII)


@dataclass(frozen=True)
class KeptSelection:
    """What finds the tickets again: `words` may quote an export, `parameters` are plain values, days and times."""

    words: str
    condition: str
    parameters: Mapping[str, object]
    order: str


@dataclass(frozen=True)
class KeptSelections:
    """The door to them; each call is one transaction."""

    database: Database

    def keep(self, selection: KeptSelection) -> str:
        """Keep one, once; the digest that names it."""
        written = _written(selection)
        digest = sha256(json.dumps(written, sort_keys=True).encode()).hexdigest()[:_DIGEST_LENGTH]
        if self.find(digest) is None:
            with self.database.writing() as connection:
                entered = written | {"kept_at": datetime.now(UTC)}
                made = {"digest": digest}
                connection.execute(insert_or_change(connection.dialect.name, KEPT_SELECTIONS, made, entered))
        return digest

    def find(self, digest: str) -> KeptSelection | None:
        """The selection of that digest, None if it was never kept here: a digest comes from a link."""
        if not _DIGEST.fullmatch(digest):
            return None
        with self.database.reading() as connection:
            row = connection.execute(select(KEPT_SELECTIONS).where(KEPT_SELECTIONS.c.digest == digest)).first()
        if row is None:
            return None
        parameters = {name: _value(kind, text) for name, (kind, text) in json.loads(row.parameters).items()}
        return KeptSelection(row.words, row.condition, parameters, row.sort_order)


def _written(selection: KeptSelection) -> dict[str, Any]:
    parameters = {name: _marked(value) for name, value in selection.parameters.items()}
    return {
        "words": _storable(selection.words), "condition": selection.condition, "sort_order": selection.order,
        "parameters": json.dumps(parameters, sort_keys=True),
    }  # fmt: skip


def _storable(words: str) -> str:
    """The words, which only tell a person, without what a database refuses."""
    return words if is_storable(words) else "".join(letter if is_storable(letter) else "\ufffd" for letter in words)


def _marked(value: object) -> tuple[str, object]:
    """A parameter with its kind, so that a day comes back as a day."""
    match value:
        case datetime():
            return "time", value.isoformat()
        case date():
            return "day", value.isoformat()
        case None | str() | bool() | int() | float():
            return "plain", value
        case list() | tuple():
            return "list", [_marked(one) for one in value]
    return "plain", value.item()  # type: ignore[attr-defined]  # numpy's scalars


def _value(kind: str, value: Any) -> object:
    match kind:
        case "time":
            return datetime.fromisoformat(value)
        case "day":
            return date.fromisoformat(value)
        case "list":
            return [_value(*one) for one in value]
    return value
