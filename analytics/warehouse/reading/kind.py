"""Kind: what a file is, by its first bytes and not by its name."""

import zipfile
from pathlib import Path
from typing import Literal

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.text import wide_encoding

Kind = Literal["delimited", "json", "xlsx", "xls", "zip", "gzip"]

_EXPORT = "export the tickets as CSV, XLSX or JSON."
_REFUSED = (
    (b"%PDF", "is a PDF"),
    (b"{\\rtf", "is a formatted text document"),
    (b"\x89PNG", "is a picture"),
    (b"\xff\xd8\xff", "is a picture"),
    (b"GIF8", "is a picture"),
    (b"PAR1", "is a Parquet file"),
    (b"SQLite format 3", "is a database file"),
    (b"7z\xbc\xaf", "is a 7-Zip archive"),
    (b"Rar!", "is a RAR archive"),
    (b"BZh", "is a bzip2 archive"),
    (b"\xfd7zXZ", "is an xz archive"),
    (b"MZ", "is a program"),
    (b"\x7fELF", "is a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 1 << 16


def kind_of(path: Path, name: str) -> Kind:
    """What the file is. Raises UnreadableFile for what cannot hold an export."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise UnreadableFile(name, "is empty", "export it again.")
    for magic, what in _REFUSED:
        if start.startswith(magic) and not _reads_as_text(start, magic):
            raise UnreadableFile(name, what, _EXPORT)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path, name)
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return _ole_kind(path, name) if start.startswith(_OLE) else _text_kind(start, name)


def _reads_as_text(start: bytes, magic: bytes) -> bool:
    # A header may begin with the letters of a magic number ("MZ number,..."): text has no control characters.
    return magic.isalpha() and not any(byte < 9 for byte in start[:512])


def _zip_kind(path: Path, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableFile(name, "is a damaged archive", "export or download it again.") from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names or {"mimetype", "content.xml"} <= names:
        raise UnreadableFile(name, "is a spreadsheet of another kind", "save it as XLSX or CSV.")
    if any(member.startswith(("word/", "ppt/")) for member in names):
        raise UnreadableFile(name, "is a document, not a table", _EXPORT)
    return "zip"


def _ole_kind(path: Path, name: str) -> Kind:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise UnreadableFile(name, "is protected with a password", "save it without the password.")
    if "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content:
        return "xls"
    raise UnreadableFile(name, "is a document, not a table", _EXPORT)


def _text_kind(start: bytes, name: str) -> Kind:
    encoding = wide_encoding(start[:4096])
    if not encoding.startswith("utf-16") and _control_characters(start) > max(8, 0.02 * len(start)):
        raise UnreadableFile(name, "is not text", _EXPORT)
    text = start.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"").lstrip()
    if text.startswith(b"<"):
        _refuse_markup(text[:4096].lower(), name)
    after = text[1:].lstrip()[:1]
    looks_like_json = (text[:1] == b"{" and after in (b'"', b"}")) or (text[:1] == b"[" and after in (b"{", b"]"))
    return "json" if looks_like_json else "delimited"


def _control_characters(start: bytes) -> int:
    return sum(start.count(code) for code in range(32) if code not in b"\t\n\r\f\x1a\x1b")


def _refuse_markup(text: bytes, name: str) -> None:
    if b"<html" in text or b"<!doctype html" in text or b"<body" in text:
        raise UnreadableFile(name, "is a web page, perhaps the sign-in page of the tool", "sign in and " + _EXPORT)
    if b"<workbook" in text:
        raise UnreadableFile(name, "is an XML spreadsheet (.xls of the old kind)", "export it as CSV or XLSX.")
    if text.startswith((b"<?xml", b"<xml", b"<unload", b"<rss")):
        raise UnreadableFile(name, "is XML", _EXPORT)
