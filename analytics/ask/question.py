"""A question, understood: which KPI, split and filtered how, over which days, against what.

The question box, Explore, saved views, links and assistants all hold this one value; only registry names, values of
the data and numbers stand in it.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from analytics.ask.span import Span
from analytics.bound import Operator
from analytics.filters import Filters
from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.period import Grain

EVERYTHING = Filters()


class Intent(StrEnum):
    """What is wanted: a number; the tickets; a definition; why it changed; what comes; who owns what is open."""

    MEASURE = "measure"
    TICKETS = "tickets"
    DEFINITION = "definition"
    WHY = "why"
    FORECAST = "forecast"
    OWNERS = "owners"


class Order(StrEnum):
    """Which rows of a split come first, by value or by change against the compared period."""

    HIGHEST = "desc"
    LOWEST = "asc"
    RISEN = "change desc"
    FALLEN = "change asc"


@dataclass(frozen=True)
class Threshold:
    """The rows wanted, by the KPI's value in its own unit: a share 0 to 1, hours, tickets."""

    operator: Operator
    value: float

    @property
    def text(self) -> str:
        """`<0.8`."""
        return f"{self.operator}{int(self.value) if float(self.value).is_integer() else self.value}"


@dataclass(frozen=True)
class Question:
    """`filters` hold the days that `period` (a code of `Span`, or empty for given days) meant when it was read.

    `compare` is the span compared with; its code is `before` or `year before`, or empty for days that were given.
    """

    kpi: str
    by: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: Filters = EVERYTHING
    period: str = ""
    compare: Span | None = None
    order: Order | None = None
    limit: int | None = None
    threshold: Threshold | None = None
    intent: Intent = Intent.MEASURE

    @property
    def measured(self) -> Kpi:
        """The KPI of the registry."""
        return find_kpi(self.kpi)

    @property
    def span(self) -> Span:
        """The days asked about."""
        return Span(self.filters.start, self.filters.end, self.period)

    @property
    def versus(self) -> str:
        """The dimension of which exactly two values are set against each other; empty for no such question."""
        wanted = dict(self.filters.where)
        return next((name for name in self.by if len(self.by) == 1 and len(wanted.get(name, ())) == 2), "")

    def over(self, span: Span) -> "Question":
        """The question over other days."""
        return replace(self, filters=self.filters.between(span.start, span.end), period=span.code)
