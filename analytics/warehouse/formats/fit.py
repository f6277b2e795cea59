"""How well one column of an unknown file fits one canonical column: its name weighed by its values."""

from collections.abc import Callable

from analytics.warehouse.formats import evidence
from analytics.warehouse.formats.catalogue import vocabulary
from analytics.warehouse.formats.headers import tokens
from analytics.warehouse.formats.likeness import likeness
from analytics.warehouse.formats.profile import ColumnProfile
from analytics.warehouse.formats.toml_reader import FALSE_WORDS, TRUE_WORDS
from analytics.warehouse.schema import SOURCE_COLUMNS

# A column without values is judged by its name alone.
UNSEEN = 0.7
ENOUGH_DATES = 0.8
SAME_WORDS = 0.8

BREACHED = ("breached", "violated", "missed", "overdue", "failed", "sla violated", "sla breached", "not met", "late")
KEPT = ("met", "within sla", "in sla", "on time", "achieved", "ok", "not breached", "not overdue", "sla met")
UNITS = {
    "hours": {"hours", "hour", "hrs", "hr", "h"},
    "minutes": {"minutes", "minute", "mins", "min"},
    "seconds": {"seconds", "second", "secs", "sec"},
}
# These name a status only if the words in them are statuses.
_WEAK_STATUS = ("stage", "phase", "activity", "step", "event", "action", "concept name")

_TYPES = {column.name: column.type for column in SOURCE_COLUMNS}


def fit(name: str, column: ColumnProfile) -> float:
    """0 (not at all) to 1: how sure it is that `column` holds the canonical column `name`."""
    like = likeness(column.header, vocabulary().columns[name].headers)
    if like <= 0.0:
        return 0.0
    if not evidence.has_values(column):
        return 0.0 if _needs_values(name, column) else like * UNSEEN
    return like * _judge(name)(column, like)


def _needs_values(name: str, column: ColumnProfile) -> bool:
    """Many kinds of columns are called 'type' or 'category', and a duration without a unit is none."""
    return name == "ticket_type" or (name in ("handle_hours", "pending_hours") and not unit_of(column))


def _judge(name: str) -> Callable[[ColumnProfile, float], float]:
    judges = {"ticket_id": _ticket_id, "status": _status, "priority": _priority, "ticket_type": _ticket_type}
    judges |= {"satisfaction": _satisfaction, "change_tier": _change_tier}
    by_type = {"TIMESTAMP": _time, "BOOLEAN": _flag, "INTEGER": _number, "DOUBLE": _duration}
    return judges.get(name) or by_type.get(_TYPES[name], _text)


def unit_of(column: ColumnProfile) -> str:
    """The unit of a duration: from the header's words, else from H:MM:SS values, else ''."""
    words = set(tokens(column.header))
    named = [unit for unit, names in UNITS.items() if words & names]
    if evidence.durations(column) >= 0.5:
        return "h:m:s"
    return named[0] if named else ""


def _ticket_id(column: ColumnProfile, _: float) -> float:
    if column.filled < 0.5 * column.rows or (column.rows > 20 and column.distinct < 0.002 * column.rows):
        return 0.0
    return 0.6 + 0.4 * evidence.ids(column)


def _time(column: ColumnProfile, like: float) -> float:
    dates = evidence.dates(column)
    if dates >= ENOUGH_DATES:
        return dates
    return 0.7 if like > 0.8 and evidence.numeric_dates(column) > 0.9 else 0.0


def _status(column: ColumnProfile, _: float) -> float:
    known = evidence.words(column, vocabulary().status)
    weak = likeness(column.header, _WEAK_STATUS) >= SAME_WORDS
    return 0.0 if weak and known < 0.3 else 0.6 + 0.4 * known


def _priority(column: ColumnProfile, _: float) -> float:
    known = evidence.words(column, vocabulary().priority)
    return 0.5 + 0.5 * known if known >= 0.5 else 0.0


def _ticket_type(column: ColumnProfile, _: float) -> float:
    known = evidence.words(column, vocabulary().ticket_type)
    return known if known >= 0.6 else 0.0


def _change_tier(column: ColumnProfile, _: float) -> float:
    known = evidence.words(column, vocabulary().change_tier)
    return known if known >= 0.6 else 0.0


def _satisfaction(column: ColumnProfile, _: float) -> float:
    # A scale that goes beyond 5 is another scale; there is no telling which.
    known = evidence.words(column, vocabulary().columns["satisfaction"].words)
    return known if known >= 0.9 else 0.0


def _flag(column: ColumnProfile, _: float) -> float:
    known = evidence.words(column, dict.fromkeys((*TRUE_WORDS, *FALSE_WORDS, *BREACHED, *KEPT)))
    return known if known >= 0.8 else 0.0


def _number(column: ColumnProfile, _: float) -> float:
    numbers = evidence.numbers(column)
    return numbers if numbers >= 0.9 else 0.0


def _duration(column: ColumnProfile, _: float) -> float:
    readable = max(evidence.numbers(column), evidence.durations(column))
    return readable if readable >= 0.5 and unit_of(column) else 0.0


def _text(column: ColumnProfile, _: float) -> float:
    return 0.2 if evidence.dates(column) >= ENOUGH_DATES else 1.0
