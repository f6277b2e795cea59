"""Handed work: what the business builds itself, who may build it, and the work sessions about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from sqlalchemy import Row

from analytics.store.errors import BadEntry
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT, checked_note, checked_text_or_none
from analytics.store.record_door import RecordDoor, RemovableRecords
from analytics.store.tables import BUILDERS, HANDED_WORK, WORK_SESSIONS

Step = Literal["identify", "prototype", "gather insights", "deliver value", "repeat"]
STEPS: tuple[Step, ...] = get_args(Step)
RiskLevel = Literal["low", "medium", "high"]
RISK_LEVELS: tuple[RiskLevel, ...] = get_args(RiskLevel)
LONGEST_PAGE = 20_000


@dataclass(frozen=True)
class HandedWork:
    """One piece of work for the business. All texts are people's or quote an export: they go to inert elements only.

    `filters` is JSON of its tickets, `risk_reasons` JSON of the facts that its risk comes from.
    """

    title: str
    risk: RiskLevel
    filters: str = "{}"
    risk_reasons: str = "{}"
    step: Step = "identify"
    unit: str = ""
    who: str = ""
    how: str = ""
    due_on: date | None = None
    what: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True)
class Builder:
    """Who builds in a business unit, and what they may and may not do."""

    unit: str
    builder: str
    boundaries: str = ""


@dataclass(frozen=True)
class WorkSession:
    """A session on the backlog: what was to be talked about, what was agreed, and when it is looked at again."""

    held_on: date
    agenda: str
    minutes: str = ""
    follow_up_on: date | None = None


class HandedWorks(RecordDoor[HandedWork]):
    """The door to the work handed to the business."""

    table, kind = HANDED_WORK, HandedWork

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A title, texts of their length, a known step and risk."""
        kept = _trimmed(values, {"unit": LONGEST_NOTE, "who": LONGEST_NOTE, "how": LONGEST_TEXT, "what": LONGEST_TEXT,
                                 "risk_reasons": LONGEST_TEXT})  # fmt: skip
        if "title" in kept:
            kept["title"] = checked_note("title", kept["title"], LONGEST_NOTE)
        for name, known in (("step", STEPS), ("risk", RISK_LEVELS)):
            if kept.get(name, known[0]) not in known:
                raise BadEntry(name, f"cannot be '{kept[name]}'", f"use one of {', '.join(known)}")
        return kept


class Builders(RemovableRecords[Builder]):
    """The door to the builders per business unit."""

    table, kind = BUILDERS, Builder

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """A unit, a name, and boundaries that may be empty."""
        kept = _trimmed(values, {"boundaries": LONGEST_TEXT})
        for name, words in (("unit", "business unit"), ("builder", "builder")):
            if name in kept:
                kept[name] = checked_note(words, kept[name], LONGEST_NOTE)
        return kept


class WorkSessions(RecordDoor[WorkSession]):
    """The door to the work sessions."""

    table, kind = WORK_SESSIONS, WorkSession

    def checked(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """An agenda, and minutes that may be empty."""
        kept = _trimmed(values, {"minutes": LONGEST_PAGE})
        if "agenda" in kept:
            kept["agenda"] = checked_note("agenda", kept["agenda"], LONGEST_PAGE)
        return kept

    def check_kept(self, row: Row[Any]) -> None:
        """No follow-up before the session, whichever of the two days was entered first."""
        if row.follow_up_on and row.follow_up_on < row.held_on:
            raise BadEntry("follow-up", "is before the session", "choose a later day")


def _trimmed(values: Mapping[str, Any], longest: Mapping[str, int]) -> dict[str, Any]:
    texts = {name: checked_text_or_none(name.replace("_", " "), values[name], most) for name, most in longest.items()
             if name in values}  # fmt: skip
    return {**values, **texts}
