"""Small tables as a reader makes them: record, c0 .. cn as text."""

from collections.abc import Iterator, Sequence

import duckdb
import pytest

from tests.formats.raw_table import Table


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2").fetchall()
        yield connection


@pytest.fixture
def table(connection: duckdb.DuckDBPyConnection) -> Table:
    """`table("Id,Status", ["1", "Open"], ...)` makes the table `raw` and returns the header."""

    def make(header: str, *rows: Sequence[str | None]) -> tuple[str, ...]:
        names = tuple(header.split(","))
        columns = ", ".join(f"c{place} VARCHAR" for place in range(len(names)))
        connection.execute(f"CREATE OR REPLACE TABLE raw (record BIGINT, {columns})").fetchall()
        marks = ", ".join("?" for _ in range(len(names) + 1))
        for record, row in enumerate(rows, start=1):
            padded = [*row, *[None] * (len(names) - len(row))]
            connection.execute(f"INSERT INTO raw VALUES ({marks})", [record, *padded]).fetchall()
        return names

    return make
