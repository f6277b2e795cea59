"""Encodings, found by strict decoding."""

from pathlib import Path

import pytest

from tests.reading.fixtures import Loaded, Read

TEXT = 'number,title\nINC1,"Zürich \u2013 ältere Geräte"\n'


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("cp1252", "Read as Windows-1252."),
        ("utf-16", "Read as UTF-16."),
        ("utf-16-le", "Read as UTF-16."),
        ("utf-16-be", "Read as UTF-16."),
    ],
)
def test_every_encoding_gives_the_same_cells(read: Read, loaded: Loaded, encoding: str, note: str | None) -> None:
    rows = read(TEXT.encode(encoding))
    assert rows.header == ("number", "title")
    assert loaded(rows) == [("INC1", "Zürich \u2013 ältere Geräte")]
    assert rows.notes == ((note,) if note else ())


def test_a_mark_before_a_quoted_header(read: Read, loaded: Loaded) -> None:
    rows = read(b'\xef\xbb\xbf"Ticket Number","Subject"\r\n"1","a"\r\n')
    assert rows.header == ("Ticket Number", "Subject")
    assert loaded(rows) == [("1", "a")]


def test_byte_96_is_a_dash(read: Read, loaded: Loaded) -> None:
    assert loaded(read(b"number,title\nINC1,a \x96 b\n")) == [("INC1", "a \u2013 b")]


def test_a_byte_that_windows_1252_does_not_have(read: Read, loaded: Loaded) -> None:
    rows = read(b"number,title\nINC1,a \x96 \x81\n")
    assert loaded(rows) == [("INC1", "a \u2013 \ufffd")]
    assert any("could not be decoded: 1" in note for note in rows.notes)


def test_one_broken_byte_does_not_make_utf8_windows_1252(read: Read, loaded: Loaded) -> None:
    rows = read("number,title\nINC1,Zürich Genève Besançon\n".encode() + b"INC2,M\xfcnchen\n")
    assert loaded(rows) == [("INC1", "Zürich Genève Besançon"), ("INC2", "M\ufffdnchen")]
    assert rows.notes == ("Bytes that could not be decoded: 1; they are shown as \ufffd.",)


def test_a_replacement_character_in_the_file_is_no_damage(read: Read, loaded: Loaded, tmp_path: Path) -> None:
    rows = read("number,title\nINC1,M\ufffdnchen\n")
    assert (rows.csv_path, rows.notes) == (tmp_path / "x.csv", ())
    assert loaded(rows) == [("INC1", "M\ufffdnchen")]


def test_unicode_line_separators_are_ordinary_characters(read: Read, loaded: Loaded) -> None:
    assert loaded(read("a,b\n1,x\u2028y\x0bz\x85\n")) == [("1", "x\u2028y\x0bz\x85")]
