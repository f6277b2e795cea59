"""The vocabulary: the words that a question may be made of, from the registry, `data/ask.toml` and the loaded data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from analytics.ask.parsing.lexicon import Lexicon
from analytics.choices import choices
from analytics.extent import extent
from analytics.filters import Value
from analytics.kpis import KPIS
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK, DIMENSIONS


@dataclass(frozen=True)
class Vocabulary:
    """`values`: per dimension those found in the data, most frequent first; `as_of` is the as-of day.

    `first_day` and `last_day` are the days the data spans, None without a usable opening time.
    `measurable` are the KPIs for which the data has any ticket at all.
    """

    values: Mapping[str, tuple[Value, ...]]
    as_of: date
    first_day: date | None
    last_day: date | None
    measurable: frozenset[str] = frozenset(kpi.name for kpi in KPIS)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The values and the phrase book, indexed; built when it is first needed."""
        return Lexicon(self.values)


def vocabulary(engine: Engine) -> Vocabulary:
    """The vocabulary of the snapshot; costs a query per dimension, so keep it for as long as the snapshot stays."""
    reach = extent(engine)
    values = {name: CLOCK.get(name) or choices(engine, name) for name in DIMENSIONS}
    as_of = engine.as_of.date() if engine.as_of else date(1970, 1, 1)
    return Vocabulary(values, as_of, reach.first_day, reach.last_day, _measurable(engine))


def _measurable(engine: Engine) -> frozenset[str]:
    counts = ", ".join(f"count(*) FILTER (WHERE {kpi.population}) AS {kpi.name}" for kpi in KPIS)
    found = engine.query(f"SELECT {counts} FROM tickets").iloc[0]
    return frozenset(kpi.name for kpi in KPIS if found[kpi.name])
