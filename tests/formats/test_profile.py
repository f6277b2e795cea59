"""What is known of a column before anything is mapped."""

import duckdb

from analytics.warehouse.formats import profile
from tests.formats.raw_table import Table


def test_counts_and_values(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    header = table(
        "State,Empty,State", ["Open", None, "x"], ["Open", "", " y "], ["Closed", None, ""], [" Open", "", None]
    )
    first, empty, second = profile(connection, "raw", header)
    assert (first.rows, first.filled, first.distinct, first.values) == (4, 4, 2, ("Open", "Closed"))
    assert (empty.filled, empty.distinct, empty.values) == (0, 0, ())
    assert (second.position, second.filled, set(second.values)) == (2, 2, {"x", "y"})
    assert first.is_complete


def test_many_values_are_sampled_over_the_whole_file(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE raw AS SELECT i AS record, 'T' || i AS c0 FROM range(100000) AS r(i)").fetchall()
    (column,) = profile(connection, "raw", ("Id",))
    assert abs(column.distinct - 100_000) < 10_000
    assert len(column.values) >= 200
    assert max(int(value[1:]) for value in column.values) > 20_000
    assert not column.is_complete


def test_a_sparse_column_shows_its_few_values(connection: duckdb.DuckDBPyConnection) -> None:
    sparse = "CASE WHEN i % 997 = 1 THEN 'V' || i END"
    connection.execute(f"CREATE TABLE raw AS SELECT i AS record, {sparse} AS c0 FROM range(400000) AS r(i)").fetchall()
    (column,) = profile(connection, "raw", ("Rare",))
    assert len(column.values) >= 100


def test_no_columns(connection: duckdb.DuckDBPyConnection) -> None:
    assert profile(connection, "raw", ()) == ()
