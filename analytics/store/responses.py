"""Responses: one person's answers to one questionnaire, first as a draft that only they can open, then without a name.

A draft is found by a random key, of which only a digest is kept. Submitting empties it: afterwards nothing leads from
the answers to anybody, and nobody can change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from secrets import token_urlsafe
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, Update, delete, insert, select, update

from analytics.store.database import Database
from analytics.store.errors import BadEntry
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT, checked_name, checked_note, checked_text_or_none
from analytics.store.shown_answers import Batch, show_batches, shown_batches
from analytics.store.tables import ANSWERS, RESPONSES

Role = Literal["practitioner", "leader"]
ROLES: tuple[Role, ...] = get_args(Role)
GIVEN = ("yes", "no", "dont_know")
DRAFT_DAYS = 90


@dataclass(frozen=True)
class GivenAnswer:
    """The answer to one statement, None where there is none, and a comment, perhaps empty: a person's own text."""

    statement: str
    answer: str | None
    comment: str = ""


@dataclass(frozen=True)
class Response:
    """All answers of one person. The team is text that people may have written; a draft may lack the role.

    `id` says nothing of the person; `submitted_on` is None for a draft.
    """

    id: int
    questionnaire: str
    team: str
    role: str
    submitted_on: date | None
    answers: tuple[GivenAnswer, ...]

    def answer(self, statement: str) -> str | None:
        """What was answered to a statement."""
        return next((one.answer for one in self.answers if one.statement == statement), None)

    def comment(self, statement: str) -> str:
        """What was written about a statement, perhaps nothing."""
        return next((one.comment for one in self.answers if one.statement == statement), "")


@dataclass(frozen=True)
class Responses:
    """The door to the answers of one state store."""

    database: Database

    def begin(self, questionnaire: str, team: str, role: str = "") -> str:
        """Open a draft; its key, which only the person who answers may know. Raises `BadNote`, `BadEntry`.

        Drafts that nobody has touched for 90 days are forgotten.
        """
        key, now = token_urlsafe(24), datetime.now(UTC)
        values = {"questionnaire": checked_name("questionnaire", questionnaire), **_placed(team, role)}
        with self.database.writing() as connection:
            _forget_old(connection, now - timedelta(days=DRAFT_DAYS))
            connection.execute(insert(RESPONSES).values({**values, "draft_key": _digest(key), "changed_at": now}))
        return key

    def draft(self, key: str) -> Response | None:
        """The draft of this key; None if it was submitted, discarded or never there."""
        with self.database.reading() as connection:
            found = _read(connection, RESPONSES.c.draft_key == _digest(key))
        return found[0] if found else None

    def place(self, key: str, team: str, role: str) -> None:
        """Say for which team, and in which role. Raises `BadNote`, `BadEntry`."""
        with self.database.writing() as connection:
            _touch(connection, key, _placed(team, role))

    def answer(self, key: str, statement: str, answer: str | None) -> None:
        """Answer a statement of a draft, or take the answer back. Raises `BadEntry`."""
        if answer is not None and answer not in GIVEN:
            raise BadEntry("answer", f"cannot be '{answer}'", f"use one of {', '.join(GIVEN)}")
        self._enter(key, statement, {"answer": answer})

    def comment(self, key: str, statement: str, text: str) -> None:
        """Write at most 1,000 characters about a statement of a draft, or nothing. Raises `BadNote`, `BadEntry`."""
        self._enter(key, statement, {"comment": checked_text_or_none("comment", text, LONGEST_TEXT)})

    def submit(self, key: str, day: date) -> Response:
        """Hand the answers in: the key leads nowhere from now on. Raises `BadEntry` without a role or an answer."""
        with self.database.writing() as connection:
            _touch(connection, key, {})
            (draft,) = _read(connection, RESPONSES.c.draft_key == _digest(key))
            if draft.role not in ROLES:
                raise BadEntry("role", "is missing", "say whether you lead or do the work")
            if not any(one.answer for one in draft.answers):
                raise BadEntry("questionnaire", "has no answer yet", "answer at least one statement")
            # The day alone: the minute could tell who it was.
            noon = datetime.combine(day, time(12), UTC)
            handed_in = {"draft_key": None, "submitted_on": day, "changed_at": noon}
            connection.execute(update(RESPONSES).where(RESPONSES.c.id == draft.id).values(handed_in))
            (submitted,) = _read(connection, RESPONSES.c.id == draft.id)
            return submitted

    def discard(self, key: str) -> None:
        """Forget a draft, if it is there."""
        with self.database.writing() as connection:
            _delete(connection, RESPONSES.c.draft_key == _digest(key))

    def submitted(self, questionnaire: str) -> tuple[Response, ...]:
        """Everything handed in to a questionnaire. Show it only through analytics/diagnostic/suppression.py."""
        with self.database.reading() as connection:
            mine = (RESPONSES.c.questionnaire == questionnaire) & RESPONSES.c.submitted_on.is_not(None)
            return _read(connection, mine)

    def shown_batches(self) -> tuple[Batch, ...]:
        """The numbers of the responses that were shown together, the first ones first."""
        with self.database.reading() as connection:
            return shown_batches(connection)

    def show(self, batches: tuple[Batch, ...]) -> None:
        """Have these responses shown together from now on. Raises `BadEntry` if some were shown meanwhile."""
        with self.database.writing() as connection:
            show_batches(connection, batches)

    def _enter(self, key: str, statement: str, values: dict[str, Any]) -> None:
        name = checked_name("statement", statement)
        with self.database.writing() as connection:
            number = _touch(connection, key, {})
            mine = (ANSWERS.c.response_id == number) & (ANSWERS.c.statement == name)
            # The draft's row is locked by now: no second writer of the same draft comes between.
            if not connection.execute(update(ANSWERS).where(mine).values(values)).rowcount:
                entered = {"response_id": number, "statement": name, "answer": None, "comment": "", **values}
                connection.execute(insert(ANSWERS).values(entered))


