"""The latest questions, in our words for what was understood. What somebody typed is not kept."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select

from analytics.store.database import Database
from analytics.store.moments import utc
from analytics.store.names import LONGEST_TEXT, checked_note
from analytics.store.upsert import insert_or_change
from analytics.store.view_tables import ASKED_QUESTIONS

MOST_KEPT = 50


@dataclass(frozen=True)
class AskedQuestion:
    """`words` may quote an export: inert text only. `address` brings the question back; `asked_at` is UTC."""

    words: str
    address: Mapping[str, list[str]]
    asked_at: datetime


@dataclass(frozen=True)
class AskedQuestions:
    """The door to them; each call is one transaction."""

    database: Database

    def latest(self, most: int = 10) -> tuple[AskedQuestion, ...]:
        """The latest ones, newest first."""
        with self.database.reading() as connection:
            newest = select(ASKED_QUESTIONS).order_by(ASKED_QUESTIONS.c.asked_at.desc()).limit(most)
            return tuple(
                AskedQuestion(row.words, json.loads(row.address), utc(row.asked_at))
                for row in connection.execute(newest)
            )

    def keep(self, words: str, address: Mapping[str, list[str]]) -> None:
        """Keep one as the newest; of more than 50 the oldest are forgotten. Raises `BadNote`."""
        made = {"words": checked_note("question", words, LONGEST_TEXT)}
        text = json.dumps({key: list(texts) for key, texts in address.items()}, ensure_ascii=False, sort_keys=True)
        entered = {"address": text, "asked_at": datetime.now(UTC)}
        kept = select(ASKED_QUESTIONS.c.words).order_by(ASKED_QUESTIONS.c.asked_at.desc()).limit(MOST_KEPT)
        with self.database.writing() as connection:
            connection.execute(insert_or_change(connection.dialect.name, ASKED_QUESTIONS, made, entered))
            newest = [row.words for row in connection.execute(kept)]
            connection.execute(ASKED_QUESTIONS.delete().where(ASKED_QUESTIONS.c.words.not_in(newest)))

    def forget(self) -> None:
        """Forget them all."""
        with self.database.writing() as connection:
            connection.execute(ASKED_QUESTIONS.delete())
