"""Files that are no export: one clear sentence each."""

from pathlib import Path

import pytest

from analytics.errors import UnreadableFile
from analytics.warehouse.reading import read_file
from tests.reading.fixtures import Loaded, Read


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n \n", "is empty"),
        (b"%PDF-1.7\n1 0 obj", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "is a document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "is protected with a password",
        ),
        (bytes(range(256)) * 40, "is not text"),
        (bytes(5_000) + b"abc", "is not text"),
        (b"<!DOCTYPE html>\n<html><body>Sign in,please</body></html>", "is a web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com">', "is an XML spreadsheet"),
        (b'<?xml version="1.0"?><unload><incident/></unload>', "is XML"),
        (b"Dear all\nplease find attached\nthe export\n", "holds no table"),
        (b"PK\x03\x04 and then nothing of use", "is a damaged archive"),
        (b"\x1f\x8b\x08\x00broken", "is a damaged archive"),
        (b'{"records": [{"number": "INC1"}, {"num', "is not valid JSON at its end"),
        (b'[{"number": "INC1"} {"number": "INC2"}]', "is not valid JSON at line 1"),
        (b"[]", "holds no records"),
        (b"[[[[" * 20_000, "holds no table"),
    ],
)
def test_the_sentence_says_why(tmp_path: Path, work_dir: Path, content: bytes, why: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile) as caught:
        read_file(path, work_dir)
    assert str(caught.value).startswith(f"export.csv {why}")
    assert str(tmp_path) not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_missing_file_and_a_folder(tmp_path: Path, work_dir: Path) -> None:
    with pytest.raises(UnreadableFile, match="cannot be opened"):
        read_file(tmp_path / "nothing.csv", work_dir)
    with pytest.raises(UnreadableFile, match="is a folder"):
        read_file(tmp_path, work_dir)


def test_the_name_given_is_the_name_said(tmp_path: Path, work_dir: Path) -> None:
    (tmp_path / "upload-1234").write_bytes(b"%PDF-1.7")
    with pytest.raises(UnreadableFile, match=r"^tickets\.csv is a PDF"):
        read_file(tmp_path / "upload-1234", work_dir, name="tickets.csv")


def test_a_table_that_begins_like_a_program_is_read(read: Read, loaded: Loaded) -> None:
    assert loaded(read("MZ number,title\n1,a\n")) == [("1", "a")]


def test_nesting_too_deep(tmp_path: Path, work_dir: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"records": [' + b'{"a":' * 100_000)
    with pytest.raises(UnreadableFile, match=r"nested too deeply|not valid JSON"):
        read_file(path, work_dir)