def _placed(team: str, role: str) -> dict[str, str]:
    if role and role not in ROLES:
        raise BadEntry("role", f"cannot be '{role}'", f"use one of {', '.join(ROLES)}")
    return {"team": checked_note("team", " ".join(team.split()), LONGEST_NOTE), "role": role}


def _touch(connection: Connection, key: str, values: dict[str, Any]) -> int:
    """Change a draft, which locks its row; its number."""
    changed: Update = update(RESPONSES).where(RESPONSES.c.draft_key == _digest(key))
    found = connection.execute(
        changed.values({**values, "changed_at": datetime.now(UTC)}).returning(RESPONSES.c.id)
    ).first()
    if found is None:
        raise BadEntry("draft", "is not there any more: it was submitted or discarded", "answer anew")
    return int(found.id)


def _forget_old(connection: Connection, before: datetime) -> None:
    _delete(connection, RESPONSES.c.draft_key.is_not(None) & (RESPONSES.c.changed_at < before))


def _delete(connection: Connection, which: Any) -> None:
    # The answers first: a connection that does not cascade would keep them.
    connection.execute(delete(ANSWERS).where(ANSWERS.c.response_id.in_(select(RESPONSES.c.id).where(which))))
    connection.execute(delete(RESPONSES).where(which))


def _read(connection: Connection, which: Any) -> tuple[Response, ...]:
    columns = (RESPONSES.c.id, RESPONSES.c.questionnaire, RESPONSES.c.team, RESPONSES.c.role, RESPONSES.c.submitted_on,
               ANSWERS.c.statement, ANSWERS.c.answer, ANSWERS.c.comment)  # fmt: skip
    joined = RESPONSES.outerjoin(ANSWERS, RESPONSES.c.id == ANSWERS.c.response_id)
    asked = select(*columns).select_from(joined).where(which).order_by(RESPONSES.c.id, ANSWERS.c.statement)
    rows = connection.execute(asked)
    return tuple(_response(tuple(mine)) for _, mine in groupby(rows.all(), key=lambda row: row.id))


def _response(rows: Sequence[Row[Any, *tuple[Any, ...]]]) -> Response:
    first = rows[0]
    answers = tuple(GivenAnswer(row.statement, row.answer, row.comment) for row in rows if row.statement is not None)
    return Response(first.id, first.questionnaire, first.team, first.role, first.submitted_on, answers)


def _digest(key: str) -> str:
    return sha256(key.encode("utf-8", "replace")).hexdigest()
