"""A draft: the question while it is being read, and which marks have been understood as what."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from analytics.ask.parsing.mark import Mark
from analytics.ask.question import Intent, Order, Question, Threshold
from analytics.ask.reading import Term
from analytics.ask.span import ALL_TIME, Span
from analytics.ask.vocabulary import Vocabulary
from analytics.bound import Bound
from analytics.filters import Filters, Value
from analytics.period import Grain


class Refused(Exception):
    """The question cannot be answered: why, in a sentence, and values, spans or KPIs that could be meant instead."""

    def __init__(
        self,
        reason: str,
        values: Iterable[tuple[str, Value]] = (),
        spans: Iterable[Span] = (),
        kpis: Iterable[str] = (),
    ) -> None:
        super().__init__(reason)
        self.values, self.spans, self.kpis = tuple(values), tuple(spans), tuple(kpis)


@dataclass
class Draft:
    """The question so far. `choices`: per mark which of several readings of it is taken, the first if none is named.

    `options` are their dimensions, and `chosen` the one taken.
    """

    marks: tuple[Mark, ...]
    known: Vocabulary
    choices: dict[int, int] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)
    terms: list[Term] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    kpi: str = ""
    rivals: list[str] = field(default_factory=list)
    options: dict[int, list[str]] = field(default_factory=dict)
    chosen: dict[int, str] = field(default_factory=dict)
    by: list[str] = field(default_factory=list)
    several: set[str] = field(default_factory=set)
    grain: Grain | None = None
    has_trend: bool = False
    where: dict[str, list[Value]] = field(default_factory=dict)
    without: dict[str, list[Value]] = field(default_factory=dict)
    bounds: list[Bound] = field(default_factory=list)
    title: str = ""
    span: Span = ALL_TIME
    other_spans: list[Span] = field(default_factory=list)
    compare: Span | str | None = None
    order: Order | None = None
    limit: int | None = None
    threshold: Threshold | None = None
    intent: Intent = Intent.MEASURE
    is_inverted: bool = False

    def use(self, place: int, kind: str, words: str) -> None:
        """The mark has been understood."""
        mark = self.marks[place]
        self.used.add(place)
        self.terms.append(Term(mark.start, mark.end, kind, words, mark.typed))

    def absorb(self, *places: int) -> None:
        """The marks are part of something understood."""
        self.used.update(places)

    def next(self, place: int, step: int = 1) -> int | None:
        """The place of the nearest mark after (or before) that may stand for something."""
        place += step
        while 0 <= place < len(self.marks):
            if not self.marks[place].is_filler or self.marks[place].of("value"):
                return place
            place += step
        return None

    def near(self, place: int, step: int = 1) -> Mark | None:
        """That mark itself."""
        found = self.next(place, step)
        return None if found is None else self.marks[found]

    def saying(self, *signals: str, unused: bool = True) -> list[int]:
        """Places of the marks that are one of these signals."""
        return [i for i, mark in enumerate(self.marks) if mark.says(*signals) and not (unused and i in self.used)]

    @property
    def filters(self) -> Filters:
        """What the tickets must be."""
        return Filters.of(self.span.start, self.span.end, self.where, self.without, self.bounds, self.title)

    def question(self, compare: Span | None) -> Question:
        """The question as it stands."""
        return Question(
            kpi=self.kpi, by=tuple(self.by), grain=self.grain, filters=self.filters, period=self.span.code,
            compare=compare, order=self.order, limit=self.limit, threshold=self.threshold, intent=self.intent,
        )  # fmt: skip
