"""Known: what evidence takes from elsewhere than the tickets, so that every rule stays a pure function."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

TimeClass = Literal["operational", "tactical", "strategic"]


@dataclass(frozen=True)
class LoggedTime:
    """Hours of one class of work in the week from Monday `week`."""

    week: date
    work: TimeClass
    hours: float


@dataclass(frozen=True)
class Known:
    """What people entered and this product measured of itself.

    `time_log` is of leadership's own weeks; `answer_seconds` how long this product's latest answers took; `owned` and
    `dismissed` are the keys of recurring groups with a problem record kept here, and of those that people dismissed;
    `fixed` has the key of each whose record says fixed, and on which day.
    """

    time_log: tuple[LoggedTime, ...] = ()
    answer_seconds: tuple[float, ...] = ()
    owned: frozenset[str] = frozenset()
    dismissed: frozenset[str] = frozenset()
    fixed: tuple[tuple[str, date], ...] = ()
