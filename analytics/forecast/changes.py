"""Changes: what a scenario supposes, each in plain numbers that can be kept, read again and put into words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, Value, check_dimension, plain_value, read_date
from analytics.formatting import day_text

HALF = 0.5
TYPES = 5
_MOST_PERCENT = 1_000.0
_MOST_PEOPLE = 1_000.0
_MOST_TICKETS = 10_000.0


class BadChange(BacklightError):
    """A change that cannot be reckoned with."""

    def __init__(self, why: str, what_to_do: str) -> None:
        super().__init__(f"{why}: {what_to_do}.")


@dataclass(frozen=True)
class InflowChange:
    """Arrivals of one value of a dimension up or down by `percent` from the day `start` on (None: from now on)."""

    dimension: str
    value: Value
    percent: float
    start: date | None = None

    def __post_init__(self) -> None:
        check_dimension(self.dimension)
        _check(self.percent, -100, _MOST_PERCENT, "per cent of the arrivals")

    @property
    def sentence(self) -> str:
        """In words; quotes the export."""
        value = NOT_RECORDED if self.value is None else self.value
        way = "up" if self.percent > 0 else "down"
        named = f"{self.dimension.replace('_', ' ')} '{value}'"
        return f"Inflow of {named} {way} by {abs(self.percent):g} % {_from(self.start)}"


@dataclass(frozen=True)
class PeopleChange:
    """A group gains (or loses) `people` from the day `start` on.

    `tickets_each` is what one of them ends in a week, None for the group's own measured rate.
    """

    group: str
    people: float
    start: date | None = None
    tickets_each: float | None = None

    def __post_init__(self) -> None:
        _check(self.people, -_MOST_PEOPLE, _MOST_PEOPLE, "people")
        if self.tickets_each is not None:
            _check(self.tickets_each, 0, _MOST_TICKETS, "tickets a person and week")

    @property
    def sentence(self) -> str:
        """In words; quotes the export."""
        way, number = "gains" if self.people > 0 else "loses", abs(self.people)
        who = "person" if number == 1 else "people"
        each = "" if self.tickets_each is None else f" of {self.tickets_each:g} tickets a week each"
        return f"'{self.group}' {way} {number:g} {who}{each} {_from(self.start)}"


@dataclass(frozen=True)
class Freeze:
    """From `start` to `last`, both inclusive, only `share` of the usual closures; arrivals go on."""

    start: date
    last: date
    share: float = 0.0

    def __post_init__(self) -> None:
        _check(self.share, 0, 1, "of the usual closures, as a share")
        if self.last < self.start:
            raise BadChange(f"The freeze from {self.start} to {self.last} is empty", "let it end after it begins")

    @property
    def sentence(self) -> str:
        """In words."""
        share = f"{self.share:.0%} of the usual closures".replace("%", " %") if self.share else "no closures"
        return f"Freeze from {day_text(self.start)} to {day_text(self.last)}: {share}"


@dataclass(frozen=True)
class Automation:
    """Of the arrivals of the most frequent simple types, `share` no longer comes from the day `start` on."""

    share: float = HALF
    start: date | None = None
    types: int = TYPES

    def __post_init__(self) -> None:
        _check(self.share, 0, 1, "of the arrivals, as a share")
        _check(self.types, 1, 10, "types")

    @property
    def sentence(self) -> str:
        """In words."""
        share = f"{self.share:.0%}".replace("%", " %")
        return f"{share} of the {self.types} most frequent simple types automated or self-served {_from(self.start)}"


Change = InflowChange | PeopleChange | Freeze | Automation
KINDS: Mapping[str, type[Change]] = {
    "inflow": InflowChange,
    "people": PeopleChange,
    "freeze": Freeze,
    "automation": Automation,
}
_DAYS = ("start", "last")
_NUMBERS = ("percent", "people", "tickets_each", "share")
_NAMED_MOST = 200


def document_of(change: Change) -> dict[str, Any]:
    """The change as plain values: `kind` and its fields, days as ISO text, what is not set left out."""
    kind = next(name for name, type_ in KINDS.items() if isinstance(change, type_))
    fields = {name: value.isoformat() if isinstance(value, date) else value for name, value in vars(change).items()}
    return {"kind": kind, **{name: value for name, value in fields.items() if value is not None}}


def change_of(document: object) -> Change:
    """The change that plain values describe; raises `BacklightError` for anything else."""
    if not isinstance(document, dict) or document.get("kind") not in KINDS:
        raise BadChange("A change has no known kind", f"use one of {', '.join(KINDS)}")
    type_ = KINDS[document["kind"]]
    given: dict[str, Any] = {name: _read(name, value) for name, value in document.items() if name != "kind"}
    if type_ is InflowChange:
        given.setdefault("value", None)
    try:
        return type_(**given)
    except TypeError:
        raise BadChange(f"A change of the kind '{document['kind']}' has other fields", "enter it anew") from None


def _read(name: str, value: object) -> object:
    if name in _DAYS and isinstance(value, str):
        return read_date(value, f"a change's {name}")
    if name in (*_NUMBERS, "types") and isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if name == "types" and math.isfinite(value) else float(value)
    if name in ("dimension", "group") and isinstance(value, str) and len(value) <= _NAMED_MOST * 10:
        return value
    if name == "value" and isinstance(value, str | int) and not isinstance(value, bool):
        return plain_value(value)
    raise BadChange(f"A change's {name[:_NAMED_MOST]!a} cannot be read", "enter the change anew")


def _check(number: float, lowest: float, highest: float, unit: str) -> None:
    if not math.isfinite(number) or not lowest <= number <= highest:
        raise BadChange(f"{number:g} {unit} cannot be reckoned with", f"use {lowest:g} to {highest:,g}")


def _from(start: date | None) -> str:
    return f"from {day_text(start)} on" if start else "from now on"
