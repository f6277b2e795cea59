"""Whatever is done to a file, every record is loaded or rejected and every line is accounted for."""

import csv
import io
import tempfile
from pathlib import Path

import duckdb
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import RawRows, load, read_file
from analytics.warehouse.reading.delimited import DelimitedText
from analytics.warehouse.reading.records import parse

CELLS = st.text(alphabet='ab1 ,;"\n\r\té\u2013', max_size=8)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=25)
DAMAGE = st.lists(
    st.tuples(st.integers(0, 10_000), st.sampled_from(['"', ",", "\n", "\r\n", "", "\0", "\n\n", '""'])), max_size=6
)
ENDS = st.sampled_from(["\n", "\r\n"])


def written(table: list[list[str]], end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([["number", "title", "state"], *table])
    return out.getvalue()


def damaged(text: str, damage: list[tuple[int, str]]) -> str:
    """The text with characters below the header replaced."""
    start = text.index("state") + 8
    for place, wrong in damage:
        at = start + place % max(1, len(text) - start)
        text = text[:at] + wrong + text[at + 1 :]
    return text


def read_and_load(content: bytes) -> tuple[RawRows, list[list[str]], dict[int, tuple[int, str]]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content)
        (rows,) = read_file(path, Path(folder))
        connection = duckdb.connect()
        assert load(connection, rows, "raw") == rows.rows_read - len(rows.rejected)
        cells = connection.execute("SELECT * EXCLUDE (record) FROM raw ORDER BY record").fetchall()
        lines = rows.lines_of(range(1, len(cells) + 1))
        return rows, [["" if cell is None else cell for cell in row] for row in cells], lines


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, ENDS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
def test_a_file_in_order_comes_back_cell_by_cell(table: list[list[str]], end: str, encoding: str) -> None:
    rows, cells, _ = read_and_load(written(table, end).encode(encoding))
    assert rows.header == ("number", "title", "state")
    assert rows.rejected == ()
    assert cells == table


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TABLES, ENDS, DAMAGE)
@example([["1", "a", "b"]] * 3, "\n", [(0, "")])
def test_a_damaged_file_is_accounted_for(table: list[list[str]], end: str, damage: list[tuple[int, str]]) -> None:
    text = damaged(written(table, end), damage)
    try:
        rows, cells, lines = read_and_load(text.encode())
    except UnreadableFile:
        return
    assert rows.rows_read == len(cells) + len(rows.rejected)
    assert len(lines) == len(cells)
    # The raw texts of what was loaded and rejected, in order, are the file below its header.
    assert isinstance(rows.source, DelimitedText)
    below = list(io.StringIO(text, newline=""))[rows.source.layout.skip :]
    kept = sorted([*lines.values(), *((row.line, row.text) for row in rows.rejected)])
    assert "".join(_ink(raw) for _, raw in kept) == _ink("".join(below))


def _ink(text: str) -> str:
    return text.replace("\0", "\ufffd").translate(dict.fromkeys(map(ord, "\r\n \t")))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet='a,"\t ', max_size=12).map(lambda text: text + "\n"), max_size=60), st.integers(1, 4))
def test_the_parser_hands_out_every_line_once(lines: list[str], width: int) -> None:
    records = list(parse(lines, ",", width))
    assert [line for record in records for line in record.lines] == lines
    at = 1
    for record in records:
        assert record.line == at
        at += len(record.lines)
        assert record.problem == "" or len(record.lines) == 1
