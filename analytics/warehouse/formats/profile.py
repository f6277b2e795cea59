"""What a column of an unknown file holds: how full it is, how many different values, and what they look like."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb

MOST_VALUES = 200
SAMPLED_ROWS = 2_000


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
    few = [place for place, (filled, distinct) in enumerate(estimates) if filled and distinct <= MOST_VALUES * 1.2]
    many = [place for place, (filled, _) in enumerate(estimates) if filled and place not in few]
    values = _all_values(connection, table, few) | _sampled_values(connection, table, many, rows)
    return tuple(_profiles(header, rows, estimates, values))


def _profiles(
    header: Sequence[str], rows: int, estimates: Sequence[tuple[int, int]], values: Mapping[int, Sequence[str]]
) -> Iterator[ColumnProfile]:
    for place, (text, (filled, distinct)) in enumerate(zip(header, estimates, strict=True)):
        # Trimmed here, where there are few: doing it in SQL costs more than all the counting.
        found = tuple(dict.fromkeys(value.strip() for value in values.get(place, ()) if value.strip()))
        exact = distinct <= MOST_VALUES * 1.2 and len(found) < MOST_VALUES
        yield ColumnProfile(text, place, rows, filled, min(filled, len(found) if exact else distinct), found)


def _filled(place: int) -> str:
    return f"nullif(c{place}, '')"


def _count_sql(table: str, width: int) -> str:
    counts = (f"count({_filled(place)}), approx_count_distinct({_filled(place)})" for place in range(width))
    return f"SELECT count(*), {', '.join(counts)} FROM {table}"


def _all_values(connection: duckdb.DuckDBPyConnection, table: str, places: Sequence[int]) -> dict[int, list[str]]:
    """Every value of these columns, most frequent first."""
    found: dict[int, list[str]] = {place: [] for place in places}
    grouped = (
        f"(SELECT {place} AS place, c{place} AS value, count(*) AS n FROM {table} WHERE c{place} <> '' "
        f"GROUP BY c{place} ORDER BY n DESC LIMIT {MOST_VALUES})"
        for place in places
    )
    if places:
        sql = f"SELECT place, value FROM ({' UNION ALL '.join(grouped)}) ORDER BY place, n DESC, value"
        for place, value in connection.execute(sql).fetchall():
            found[place].append(value)
    return found


def _sampled_values(
    connection: duckdb.DuckDBPyConnection, table: str, places: Sequence[int], rows: int
) -> dict[int, list[str]]:
    """Values spread evenly over the file; where so thin a sample misses a sparse column, its first values."""
    if not places:
        return {}
    every = max(1, rows // SAMPLED_ROWS)
    wanted = ", ".join(f"list(DISTINCT {_filled(place)})" for place in places)
    lists = connection.execute(f"SELECT {wanted} FROM {table} WHERE record % {every} = 0").fetchall()[0]
    sampled = {place: _spread(found or ()) for place, found in zip(places, lists, strict=True)}
    thin = [place for place in places if len(sampled[place]) < MOST_VALUES and every > 1]
    return sampled | {place: _first_values(connection, table, place) for place in thin}


def _spread(values: Sequence[str | None]) -> list[str]:
    """At most 200 of the values, from all parts of the list."""
    known = [value for value in values if value]
    return known[:: -(-len(known) // MOST_VALUES) or 1]


def _first_values(connection: duckdb.DuckDBPyConnection, table: str, place: int) -> list[str]:
    inner = f"SELECT c{place} AS value FROM {table} WHERE c{place} <> '' LIMIT {MOST_VALUES * 10}"
    sql = f"SELECT DISTINCT value FROM ({inner}) LIMIT {MOST_VALUES}"
    return [value for (value,) in connection.execute(sql).fetchall()]
