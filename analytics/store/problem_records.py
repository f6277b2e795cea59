"""Problem records: a recurring group with a named owner and a date for its root cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

from sqlalchemy import select

from analytics.store.entries import checked_entries
from analytics.store.errors import BadEntry
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT, checked_note, checked_text_or_none
from analytics.store.record_door import KeptRecord, RecordDoor
from analytics.store.tables import DISMISSED_GROUPS, PROBLEM_RECORDS
from analytics.store.upsert import insert_or_change

ProblemStatus = Literal["open", "cause known", "fixed", "dropped"]
PROBLEM_STATUSES: tuple[ProblemStatus, ...] = get_args(ProblemStatus)


@dataclass(frozen=True)
class ProblemRecord:
    """What is entered of a problem record. All texts are people's: they go to inert elements only.

    `group_key` names the recurring group, `filters` is JSON of its tickets. `owner` is a person, not a team.
    """

    group_key: str
    title: str
    owner: str
    opened_on: date
    root_cause_due_on: date
    filters: str = "{}"
    root_cause: str = ""
    status: ProblemStatus = "open"
    fixed_on: date | None = None


KeptProblem = KeptRecord[ProblemRecord]


@dataclass(frozen=True)
class DismissedGroup:
    """A recurring group that somebody looked at and put aside, and why."""

    group_key: str
    reason: str
    dismissed_on: date


class ProblemRecords(RecordDoor[ProblemRecord]):
    """The door to the problem records of one state store, and to the groups that were dismissed."""

    table = PROBLEM_RECORDS
    kind = ProblemRecord

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Texts without the space around them, and a status that is one."""
        return _checked(values)

    def dismissed(self) -> tuple[DismissedGroup, ...]:
        """The groups that were put aside."""
        columns = DISMISSED_GROUPS.c
        with self.database.reading() as connection:
            rows = connection.execute(select(DISMISSED_GROUPS).order_by(columns.dismissed_on, columns.group_key))
            return tuple(DismissedGroup(row.group_key, row.reason, row.dismissed_on) for row in rows)

    def dismiss(self, group_key: str, reason: str, dismissed_on: date) -> None:
        """Put a group aside for a reason, in place of an earlier one."""
        key = checked_entries(DISMISSED_GROUPS, {"group_key": group_key})
        told = {"reason": checked_note("reason", reason), "dismissed_on": dismissed_on}
        entered = checked_entries(DISMISSED_GROUPS, told) | {"changed_at": datetime.now(UTC)}
        with self.database.writing() as connection:
            connection.execute(insert_or_change(connection.dialect.name, DISMISSED_GROUPS, key, entered))

    def bring_back(self, group_key: str) -> None:
        """No longer put a group aside."""
        with self.database.writing() as connection:
            connection.execute(DISMISSED_GROUPS.delete().where(DISMISSED_GROUPS.c.group_key == group_key))


def _checked(fields: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(fields)
    for name, kind in (("title", "title"), ("owner", "owner")):
        if name in values:
            values[name] = checked_note(kind, values[name], LONGEST_NOTE)
    if "root_cause" in values:
        values["root_cause"] = checked_text_or_none("root cause", values["root_cause"], LONGEST_TEXT)
    if values.get("status", "open") not in PROBLEM_STATUSES:
        raise BadEntry("status", f"cannot be '{values['status']}'", f"use one of {', '.join(PROBLEM_STATUSES)}")
    return values
