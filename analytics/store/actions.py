"""Actions: who does what, how and by when, about which statement, and the KPI that it should move."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, insert, select

from analytics.store.database import Database
from analytics.store.errors import BadEntry
from analytics.store.moments import utc
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT, checked_note, checked_text_or_none
from analytics.store.records import RecordChange, add_record, change_record, record, record_changes, record_to_change
from analytics.store.tables import ACTION_COMMENTS, ACTIONS

ActionStatus = Literal["planned", "under way", "done", "dropped"]
ACTION_STATUSES: tuple[ActionStatus, ...] = get_args(ActionStatus)


@dataclass(frozen=True)
class Action:
    """What is entered of an action. All texts are people's: they go to inert elements only.

    `statement` and `kpi` are names, perhaps empty; `filters` JSON of the tickets that it is about. The KPI is compared
    before and after `started_on`; `promised_percent` is the change that was promised, such as -20. `origin` says what
    it came from, such as `problem 3`.
    """

    what: str
    who: str = ""
    how: str = ""
    due_on: date | None = None
    statement: str = ""
    kpi: str = ""
    filters: str = "{}"
    status: ActionStatus = "planned"
    started_on: date | None = None
    done_on: date | None = None
    follow_up_on: date | None = None
    promised_percent: float | None = None
    origin: str = ""


@dataclass(frozen=True)
class KeptAction:
    """An action with its number and version; times are UTC."""

    id: int
    version: int
    action: Action
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class ActionComment:
    """What somebody wrote about an action, and when (UTC)."""

    text: str
    written_at: datetime


@dataclass(frozen=True)
class Actions:
    """The door to the actions of one state store."""

    database: Database

    def all(self) -> tuple[KeptAction, ...]:
        """Every action, in the order in which they were made."""
        with self.database.reading() as connection:
            return tuple(_kept(row) for row in connection.execute(select(ACTIONS).order_by(ACTIONS.c.id)))

    def one(self, number: int) -> KeptAction:
        """One of them as it is now; raises `NoSuchRecord`."""
        with self.database.reading() as connection:
            return _kept(record(connection, ACTIONS, number))

    def add(self, action: Action) -> int:
        """Keep a new one; its number. Raises `BadEntry`, `BadNote`."""
        values = _checked(asdict(action))
        with self.database.writing() as connection:
            number = add_record(connection, ACTIONS, values)
            _check_days(record(connection, ACTIONS, number))
            return number

    def change(self, number: int, seen: int, **fields: Any) -> int:
        """Change fields of the version `seen`; the version now. Raises `EditedMeanwhile`, `BadEntry`, `BadNote`."""
        values = _checked(fields)
        with self.database.writing() as connection:
            version = change_record(connection, ACTIONS, number, seen, values)
            _check_days(record(connection, ACTIONS, number))
            return version

    def changes(self, number: int) -> tuple[RecordChange, ...]:
        """Everything that was changed in one, the oldest first."""
        with self.database.reading() as connection:
            return record_changes(connection, ACTIONS, number)

    def comment(self, number: int, text: str) -> None:
        """Add a comment of 1 to 1,000 characters."""
        checked = checked_note("comment", text, LONGEST_TEXT)
        with self.database.writing() as connection:
            record_to_change(connection, ACTIONS, number)
            values = {"action_id": number, "text": checked, "written_at": datetime.now(UTC)}
            connection.execute(insert(ACTION_COMMENTS).values(values))

    def comments(self, number: int) -> tuple[ActionComment, ...]:
        """The comments on one, the oldest first."""
        columns = ACTION_COMMENTS.c
        with self.database.reading() as connection:
            rows = connection.execute(select(ACTION_COMMENTS).where(columns.action_id == number).order_by(columns.id))
            return tuple(ActionComment(row.text, utc(row.written_at)) for row in rows)


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name, longest in (("who", LONGEST_NOTE), ("how", LONGEST_TEXT), ("origin", LONGEST_NOTE)):
        if name in values:
            values[name] = checked_text_or_none(name, values[name], longest)
    if "what" in values:
        values["what"] = checked_note("action", values["what"], LONGEST_TEXT)
    if values.get("status", "planned") not in ACTION_STATUSES:
        raise BadEntry("status", f"cannot be '{values['status']}'", f"use one of {', '.join(ACTION_STATUSES)}")
    return values


def _check_days(row: Row[Any]) -> None:
    # Of the whole action, since one of the two days may have been entered long before the other.
    if row.started_on and row.done_on and row.done_on < row.started_on:
        raise BadEntry("action", "ends before it begins", "choose a later end or an earlier beginning")


def _kept(row: Row[Any]) -> KeptAction:
    columns = {name: getattr(row, name) for name in Action.__dataclass_fields__}
    return KeptAction(row.id, row.version, Action(**columns), utc(row.created_at), utc(row.changed_at))
