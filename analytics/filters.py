"""A filter knows its SQL conditions, its bound parameters and its sentence.

Values never enter the SQL text: each is a `:name` parameter. Dates are days in the reporting time zone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Self

import pandas as pd

from analytics.bound import Bound
from analytics.errors import BacklightError, BadDate, PersonDimension, UnknownName
from analytics.warehouse.schema import DIMENSIONS, TICKETS

NOT_RECORDED = "not recorded"
_PEOPLE = frozenset(column.name for column in TICKETS if column.person)

Value = str | int | None
Chosen = tuple[tuple[str, tuple[Value, ...]], ...]


def check_dimension(name: str) -> str:
    """`name`, if numbers may be split by it; raises `UnknownName` or, for people, `PersonDimension`."""
    if name in _PEOPLE:
        raise PersonDimension(name)
    if name not in DIMENSIONS:
        raise UnknownName("dimension", name, DIMENSIONS)
    return name


def read_date(text: str, where: str) -> date:
    """The date written as 2026-03-31; raises `BadDate` naming `where` it was given."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(text, where) from None


def read_value(dimension: str, text: str) -> Value:
    """A dimension's value from text: '' is "not recorded", a priority is 1 to 5."""
    if text in ("", NOT_RECORDED):
        return None
    if dimension != "priority":
        return text
    if text not in "12345" or len(text) != 1:
        raise BacklightError(f"'{text}' is not a priority: use 1 (most urgent) to 5, or nothing for not recorded.")
    return int(text)


def plain_value(value: object) -> Value:
    """A dimension's value as it comes out of a frame: None is not recorded, a priority is an integer."""
    if pd.isna(value):
        return None
    return value if isinstance(value, str) else int(float(str(value)))


@dataclass(frozen=True)
class Filters:
    """Which tickets.

    A period on the KPI's anchor (`end` exclusive); per dimension the values wanted (`where`) and those not wanted
    (`without`); limits on columns of numbers and days; and a text that the title holds, in any case of letters.
    """

    start: date | None = None
    end: date | None = None
    where: Chosen = ()
    without: Chosen = ()
    bounds: tuple[Bound, ...] = ()
    title_text: str = ""

    @classmethod
    def of(
        cls,
        start: date | None = None,
        end: date | None = None,
        where: Mapping[str, Iterable[Value]] | None = None,
        without: Mapping[str, Iterable[Value]] | None = None,
        bounds: Iterable[Bound] = (),
        title_text: str = "",
    ) -> Self:
        """Filters from mappings of dimension to values; empty lists mean no restriction."""
        if start and end and start >= end:
            raise BacklightError(f"The period from {start} to {end} is empty: the end is exclusive and must be later.")
        listed = tuple(sorted(dict.fromkeys(bounds), key=lambda bound: bound.text))
        return cls(start, end, _chosen(where or {}), _chosen(without or {}), listed, " ".join(title_text.split()))

    @property
    def are_plain(self) -> bool:
        """Whether a period and wanted values say it all: what the pages on flow and forecast can be asked for."""
        return not (self.without or self.bounds or self.title_text)

    def only(self, dimension: str, value: Value) -> Self:
        """These filters narrowed to one value of a dimension."""
        others = tuple(pair for pair in self.where if pair[0] != check_dimension(dimension))
        return replace(self, where=tuple(sorted((*others, (dimension, (value,))))))

    def between(self, start: date | None, end: date | None) -> Self:
        """These filters over another period."""
        return replace(self, start=start, end=end)

    def previous(self) -> Self | None:
        """The period of equal length just before, or None where this one is not bounded."""
        if self.start is None or self.end is None:
            return None
        length: timedelta = self.end - self.start
        return replace(self, start=self.start - length, end=self.start)

    def value_conditions(self) -> list[str]:
        """SQL conditions on the tickets themselves, whenever they were opened or ended."""
        wanted = [_condition(dimension, dimension, values) for dimension, values in self.where]
        unwanted = [
            f"({_condition(dimension, f'not_{dimension}', values)}) IS NOT TRUE" for dimension, values in self.without
        ]
        limits = [bound.condition(f"bound_{i}") for i, bound in enumerate(self.bounds)]
        return [
            *wanted,
            *unwanted,
            *limits,
            *(["position(lower(:title_text) IN lower(title)) > 0"] if self.title_text else []),
        ]

    def period_conditions(self, anchor: str) -> list[str]:
        """SQL conditions that put `anchor`, a date expression, into the period."""
        bounds = ((self.start, f"{anchor} >= :from_date"), (self.end, f"{anchor} < :to_date"))
        return [condition for bound, condition in bounds if bound is not None]

    def parameters(self) -> dict[str, object]:
        """The bound parameters of all conditions."""
        unwanted = tuple((f"not_{dimension}", chosen) for dimension, chosen in self.without)
        values = {
            f"{dimension}_{i}": value
            for dimension, chosen in (*self.where, *unwanted)
            for i, value in enumerate(chosen)
            if value is not None
        }
        limits = {f"bound_{i}": bound.limit for i, bound in enumerate(self.bounds)}
        title = {"title_text": self.title_text} if self.title_text else {}
        dates = {"from_date": self.start, "to_date": self.end}
        return {**{name: day for name, day in dates.items() if day is not None}, **values, **limits, **title}

    def sentence(self, verb: str) -> str:
        """`tickets resolved from 2016-04-01 to 2016-04-30 where priority is 1 or 2`."""
        conditions = " and ".join(self.conditions_words)
        return f"tickets {verb}{self._period_words()}{f' where {conditions}' if conditions else ''}"

    @property
    def conditions_words(self) -> list[str]:
        """What a ticket must be, a few words each: `priority is 1 or 2`, `site is not Leeds`. It quotes the export."""
        wanted = [f"{_words(name)} is {_one_of(values)}" for name, values in self.where]
        unwanted = [f"{_words(name)} is not {_one_of(values)}" for name, values in self.without]
        title = [f"the title has '{self.title_text}'"] if self.title_text else []
        return [*wanted, *unwanted, *(bound.words for bound in self.bounds), *title]

    def _period_words(self) -> str:
        last = self.end - timedelta(days=1) if self.end else None
        if self.start and last:
            return f" on {self.start}" if self.start == last else f" from {self.start} to {last}"
        if self.start:
            return f" since {self.start}"
        return f" until {last}" if last else " at any time"


def _chosen(where: Mapping[str, Iterable[Value]]) -> Chosen:
    checked = {check_dimension(name): tuple(dict.fromkeys(values)) for name, values in where.items()}
    return tuple(sorted((name, values) for name, values in checked.items() if values))


def _condition(dimension: str, parameter: str, values: tuple[Value, ...]) -> str:
    names = [f":{parameter}_{i}" for i, value in enumerate(values) if value is not None]
    parts = [f"{dimension} IN ({', '.join(names)})"] if names else []
    if None in values:
        parts.append(f"{dimension} IS NULL")
    return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"


def _one_of(values: tuple[Value, ...]) -> str:
    words = [NOT_RECORDED if value is None else str(value) for value in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _words(dimension: str) -> str:
    return dimension.replace("_", " ")
