"""Where the table starts."""

from pathlib import Path

from tests.reading.fixtures import Loaded, Read

TITLES = 'All Requests\n"Generated on: Aug 9, 2022 06:06 AM"\n\n'
TABLE = "RequestID,Subject,Status,Created Time\n101,Mail,Open,x\n102,Net,Closed,y\n"


def test_title_lines_and_a_repeated_header(read: Read, loaded: Loaded) -> None:
    rows = read(TITLES + TABLE + "RequestID,Subject,Status,Created Time\n103,PC,Open,z\n")
    assert rows.header == ("RequestID", "Subject", "Status", "Created Time")
    assert "2 title lines before the header were skipped." in rows.notes
    assert [(row.line, row.reason) for row in rows.rejected] == [(7, "the header repeated")]
    assert [row[0] for row in loaded(rows)] == ["101", "102", "103"]


def test_title_lines_do_not_hinder_the_fast_path(read: Read, loaded: Loaded, tmp_path: Path) -> None:
    rows = read(TITLES + TABLE)
    assert rows.csv_path == tmp_path / "x.csv"
    assert rows.skip == 4
    assert rows.lines_of([1]) == {1: (5, "101,Mail,Open,x")}
    assert len(loaded(rows)) == 2


def test_titles_padded_with_delimiters(read: Read, loaded: Loaded) -> None:
    rows = read("Weekly report,,,\n,,,\n" + TABLE)
    assert rows.header[0] == "RequestID"
    assert len(loaded(rows)) == 2


def test_the_separator_line_of_excel(read: Read, loaded: Loaded) -> None:
    rows = read("sep=;\n" + TABLE.replace(",", ";"))
    assert rows.header[0] == "RequestID"
    assert len(loaded(rows)) == 2


def test_a_header_narrower_than_its_rows_rejects_them_all(read: Read) -> None:
    rows = read("a,b,c\n" + "1,x,2,y\n" * 5)
    assert rows.header == ("a", "b", "c")
    assert {row.reason for row in rows.rejected} == {"4 fields instead of 3"}
    assert rows.rows_read == 5


def test_a_file_without_a_header_is_said(read: Read) -> None:
    rows = read("1,2024-01-01,5\n2,2024-01-02,6\n")
    assert any("looks like data" in note for note in rows.notes)
