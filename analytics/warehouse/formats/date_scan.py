"""Looking at the date columns of a file: a sample to see their shapes, then whole passes to count."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import duckdb

from analytics.warehouse.formats.date_rule import DateRule
from analytics.warehouse.formats.date_shapes import Shape, month_words, shape_of

SAMPLED_ROWS = 5_000
MOST_UNREADABLE = 1_000
# What comes before what in a ticket's life.
LIFE = ("opened_at", "first_response_at", "resolved_at", "closed_at")
PAIRS = (
    *pairwise(LIFE),
    ("opened_at", "resolved_at"),
    ("opened_at", "closed_at"),
    ("opened_at", "updated_at"),
    ("opened_at", "due_at"),
    ("planned_start_at", "planned_end_at"),
)

Shapes = frozenset[Shape]


@dataclass(frozen=True)
class DateColumn:
    """One time column of the file: where it stands and what its values look like."""

    name: str
    positions: tuple[int, ...]
    shapes: Shapes = frozenset()
    months: tuple[str, ...] = ()
    padded: bool = False

    def with_values(self, values: Sequence[str]) -> "DateColumn":
        """The same column, having seen these values too."""
        dated = {value: shape for value in values if (shape := shape_of(value))}
        months = {word for value in dated if (word := month_words(value))}
        padded = self.padded or any(value != value.strip() for value in dated)
        months_seen = tuple(sorted({*self.months, *months}))
        return replace(self, shapes=self.shapes | set(dated.values()), months=months_seen, padded=padded)

    def rule(self, month_first: Shapes) -> DateRule:
        """The reading in which the shapes in `month_first` are month first and all others day first."""
        texts: dict[str, list[str]] = {"offset": [], "utc": [], "local": []}
        for shape in sorted(self.shapes, key=lambda shape: (shape.clock, shape.formats)):
            if shape.formats:
                texts[shape.clock].append(shape.formats[shape in month_first])
        # %Y would take '26' for the year 26: two-digit years are tried first.
        ordered = {clock: tuple(sorted(found, key=lambda text: "%y" not in text)) for clock, found in texts.items()}
        numbers = tuple(sorted({shape.clock for shape in self.shapes if not shape.formats}))
        return DateRule(ordered["offset"], ordered["utc"], ordered["local"], numbers, self.months, self.padded)

    def moment(self, month_first: Shapes) -> str:
        """SQL of the column's moment under that reading."""
        rule = self.rule(month_first)
        return f"coalesce({', '.join(rule.sql(f'c{position}', 'UTC') for position in self.positions)})"


@dataclass(frozen=True)
class DateScan:
    """Counts over one table; every method is one pass, or none if there is nothing to count."""

    connection: duckdb.DuckDBPyConnection
    table: str

    def sample(self, position: int) -> list[str]:
        """Distinct values spread over the file, and the first ones in case the column is sparse."""
        every = f"(SELECT max(record) // {SAMPLED_ROWS} + 1 FROM {self.table})"
        spread = f"SELECT c{position} AS value FROM {self.table} WHERE record % {every} = 0"
        first = f"SELECT c{position} AS value FROM {self.table} WHERE c{position} <> '' LIMIT 500"
        rows = self._rows(f"SELECT DISTINCT value FROM ({spread} UNION ALL (SELECT * FROM ({first})))")
        return [value for (value,) in rows if value]

    def readable(self, columns: Sequence[DateColumn], month_first: Shapes) -> list[int]:
        """How many rows each column can be read in."""
        counts = [f"count({column.moment(month_first)})" for column in columns]
        return list(self._rows(f"SELECT {', '.join(counts)} FROM {self.table}")[0]) if counts else []

    def filled(self, columns: Sequence[DateColumn]) -> list[int]:
        """How many rows each column says anything in."""
        counts = [f"count(*) FILTER (WHERE {_any_text(column)})" for column in columns]
        return list(self._rows(f"SELECT {', '.join(counts)} FROM {self.table}")[0]) if counts else []

    def unreadable(self, column: DateColumn, month_first: Shapes) -> Counter[str]:
        """The texts of the column that cannot be read, at most 1,000 of them, and how often each stands."""
        found: Counter[str] = Counter()
        for position in column.positions:
            sql = (
                f"SELECT c{position}, count(*) AS n FROM {self.table} WHERE {_any_text(column)} AND c{position} <> '' "
                f"AND {column.moment(month_first)} IS NULL GROUP BY ALL ORDER BY n DESC LIMIT {MOST_UNREADABLE}"
            )
            found.update(dict(self._rows(sql)))
        return found

    def violations(self, columns: Sequence[DateColumn], month_first: Shapes) -> int:
        """How often a ticket's life runs backwards, or ahead of the clock, under that reading."""
        names = {column.name for column in columns}
        backwards = [f"count(*) FILTER (WHERE {first} > {then})" for first, then in PAIRS if {first, then} <= names]
        ahead = [f"count(*) FILTER (WHERE {name} > latest)" for name in (*LIFE, "updated_at") if name in names]
        moments = ", ".join(f"{column.moment(month_first)} AS {column.name}" for column in columns)
        inner = f"SELECT {moments}, timezone('UTC', now()) + INTERVAL 1 DAY AS latest FROM {self.table}"
        counts = ", ".join(backwards + ahead)
        return sum(self._rows(f"SELECT {counts} FROM ({inner})")[0]) if counts else 0

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql).fetchall()


def _any_text(column: DateColumn) -> str:
    return "(" + " OR ".join(f"c{position} <> ''" for position in column.positions) + ")"
