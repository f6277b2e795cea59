"""Delimited text that is in order, in all its variety."""

from pathlib import Path

import pytest

from analytics.warehouse.reading import rows as rows_module
from tests.reading.fixtures import Loaded, Read

HEADER = "number,title,state\n"


def test_a_file_in_order_is_loaded_from_the_original(read: Read, loaded: Loaded, tmp_path: Path) -> None:
    rows = read(HEADER + "INC1,Mail,New\nINC2,Net,Closed\n")
    assert rows.csv_path == tmp_path / "x.csv"
    assert (rows.name, rows.header, rows.skip) == ("x.csv", ("number", "title", "state"), 1)
    assert (rows.rows_read, rows.rejected, rows.notes) == (2, (), ())
    assert loaded(rows) == [("INC1", "Mail", "New"), ("INC2", "Net", "Closed")]


def test_ids_are_text(read: Read, loaded: Loaded) -> None:
    cells = loaded(read(HEADER + "12E5,a,b\n00123,c,d\n123456789012345678,e,f\n"))
    assert [row[0] for row in cells] == ["12E5", "00123", "123456789012345678"]


@pytest.mark.parametrize(("delimiter", "spoken"), [(";", ";"), ("\t", "tabs"), ("|", "|")])
def test_other_delimiters_are_found_and_said(read: Read, loaded: Loaded, delimiter: str, spoken: str) -> None:
    text = "number,title,state\nINC1,Mail,New\n".replace(",", delimiter)
    rows = read(text)
    assert rows.delimiter == delimiter
    assert rows.notes == (f"Fields are separated by {spoken}.",)
    assert loaded(rows) == [("INC1", "Mail", "New")]


def test_decimal_commas_do_not_make_the_comma_a_delimiter(read: Read, loaded: Loaded) -> None:
    rows = read("id;hours;cost\n" + "1;2,5;3,75\n" * 30)
    assert rows.delimiter == ";"
    assert loaded(rows)[0] == ("1", "2,5", "3,75")


def test_delimiters_and_line_ends_inside_quotes(read: Read, loaded: Loaded) -> None:
    rows = read('number,title,state\nINC1,"a, ""b""\nsecond line",New\nINC2,"x;y\r\nz",Closed\n')
    assert loaded(rows) == [("INC1", 'a, "b"\nsecond line', "New"), ("INC2", "x;y\r\nz", "Closed")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_line_end_with_and_without_the_last(read: Read, loaded: Loaded, end: str, last: bool) -> None:
    text = end.join(['"a","b"', '"1","x\ny"', '"2","z"']) + (end if last else "")
    assert loaded(read(text)) == [("1", "x\ny"), ("2", "z")]


def test_mixed_line_ends(read: Read, loaded: Loaded) -> None:
    assert loaded(read("a,b\r\n1,2\n3,4\r\n5,6\r7,8\n")) == [("1", "2"), ("3", "4"), ("5", "6"), ("7", "8")]


def test_blank_lines_are_no_rows(read: Read, loaded: Loaded) -> None:
    rows = read("a,b\n1,2\n\n   \n3,4\n\n\n")
    assert (rows.rows_read, rows.rejected) == (2, ())
    assert loaded(rows) == [("1", "2"), ("3", "4")]


def test_lines_after_blank_ones_keep_their_number(read: Read) -> None:
    assert read("a,b\n1,2\n\n\n3,4\n").lines_of([1, 2]) == {1: (2, "1,2"), 2: (5, "3,4")}


def test_lines_of_a_file_loaded_from_the_original(read: Read) -> None:
    rows = read('a,b\n1,"x\ny"\n2,z\n')
    assert rows.lines_of([2]) == {2: (4, "2,z")}
    assert rows.lines_of([1]) == {1: (2, '1,"x\ny"')}
    assert rows.lines_of([]) == {}


def test_quotes_and_spaces_inside_a_plain_field_stay(read: Read, loaded: Loaded) -> None:
    assert loaded(read('a,b,c\n1, "x" ,27" screen\n2, y,z\n')) == [("1", ' "x" ', '27" screen'), ("2", " y", "z")]


def test_headers_lose_marks_and_spaces_but_keep_their_text_and_place(read: Read) -> None:
    rows = read('"\ufeff Severity ","Severity","\xa0Ticket Id*+\xa0",""\n1,2,3,4\n')
    assert rows.header == ("Severity", "Severity", "Ticket Id*+", "")


def test_a_header_over_two_lines(read: Read, loaded: Loaded) -> None:
    rows = read('"Ticket\nnumber",b\n1,2\n')
    assert rows.header == ("Ticket\nnumber", "b")
    assert loaded(rows) == [("1", "2")]


@pytest.mark.parametrize("header", ["a;b;c;\n", "a;b;c\n"])
def test_a_delimiter_at_the_end_of_every_line(read: Read, loaded: Loaded, header: str) -> None:
    rows = read(header + "1;2;3;\n4;5;6;\n")
    assert rows.rejected == ()
    assert rows.header == ("a", "b", "c", "")
    assert loaded(rows) == [("1", "2", "3", ""), ("4", "5", "6", "")]


def test_a_delimiter_at_the_end_of_the_header_only(read: Read, loaded: Loaded) -> None:
    rows = read("a;b;c;\n1;2;3\n4;5;6\n")
    assert (rows.header, rows.rejected) == (("a", "b", "c"), ())
    assert loaded(rows) == [("1", "2", "3"), ("4", "5", "6")]


def test_only_a_header_is_a_table_without_rows(read: Read, loaded: Loaded) -> None:
    rows = read(HEADER)
    assert (rows.rows_read, rows.header) == (0, ("number", "title", "state"))
    assert loaded(rows) == []


def test_a_name_that_duckdb_would_take_for_a_pattern(read: Read, loaded: Loaded) -> None:
    rows = read(HEADER + "INC1,a,b\n", name="export[1] * it's.csv")
    assert loaded(rows) == [("INC1", "a", "b")]


def test_a_field_longer_than_pythons_default_limit(read: Read, loaded: Loaded) -> None:
    assert loaded(read(f'a,b\n1,"{"x" * 400_000}"\n'))[0][1] == "x" * 400_000


@pytest.mark.parametrize(
    ("count", "said"), [(10_000, "ServiceNow stops there"), (1_000, "Jira stops there"), (50_000, "a round number")]
)
def test_round_numbers_are_suspicious(read: Read, count: int, said: str) -> None:
    (note,) = read("a,b\n" + "1,2\n" * count).notes
    assert note.startswith(f"Exactly {count:,} rows: ")
    assert said in note


def test_the_name_is_never_a_folder(read: Read) -> None:
    assert "/" not in read(HEADER).name
    assert rows_module.cropped("x" * 40_000 + "\n") == "x" * 32_000
