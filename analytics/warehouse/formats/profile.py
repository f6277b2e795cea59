"""What a column of an unknown file holds: how full it is, how many different values, and what they look like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

MOST_VALUES = 200
SAMPLED_ROWS = 20_000


@dataclass(frozen=True)
class ColumnProfile:
    """One column of a file. `rows`, `filled` are counts; `distinct` is a good estimate (within a few per cent)."""

    header: str
    position: int
    rows: int
    filled: int
    distinct: int
    values: tuple[str, ...]
    """Up to 200 distinct non-empty values; all of them, most frequent first, if there are no more than that."""

    @property
    def is_complete(self) -> bool:
        """Whether `values` are all values that the column has."""
        return self.distinct <= len(self.values)


def profile(connection: duckdb.DuckDBPyConnection, table: str, header: Sequence[str]) -> tuple[ColumnProfile, ...]:
    """A profile of every column of `table` (record, c0 .. cn), in the order of `header`."""
    if not header:
        return ()
    rows, *counts = connection.execute(_count_sql(table, len(header))).fetchall()[0]
    estimates = list(zip(counts[0::2], counts[1::2], strict=True))
    few = {place for place, (_, distinct) in enumerate(estimates) if distinct <= MOST_VALUES * 1.2}
    values = _sampled_values(connection, table, [place for place in range(len(header)) if place not in few], rows)
    values |= {place: _all_values(connection, table, place) for place in sorted(few)}
    return tuple(_profiles(header, rows, estimates, values))


def _profiles(
    header: Sequence[str], rows: int, estimates: Sequence[tuple[int, int]], values: dict[int, tuple[str, ...]]
) -> Iterator[ColumnProfile]:
    for place, (text, (filled, distinct)) in enumerate(zip(header, estimates, strict=True)):
        found = values.get(place, ())
        exact = len(found) if len(found) < MOST_VALUES and distinct <= MOST_VALUES * 1.2 else max(distinct, len(found))
        yield ColumnProfile(text, place, rows, filled, min(exact, filled), found)


def _filled(place: int) -> str:
    return f"nullif(trim(c{place}), '')"


def _count_sql(table: str, width: int) -> str:
    counts = (f"count({_filled(place)}), approx_count_distinct({_filled(place)})" for place in range(width))
    return f"SELECT count(*), {', '.join(counts)} FROM {table}"


def _all_values(connection: duckdb.DuckDBPyConnection, table: str, place: int) -> tuple[str, ...]:
    sql = (
        f"SELECT {_filled(place)} AS value FROM {table} WHERE value IS NOT NULL "
        f"GROUP BY value ORDER BY count(*) DESC, value LIMIT {MOST_VALUES}"
    )
    return tuple(value for (value,) in connection.execute(sql).fetchall())


def _sampled_values(
    connection: duckdb.DuckDBPyConnection, table: str, places: Sequence[int], rows: int
) -> dict[int, tuple[str, ...]]:
    """Values spread evenly over the file; where so thin a sample misses a sparse column, its first values."""
    if not places:
        return {}
    wanted = ", ".join(f"list(DISTINCT {_filled(place)})[:{MOST_VALUES}]" for place in places)
    every = max(1, rows // SAMPLED_ROWS)
    lists = connection.execute(f"SELECT {wanted} FROM {table} WHERE record % {every} = 0").fetchall()[0]
    sampled = {place: tuple(found or ()) for place, found in zip(places, lists, strict=True)}
    thin = [place for place in places if len(sampled[place]) < MOST_VALUES and every > 1]
    return sampled | {place: _first_values(connection, table, place) for place in thin}


def _first_values(connection: duckdb.DuckDBPyConnection, table: str, place: int) -> tuple[str, ...]:
    inner = f"SELECT {_filled(place)} AS value FROM {table} WHERE value IS NOT NULL LIMIT {MOST_VALUES * 10}"
    sql = f"SELECT DISTINCT value FROM ({inner}) LIMIT {MOST_VALUES}"
    return tuple(value for (value,) in connection.execute(sql).fetchall())
