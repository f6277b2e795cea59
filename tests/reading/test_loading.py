"""Loading: the count is checked, and a disagreement ends in a clean copy and not in a loss."""

from dataclasses import replace

import duckdb
import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import load
from analytics.warehouse.reading.rows import Tally
from tests.reading.fixtures import Loaded, Read

TEXT = "a,b\n" + "".join(f"{number},x\n" for number in range(100))


def test_the_table_has_a_record_number_and_text_columns(read: Read) -> None:
    connection = duckdb.connect()
    assert load(connection, read(TEXT), 'it\'s "raw"') == 100
    described = connection.execute('DESCRIBE "it\'s ""raw"""').fetchall()
    assert [column[:2] for column in described] == [("record", "BIGINT"), ("c0", "VARCHAR"), ("c1", "VARCHAR")]


def test_where_duckdb_counts_differently_the_copy_is_loaded(read: Read) -> None:
    connection = duckdb.connect()
    assert load(connection, replace(read(TEXT), skip=2), "raw") == 100
    assert connection.execute("SELECT min(c0), max(record) FROM raw").fetchone() == ("0", 100)


def test_where_duckdb_reads_other_cells_the_copy_is_loaded(read: Read, loaded: Loaded) -> None:
    rows = read('a,b\n1, "x"\n2,y\n')
    assert loaded(rows) == [("1", ' "x"'), ("2", "y")]


def test_what_cannot_be_loaded_whole_is_refused(read: Read) -> None:
    connection = duckdb.connect()
    rows = replace(read(TEXT), rows_read=101, tally=Tally(101, 0))
    with pytest.raises(UnreadableFile, match="could not be loaded with all its rows"):
        load(connection, rows, "raw")
    assert connection.execute("SELECT count(*) FROM duckdb_tables()").fetchone() == (0,)


def test_a_table_that_exists_is_not_touched(read: Read) -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE raw AS SELECT 1 AS x")
    with pytest.raises(duckdb.CatalogException):
        load(connection, read(TEXT), "raw")
    assert connection.execute("FROM raw").fetchall() == [(1,)]


def test_more_columns_than_an_expression_may_be_deep(read: Read, loaded: Loaded) -> None:
    header = ",".join(f"field {number}" for number in range(1_500))
    assert loaded(read(f"{header}\n{','.join('x' * 1_500)}\n")) == [("x",) * 1_500]
