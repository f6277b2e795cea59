"""Loading: raw rows into a DuckDB table, all text, and not one row more or fewer than were counted."""

import duckdb

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.clean_copy import DELIMITER, NEWLINE
from analytics.warehouse.reading.rows import RawRows, Tally

# Four bytes a character at most, for the longest record that the reader lets through, and its quotes.
_MAX_LINE = 8_388_608
# DuckDB's own choice is sixteen of the longest lines, which no small memory limit has room for twice.
_BUFFER = 2 * _MAX_LINE
_NOT_THE_FILES_FAULT = (
    duckdb.CatalogException,
    duckdb.TransactionException,
    duckdb.OutOfMemoryException,
    duckdb.IOException,
)


def load(connection: duckdb.DuckDBPyConnection, rows: RawRows, table: str) -> int:
    """Creates `table`: BIGINT `record` (1..n in the file's order) and VARCHAR c0, c1 ...; returns the number of rows.

    If DuckDB reads the original file differently from the count made before, a clean copy is loaded instead.
    Raises UnreadableFile if that disagrees too. To be called outside a transaction, which the first error would end.
    """
    expected = rows.rows_read - len(rows.rejected)
    name = '"' + table.replace('"', '""') + '"'
    if expected == 0:
        columns = ", ".join(f"c{index} VARCHAR" for index in range(len(rows.header)))
        connection.execute(f"CREATE TABLE {name} (record BIGINT, {columns})")
        return 0
    tally = rows.tally or Tally(expected, -1)
    original = _reader(rows, str(rows.csv_path), rows.delimiter, rows.skip, rows.newline)
    if not _loaded(connection, name, original, len(rows.header), tally):
        _load_copy(connection, rows, name, tally)
    return expected


def _load_copy(connection: duckdb.DuckDBPyConnection, rows: RawRows, name: str, tally: Tally) -> None:
    if rows.source is not None:
        copy = _reader(rows, str(rows.source.clean_copy()), DELIMITER, 0, NEWLINE)
        if _loaded(connection, name, copy, len(rows.header), tally):
            return
    raise UnreadableFile(rows.name, "could not be loaded with all its rows", "save it as UTF-8 CSV and try again.")


def _loaded(connection: duckdb.DuckDBPyConnection, name: str, reader: str, width: int, tally: Tally) -> bool:
    """True if the table was made and holds what was counted; otherwise there is no table."""
    try:
        connection.execute(f"CREATE TABLE {name} AS SELECT row_number() OVER () AS record, * FROM {reader}")
    except _NOT_THE_FILES_FAULT:
        raise
    except duckdb.Error:
        return False
    columns = ", ".join(f"c{index}" for index in range(width))
    found = connection.execute(f"SELECT count(*), sum(length(concat({columns}))) FROM {name}").fetchone()
    if found is not None and found[0] == tally.records and tally.characters in (-1, found[1]):
        return True
    connection.execute(f"DROP TABLE {name}")
    return False


def _reader(rows: RawRows, path: str, delimiter: str, skip: int, newline: str) -> str:
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(rows.header)))
    line_end = ", new_line = '\\n'" if newline == NEWLINE else ""
    return (
        f"read_csv({_text(path)}, auto_detect = false, header = false, columns = {{{columns}}}, skip = {skip}, "
        f"delim = {_text(delimiter)}, quote = {_text(rows.quote)}, escape = {_text(rows.quote)}{line_end}, "
        "strict_mode = true, ignore_errors = false, null_padding = false, compression = 'none', encoding = 'utf-8', "
        # One thread keeps the file's order by itself, and reads faster than several here.
        f"comment = '', hive_partitioning = false, filename = false, parallel = false, max_line_size = {_MAX_LINE}, "
        f"buffer_size = {_BUFFER})"
    )


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
