"""The words of an answer: values of a dimension, changes, tickets and what was done to them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from analytics.ask.question import Threshold
from analytics.bound import Bound, Operator
from analytics.filters import Filters, Value
from analytics.formatting import count_text, day_text, hours_text, value_text
from analytics.kpi import Direction, Kpi, Unit
from analytics.warehouse.schema import CLOCK

# Verbs of what tickets do by themselves: they ended, but were opened.
_ACTIVE = ("ended",)
_HELD = {
    Operator.UNDER: "under", Operator.AT_MOST: "at most", Operator.OVER: "over", Operator.AT_LEAST: "at least",
}  # fmt: skip
_CLOCKED = {name: "weekday" if name.endswith("weekday") else "hour" for name in CLOCK}


def dimension_words(name: str) -> str:
    """`assignment group`; `weekday of opening` for the clock."""
    if name in _CLOCKED:
        return f"{_CLOCKED[name]} of {'opening' if name.startswith('opened') else 'ending'}"
    return name.replace("_", " ")


def several(dimension: str) -> str:
    """The plural: `assignment groups`, `categories`, `statuses`, `weekdays`."""
    word = _CLOCKED.get(dimension, dimension.replace("_", " "))
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith("s") else f"{word}s"


def counted(count: int, dimension: str) -> str:
    """`1 assignment group`, `12 categories`."""
    word = _CLOCKED.get(dimension, dimension.replace("_", " "))
    return f"{count_text(count)} {word if count == 1 else several(dimension)}"


def value_name(dimension: str, value: Value) -> str:
    """A value in a sentence: `'Network'`, `priority 2`, `Monday`, `category not recorded`."""
    if value is None:
        return f"{dimension_words(dimension)} not recorded"
    if dimension == "priority":
        return f"priority {value}"
    return str(value) if dimension in CLOCK else f"'{value}'"


def row_name(by: Sequence[str], values: Sequence[Value]) -> str:
    """The values of a row: `'Network' with priority 2`."""
    return " with ".join(value_name(name, value) for name, value in zip(by, values, strict=True))


def where_words(filters: Filters, level_on: date | None = None) -> str:
    """` where priority is 1 or 2 and site is not Leeds`, or nothing.

    Of a level on the day `level_on`, a limit on the day of opening is an age: `, older than 30 days (opened before
    31 May 2026)`.
    """
    aged = [bound for bound in filters.bounds if level_on and bound.column == "opened_on"]
    ages = "".join(_age_words(bound, level_on) for bound in aged if level_on)
    kept = replace(filters, bounds=tuple(bound for bound in filters.bounds if bound not in aged))
    said = " and ".join(kept.conditions_words)
    return f"{f' where {said}' if said else ''}{ages}"


def _age_words(bound: Bound, level_on: date) -> str:
    if not isinstance(bound.limit, date):
        return ""
    days, day = (level_on - bound.limit).days, day_text(bound.limit)
    noun = "day" if days == 1 else "days"
    match bound.operator:
        case Operator.UNDER:
            return f", older than {days} {noun} (opened before {day})"
        case Operator.AT_MOST:
            return f", at least {days} {noun} old (opened by {day})"
        case Operator.OVER:
            return f", under {days} {noun} old (opened after {day})"
        case Operator.AT_LEAST:
            return f", at most {days} {noun} old (opened from {day} on)"


def tickets_words(count: float) -> str:
    """`1 ticket`, `1,204 tickets`."""
    return f"{count_text(int(count))} {'ticket' if count == 1 else 'tickets'}"


def acted(kpi: Kpi, count: float) -> str:
    """What happened to that many tickets: `were opened`, `was opened`, `ended`."""
    if kpi.verb in _ACTIVE:
        return kpi.verb
    return f"{'was' if count == 1 else 'were'} {kpi.verb}"


def title_words(kpi: Kpi) -> str:
    """The title within a sentence: `mean time to resolve`, `SLA adherence`."""
    title = kpi.title.removesuffix(", conventional")
    first = title if title[:2].isupper() else f"{title[0].lower()}{title[1:]}"
    return f"conventional {first}" if title != kpi.title else first


def shown(value: float | None, kpi: Kpi) -> str:
    """The value in its unit."""
    return value_text(value, kpi.unit)


def difference(change: float, kpi: Kpi) -> str:
    """The size of a change without its sign: `12.4 h`, `3.2 points`, `120`."""
    match kpi.unit:
        case Unit.HOURS:
            return hours_text(abs(change))
        case Unit.RATIO:
            return f"{abs(change) * 100:.1f} points"
        case Unit.TICKETS:
            return count_text(round(abs(change)))


def signed(change: float, kpi: Kpi) -> str:
    """A change with its sign: `+12.4 h`."""
    size = difference(change, kpi)
    return size if is_nought(change, kpi) else f"{'-' if change < 0 else '+'}{size}"


def is_nought(change: float, kpi: Kpi) -> bool:
    """Whether the change, as it is shown, is none."""
    return difference(change, kpi) == difference(0.0, kpi)


def judged(change: float, kpi: Kpi) -> str:
    """`, better` or `, worse`; nothing where neither way is better or nothing changed."""
    if kpi.direction is Direction.NEUTRAL or is_nought(change, kpi):
        return ""
    return ", better" if (change > 0) is (kpi.direction is Direction.HIGHER) else ", worse"


def more_or_less(change: float, kpi: Kpi) -> str:
    """`more`, `less` of hours and shares, `fewer` of tickets."""
    if change > 0:
        return "more"
    return "fewer" if kpi.unit is Unit.TICKETS else "less"


def limit_text(threshold: Threshold | None, kpi: Kpi) -> str:
    """`under 80 %`, `at least 48 h`; empty without a threshold."""
    if threshold is None:
        return ""
    return f"{_HELD[threshold.operator]} {shown(threshold.value, kpi).replace('.0 ', ' ')}"


def capital(text: str) -> str:
    """The text with a capital letter; a quoted value stays as it is."""
    return f"{text[:1].upper()}{text[1:]}"
