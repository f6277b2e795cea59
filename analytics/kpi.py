"""What a KPI is: a frozen value that the pages, the command line, the documents and the tests all read.

The SQL in a KPI keeps to the portable subset (aggregates, FILTER, CASE, IS NULL, percentile_cont), so the same
text runs on any engine. Ratios keep numerator and denominator and divide last, so totals stay exact.
"""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """The unit of a KPI's value."""

    HOURS = "hours"
    RATIO = "ratio"
    TICKETS = "tickets"


class Direction(StrEnum):
    """Which way is better."""

    LOWER = "lower is better"
    HIGHER = "higher is better"
    NEUTRAL = "neither way is better"


@dataclass(frozen=True)
class Ratio:
    """Numerator over denominator, both SQL aggregates; unknown where the denominator is 0."""

    numerator: str
    denominator: str


@dataclass(frozen=True)
class Count:
    """A number of tickets; 0 is a value."""

    numerator: str = "count(*)"


@dataclass(frozen=True)
class Statistic:
    """A median or percentile: an SQL aggregate, with the number of tickets it rests on."""

    statistic: str
    denominator: str


@dataclass(frozen=True)
class Stock:
    """Tickets present at the end of a period: all that entered by then less all that left by then."""

    entered_on: str
    left_on: str


@dataclass(frozen=True)
class Exclusion:
    """Why a ticket is not in the population: the reason in words and its SQL condition."""

    reason: str
    condition: str


NO_OPENING = Exclusion("no opening time", "opened_at IS NULL")
CANCELLED = Exclusion("cancelled, merged or spam", "status = 'cancelled'")
STILL_OPEN = Exclusion("still open", "ended_at IS NULL")


@dataclass(frozen=True)
class Kpi:
    """One KPI.

    `population` is the SQL condition a ticket must meet to be used; `exclusions` name, in order, why the others
    are not. `anchor` is the date column that puts a ticket in a period. `verb` reads in "tickets <verb> in May".
    `numerator_words` and `denominator_words` say in words what the value's SQL says.
    """

    name: str
    title: str
    definition: str
    population: str
    anchor: str
    verb: str
    value: Ratio | Count | Statistic | Stock
    unit: Unit
    direction: Direction
    exclusions: tuple[Exclusion, ...]
    caveats: tuple[str, ...]
    source: str
    numerator_words: str = ""
    denominator_words: str = ""

    @property
    def is_stock(self) -> bool:
        """True for a level at a moment, which must never be summed over time."""
        return isinstance(self.value, Stock)
