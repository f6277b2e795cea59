"""Actions: who does what, how and by when, about which statement, and the KPI that it should move."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Row, insert, select

from analytics.store.errors import BadEntry
from analytics.store.moments import utc
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT, checked_note, checked_text_or_none
from analytics.store.record_door import KeptRecord, RecordDoor
from analytics.store.records import record_to_change
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


KeptAction = KeptRecord[Action]


@dataclass(frozen=True)
class ActionComment:
    """What somebody wrote about an action, and when (UTC)."""

    text: str
    written_at: datetime


class Actions(RecordDoor[Action]):
    """The door to the actions of one state store."""

    table = ACTIONS
    kind = Action

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Texts without the space around them, and a status that is one."""
        return _checked(values)

    def check_kept(self, row: Row[Any]) -> None:
        """Refuse an end before the beginning: either day may have been entered long before the other."""
        if row.started_on and row.done_on and row.done_on < row.started_on:
            raise BadEntry("action", "ends before it begins", "choose a later end or an earlier beginning")

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
