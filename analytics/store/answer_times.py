"""AnswerTimes: how long this product took for its latest answers; evidence for the statement on manual reporting."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, func, insert, select

from analytics.store.database import Database
from analytics.store.names import checked_name
from analytics.store.tables import ANSWER_TIMES

MOST_KEPT = 1_000
_BLOCK = 50


@dataclass(frozen=True)
class AnswerTimes:
    """The door to the answer times of one state store."""

    database: Database

    def add(self, question: str, seconds: float) -> None:
        """Keep one, and forget all but the latest 1,000. What is no time is not kept. Raises `BadName`."""
        if not (math.isfinite(seconds) and seconds >= 0):
            return
        columns = ANSWER_TIMES.c
        entered = {"question": checked_name("page", question), "seconds": seconds, "answered_at": datetime.now(UTC)}
        with self.database.writing() as connection:
            connection.execute(insert(ANSWER_TIMES), entered)
            # By rank, not by number: numbers may have gaps, as after a restoring.
            newest_to_go = select(columns.id).order_by(columns.id.desc()).offset(MOST_KEPT).limit(1).scalar_subquery()
            connection.execute(delete(ANSWER_TIMES).where(columns.id <= newest_to_go))

    def seconds(self) -> tuple[float, ...]:
        """Those kept, oldest first."""
        return self._up_to(None)

    def settled(self) -> tuple[float, ...]:
        """Those up to the last full fifty, and at first up to the last power of two.

        What rests on them stays the same for a while, so that it need not be worked out anew after every page.
        """
        with self.database.reading() as connection:
            newest = int(connection.execute(select(func.max(ANSWER_TIMES.c.id))).scalar() or 0)
        whole = newest - newest % _BLOCK
        return self._up_to(whole or (1 << newest.bit_length() >> 1))

    def _up_to(self, number: int | None) -> tuple[float, ...]:
        columns = ANSWER_TIMES.c
        asked = select(columns.seconds).order_by(columns.id)
        with self.database.reading() as connection:
            rows = connection.execute(asked if number is None else asked.where(columns.id <= number))
            return tuple(float(row.seconds) for row in rows)
