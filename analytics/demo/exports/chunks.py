"""A CSV file written a chunk of rows at a time, so that memory stays small however long it is."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import csv

from analytics.demo.clock import Ints

Columns = dict[str, pa.Array]
ROWS = 250_000


def write(path: Path, rows: Ints, columns: Callable[[Ints], Columns], empty: str = "") -> int:
    """Writes `rows` in their order, made into columns chunk by chunk; returns how many lines of data there are.

    `empty` stands in cells whose value is not known.
    """
    count = 0
    with path.open("wb") as file:
        writer: csv.CSVWriter | None = None
        for chunk in _parts(rows):
            table = pa.table({name: _filled(column, empty) for name, column in columns(chunk).items()})
            writer = writer or csv.CSVWriter(file, table.schema)
            writer.write_table(table)
            count += table.num_rows
        if writer is not None:
            writer.close()
    return count


def _parts(rows: Ints) -> Iterator[Ints]:
    for first in range(0, max(len(rows), 1), ROWS):
        yield rows[first : first + ROWS]


def _filled(column: pa.Array, empty: str) -> pa.Array:
    text = column if pa.types.is_string(column.type) else column.cast(pa.string())
    return text.fill_null(empty) if empty else text


def same(text: str, rows: Ints) -> pa.Array:
    """One text in every row."""
    return pa.array(np.full(len(rows), text))
