"""A bound: a limit on a day, a duration or a count of each ticket, such as opened before a day."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from analytics.errors import BacklightError, UnknownName


class Operator(StrEnum):
    """How a value is held against a limit."""

    UNDER = "<"
    AT_MOST = "<="
    OVER = ">"
    AT_LEAST = ">="


@dataclass(frozen=True)
class Measure:
    """A column that a bound may limit: in words, with its unit; `dated` where the limit is a day."""

    words: str
    unit: str = ""
    dated: bool = False


MEASURES: dict[str, Measure] = {
    "opened_on": Measure("opened", dated=True),
    "ended_on": Measure("ended", dated=True),
    "resolution_hours": Measure("time to resolve", "h"),
    "response_hours": Measure("time to first response", "h"),
    "business_resolution_hours": Measure("business time to resolve", "h"),
    "pending_hours": Measure("time on hold", "h"),
    "handle_hours": Measure("work booked", "h"),
    "reassignment_count": Measure("hand-offs between groups"),
    "reopen_count": Measure("reopenings"),
    "reply_count": Measure("replies"),
}
_DATED = {Operator.UNDER: "before", Operator.AT_MOST: "by", Operator.OVER: "after", Operator.AT_LEAST: "from"}
_NUMBERED = {
    Operator.UNDER: "under", Operator.AT_MOST: "at most", Operator.OVER: "over", Operator.AT_LEAST: "at least",
}  # fmt: skip
_TEXT = re.compile(r"([a-z_]+)(<=|>=|<|>)(\S+)")


@dataclass(frozen=True, order=True)
class Bound:
    """`column` (one of `MEASURES`) held against `limit`: a day where the measure is dated, else a number in its unit.

    A ticket of which the column is not known is not within the bound.
    """

    column: str
    operator: Operator
    limit: float | date

    def condition(self, parameter: str) -> str:
        """SQL that holds for the tickets within the bound; the limit is bound as `:parameter`."""
        return f"{self.column} {self.operator} :{parameter}"

    @property
    def words(self) -> str:
        """`opened before 2026-05-31`, `time to resolve is over 48 h`, `replies are at least 3`."""
        measure = MEASURES[self.column]
        if measure.dated:
            return f"{measure.words} {_DATED[self.operator]} {self.limit}"
        verb = "are" if measure.words.endswith("s") else "is"
        return f"{measure.words} {verb} {_NUMBERED[self.operator]} {self._limit_text} {measure.unit}".rstrip()

    @property
    def text(self) -> str:
        """As it stands in an address and on the command line: `opened_on<2026-05-31`."""
        return f"{self.column}{self.operator}{self._limit_text}"

    @property
    def _limit_text(self) -> str:
        """The limit to its last digit, so that an address brings the same tickets back."""
        if isinstance(self.limit, float) and self.limit.is_integer():
            return str(int(self.limit))
        return str(self.limit)


def read_bound(text: str) -> Bound:
    """The bound written like `resolution_hours>48`; raises `BacklightError`."""
    found = _TEXT.fullmatch(text.replace(" ", ""))
    if not found:
        raise BacklightError(f"'{text}' is not a bound: write it like resolution_hours>48 or opened_on<2026-03-31.")
    column, operator, limit = found.groups()
    if column not in MEASURES:
        raise UnknownName("column to bound", column, MEASURES)
    return Bound(column, Operator(operator), _limit(column, limit, text))


def _limit(column: str, limit: str, text: str) -> float | date:
    try:
        if MEASURES[column].dated:
            return date.fromisoformat(limit)
        number = float(limit)
    except ValueError:
        number = float("nan")
    if not abs(number) < 1e12:
        what = "a date such as 2026-03-31" if MEASURES[column].dated else "a number"
        raise BacklightError(f"'{text}' is not a bound: {column} is held against {what}.")
    return number
