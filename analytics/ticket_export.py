"""Downloads of a listing: all of its tickets, with its columns and in its order, as CSV, XLSX or Parquet."""

import io
from collections.abc import Iterator
from itertools import chain

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.export import csv_text
from analytics.formatting import count_text, moment_text
from analytics.listing import Listing, read_page
from analytics.selection import count_tickets
from analytics.ticket_columns import column_title, column_type
from analytics.tickets import MOST_ROWS
from analytics.warehouse.engine import Engine
from analytics.workbook import workbook_bytes

CHUNK = 50_000
_ARROW = {
    "VARCHAR": pa.string(), "TIMESTAMP": pa.timestamp("us"), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
    "TINYINT": pa.int8(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(),
}  # fmt: skip


def csv_file(engine: Engine, listing: Listing) -> bytes:
    """The listing as CSV under the canonical names of its columns; formulas escaped, times local."""
    file = io.BytesIO()
    for place, frame in enumerate(_chunks(engine, listing)):
        file.write(csv_text(frame, header=not place).encode("utf-8-sig" if not place else "utf-8"))
    return file.getvalue()


def xlsx_file(engine: Engine, listing: Listing) -> bytes:
    """The listing as a workbook under the titles on screen; formulas escaped, dates as dates, times local."""
    titles = [column_title(name) for name in listing.columns]
    return workbook_bytes(_chunks(engine, listing), titles, about_export(engine, listing))


def parquet_file(engine: Engine, listing: Listing) -> bytes:
    """The listing as Parquet, typed like the table `tickets` and as it stands there; times local."""
    about = {f"backlight {name.lower()}": text for name, text in about_export(engine, listing)}
    schema = pa.schema([(name, _ARROW[column_type(name)]) for name in listing.columns], metadata=about)
    file = io.BytesIO()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for frame in _chunks(engine, listing):
            writer.write_table(pa.Table.from_arrays([_arrow(frame[name]) for name in listing.columns], schema=schema))
    return file.getvalue()


def about_export(engine: Engine, listing: Listing) -> list[tuple[str, str]]:
    """What a file holds, in words: name and text of each fact. It quotes the export."""
    total = count_tickets(engine, listing.selection)
    written = count_text(min(total, MOST_ROWS))
    order = "as the tickets were selected"
    if listing.sort:
        way = "highest or latest first" if listing.sort.descending else "lowest or earliest first"
        order = f"{column_title(listing.sort.column)}, {way}"
    return [
        ("Tickets", f"{count_text(total)} {listing.selection.counted_words(total)}"),
        ("Rows", written if total <= MOST_ROWS else f"the first {written}, which is the most a file is given"),
        ("Sorted by", order),
        ("Data as of", moment_text(engine.as_of)),
        ("Times in", engine.reporting_time_zone),
        ("Snapshot", engine.snapshot),
    ]


def _chunks(engine: Engine, listing: Listing) -> Iterator[pd.DataFrame]:
    """The rows, a part at a time; the first part even if it is empty, for the columns."""
    first = read_page(engine, listing, CHUNK).frame
    return chain([first], _further(engine, listing) if len(first) == CHUNK else ())


def _further(engine: Engine, listing: Listing) -> Iterator[pd.DataFrame]:
    for skipped in range(CHUNK, MOST_ROWS, CHUNK):
        frame = read_page(engine, listing, CHUNK, skipped).frame
        if not frame.empty:
            yield frame
        if len(frame) < CHUNK:
            return


def _arrow(column: pd.Series) -> pa.Array:
    kind = _ARROW[column_type(str(column.name))]
    plain = column.astype(object) if isinstance(column.dtype, pd.CategoricalDtype) else column
    if pa.types.is_date32(kind):
        plain = plain.dt.date
    return pa.Array.from_pandas(plain, type=kind)
