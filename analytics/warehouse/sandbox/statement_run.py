"""One statement in a confined child: the gate, the engine, and the result as plain columns."""

import socket
import time
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from analytics.warehouse.sandbox import message
from analytics.warehouse.sandbox.complaints import complaint, engine_error, is_over_memory
from analytics.warehouse.sandbox.confinement import shut_in
from analytics.warehouse.sandbox.errors import SqlRefused
from analytics.warehouse.sandbox.gate import checked
from analytics.warehouse.sandbox.limits import ENGINE_MEMORY, LONGEST_CELL, MOST_BYTES, MOST_COLUMNS

# Set one by one, in this order, as in analytics/warehouse/engine.py, which says why.
_HARDENING = (
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET allow_community_extensions = false",
    "SET allow_persistent_secrets = false",
    "SET GLOBAL python_enable_replacements = false",
    "SET temp_directory = ''",
    f"SET memory_limit = '{ENGINE_MEMORY}'",
    "SET GLOBAL TimeZone = 'UTC'",
    "SET lambda_syntax = 'ENABLE_SINGLE_ARROW'",
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)
# Types that a table on the page, a CSV and JSON all have; all others become text.
_PLAIN = frozenset({
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE",
    "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE",
})  # fmt: skip
_HUGE = frozenset({"HUGEINT", "UHUGEINT", "UBIGINT"})
_BATCH = 4_096
_LONGEST_TYPE = 200
# Days from 1 January 1970.
_FIRST_DAY, _DAY_AFTER_LAST = -719_162, 2_932_897
_MICROSECONDS_A_DAY = 86_400_000_000


def run_statement(channel: socket.socket, data: int) -> None:
    """Read a request from the channel, and answer it: how it went, then an Arrow stream if there is a result.

    `data` is the descriptor of the permitted copy; once it is open the process can open nothing more.
    """
    started = time.monotonic()
    connection = _opened(data)
    shut_in()
    request = message.receive(channel)
    try:
        with connection:
            parsed = checked(connection, request["statement"])
            head, table = _result(connection, parsed, request["rows"])
            head["seconds"] = time.monotonic() - started
            _send(channel, head, table)
    except SqlRefused as refused:
        message.send(channel, {"refused": str(refused)})
    except (duckdb.Error, pa.ArrowException, OSError, MemoryError, RecursionError) as error:
        found = engine_error(error)
        if is_over_memory(found) or isinstance(error, (MemoryError, RecursionError)):
            message.send(channel, {"over_memory": True})
        else:
            message.send(channel, {"refused": complaint(found, request["statement"])})


def _opened(data: int) -> duckdb.DuckDBPyConnection:
    """By its descriptor, so that no path of the server is in this process."""
    connection = duckdb.connect(f"/proc/self/fd/{data}", read_only=True, config={"threads": 1, "async_threads": 0})
    for statement in _HARDENING:
        connection.execute(statement)
    return connection


def _result(
    connection: duckdb.DuckDBPyConnection, parsed: duckdb.Statement, rows: int
) -> tuple[dict[str, Any], pa.Table]:
    facts = connection.execute("SELECT CAST(as_of AS VARCHAR) FROM facts").fetchall()
    found = connection.sql(parsed)
    if len(found.types) > MOST_COLUMNS:
        raise SqlRefused(f"A result may have up to {MOST_COLUMNS:,} columns; this has {len(found.types):,}.")
    types = [str(kind) for kind in found.types]
    wanted = ", ".join(f"{_plain(f'#{place}', kind)} AS c{place}" for place, kind in enumerate(types, 1))
    table, cut = _taken(found.limit(rows + 1).project(wanted).to_arrow_reader(_BATCH), rows)
    head = {
        "names": _distinct(found.columns),
        "types": [kind[:_LONGEST_TYPE] for kind in types],
        "cut": cut,
        "as_of": facts[0][0],
    }
    return head, _showable(table)


def _plain(column: str, kind: str) -> str:
    if kind in _PLAIN:
        return column
    if kind.startswith("DECIMAL"):
        return f"CAST({column} AS DOUBLE)"
    if kind in _HUGE:
        # A sum of whole numbers is one of these, and nearly always fits.
        return column
    return f"left(CAST({column} AS VARCHAR), {LONGEST_CELL})"


def _taken(reader: pa.RecordBatchReader, rows: int) -> tuple[pa.Table, list[str]]:
    """Batches up to the limits, and what was cut off: more rows, or more bytes."""
    batches: list[pa.RecordBatch] = []
    count = size = 0
    cut: list[str] = []
    for batch in reader:
        if count + batch.num_rows > rows:
            cut.append("rows")
        kept = batch.slice(0, rows - count)
        if size + kept.nbytes > MOST_BYTES:
            cut.append("size")
            kept = kept.slice(0, int(kept.num_rows * (MOST_BYTES - size) / kept.nbytes))
        count, size = count + kept.num_rows, size + kept.nbytes
        batches.append(kept)
        if cut:
            break
    if any(_has_long(batch) for batch in batches):
        cut.append("cells")
    return pa.Table.from_batches(batches, schema=reader.schema), cut


def _has_long(batch: pa.RecordBatch) -> bool:
    texts = (column for column in batch.columns if pa.types.is_string(column.type))
    return any((pc.max(pc.utf8_length(column)).as_py() or 0) >= LONGEST_CELL for column in texts)


def _distinct(names: list[str]) -> list[str]:
    """Names as they are, the second of a kind with a number: a table needs each once."""
    used: dict[str, int] = {}
    listed = []
    for name in (name[:200] or "column" for name in names):
        used[name] = used.get(name, 0) + 1
        again = f"{name}_{used[name]}" if used[name] > 1 else name
        used.setdefault(again, 1)
        listed.append(again)
    return listed


def _send(channel: socket.socket, head: dict[str, Any], table: pa.Table) -> None:
    message.send(channel, head)
    with channel.makefile("wb") as stream, pa.ipc.new_stream(stream, table.schema) as writer:
        writer.write_table(table)


def _showable(table: pa.Table) -> pa.Table:
    """Huge whole numbers as 64 bits where they fit, else as text; times that no calendar has as text too."""
    for place, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type) or pa.types.is_uint64(field.type):
            table = table.set_column(place, field.name, _narrow(table.column(place)))
        elif pa.types.is_temporal(field.type) and not _in_calendar(table.column(place)):
            table = table.set_column(place, field.name, table.column(place).cast(pa.string()))
    return table


def _narrow(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column.cast(pa.string())


def _in_calendar(column: pa.ChunkedArray) -> bool:
    """Whether all years are from 1 to 9999, which is what a table on the page and Python can show."""
    days = pa.types.is_date(column.type)
    numbers = column.cast(pa.int32() if days else pa.int64())
    found = pc.min_max(numbers).as_py()
    scale = 1 if days else _MICROSECONDS_A_DAY
    return found["min"] is None or (found["min"] >= _FIRST_DAY * scale and found["max"] < _DAY_AFTER_LAST * scale)
