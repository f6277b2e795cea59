"""TimeLog: leadership's own weeks, in hours of operational, tactical and strategic work; each week is there once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from analytics.formatting import day_text
from analytics.store.database import Database
from analytics.store.errors import BadEntry, EditedMeanwhile
from analytics.store.tables import LOGGED_TIME

HOURS_IN_A_WEEK = 168
_FIRST, _LAST = date(2000, 1, 3), date(2199, 12, 30)


@dataclass(frozen=True)
class LoggedWeek:
    """Hours of each class in the week that holds the day `week`; the day is kept as its Monday."""

    week: date
    operational: float = 0.0
    tactical: float = 0.0
    strategic: float = 0.0

    @property
    def hours(self) -> dict[str, float]:
        """Class -> hours."""
        return {name: getattr(self, name) for name in CLASSES}

    @property
    def total(self) -> float:
        """All hours."""
        return sum(self.hours.values())


CLASSES = tuple(field.name for field in fields(LoggedWeek) if field.name != "week")


@dataclass(frozen=True)
class LogChange:
    """What became of the week from Monday `week`: None where it was not, or is no longer, there."""

    week: date
    before: LoggedWeek | None
    after: LoggedWeek | None


@dataclass(frozen=True)
class TimeLog:
    """The door to the time log of one state store."""

    database: Database

    def weeks(self) -> tuple[LoggedWeek, ...]:
        """All of them, oldest first."""
        with self.database.reading() as connection:
            return tuple(_weeks(connection).values())

    def save(self, weeks: Sequence[LoggedWeek], replace: bool = False) -> tuple[LogChange, ...]:
        """Keep these weeks, all or none; what was changed. Raises `BadEntry`.

        A week that is logged already is left as it is, unless it is to be replaced.
        """
        wanted = [_checked(week) for week in weeks]
        with self.database.writing(alone=True) as connection:
            kept = _weeks(connection)
            changes = [LogChange(week.week, kept.get(week.week), week) for week in wanted]
            changes = [one for one in changes if one.before != one.after and (replace or one.before is None)]
            _put(connection, changes)
        return tuple(changes)

    def add(self, entries: Sequence[tuple[date, str, float]]) -> tuple[LogChange, ...]:
        """Add hours (day of the week, class, hours), all or none; what was changed. Raises `BadEntry`.

        Hours of a class are added once to a week: what is there already is never changed.
        """
        with self.database.writing(alone=True) as connection:
            kept = _weeks(connection)
            after = dict(kept)
            for day, work, hours in entries:
                after[_monday(day)] = _added(after.get(_monday(day), LoggedWeek(_monday(day))), work, hours)
            changes = [LogChange(week, kept.get(week), now) for week, now in after.items() if now != kept.get(week)]
            _put(connection, changes)
        return tuple(changes)

    def remove(self, week: date) -> tuple[LogChange, ...]:
        """Forget a week, if it is there; what was changed."""
        with self.database.writing(alone=True) as connection:
            before = _weeks(connection).get(_monday(week))
            changes = [LogChange(before.week, before, None)] if before else []
            _put(connection, changes)
        return tuple(changes)

    def undo(self, changes: Sequence[LogChange]) -> None:
        """Bring back what was before, all or nothing. Raises `EditedMeanwhile` where a week was changed since."""
        with self.database.writing(alone=True) as connection:
            kept = _weeks(connection)
            if any(kept.get(change.week) != change.after for change in changes):
                raise EditedMeanwhile("time log", ("hours",))
            _put(connection, [LogChange(change.week, change.after, change.before) for change in changes])


def _added(before: LoggedWeek, work: str, hours: float) -> LoggedWeek:
    if work not in CLASSES:
        raise BadEntry("class of work", f"cannot be '{work}'", f"use one of {', '.join(CLASSES)}")
    if before.hours[work]:
        why = f"already has {before.hours[work]:g} hours of {work} work"
        raise BadEntry(f"week of {day_text(before.week)}", why, "remove that week first, or leave it as it is")
    return _checked(LoggedWeek(before.week, **{**before.hours, work: hours}))


def _checked(week: LoggedWeek) -> LoggedWeek:
    what = f"week of {day_text(_monday(week.week))}"
    if not _FIRST <= week.week <= _LAST:
        raise BadEntry("week", f"cannot be that of {week.week.isoformat()}", "enter a day between 2000 and 2199")
    if not all(math.isfinite(hours) and hours >= 0 for hours in week.hours.values()):
        raise BadEntry(what, "has hours that are no number from 0 on", "enter hours such as 32 or 4.5")
    if not 0 < week.total <= HOURS_IN_A_WEEK:
        why = "has no hours" if not week.total else f"has {week.total:g} hours"
        raise BadEntry(what, why, f"enter more than 0 and at most {HOURS_IN_A_WEEK} for the three classes together")
    return LoggedWeek(_monday(week.week), **{name: float(hours) for name, hours in week.hours.items()})


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _weeks(connection: Connection) -> dict[date, LoggedWeek]:
    """By Monday; rows of the same week and class are added up."""
    found: dict[date, dict[str, float]] = {}
    for row in connection.execute(select(LOGGED_TIME).order_by(LOGGED_TIME.c.week, LOGGED_TIME.c.id)):
        hours = found.setdefault(row.week, dict.fromkeys(CLASSES, 0.0))
        if row.work in hours:
            hours[row.work] += row.hours
    return {week: LoggedWeek(week, **hours) for week, hours in found.items()}


def _put(connection: Connection, changes: Sequence[LogChange]) -> None:
    now = datetime.now(UTC)
    for change in changes:
        connection.execute(delete(LOGGED_TIME).where(LOGGED_TIME.c.week == change.week))
        entered = [
            {"week": change.week, "work": work, "hours": hours, "note": "", "changed_at": now}
            for work, hours in (change.after.hours if change.after else {}).items()
        ]
        if entered:
            connection.execute(insert(LOGGED_TIME), entered)
