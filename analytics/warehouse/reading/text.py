"""The text of a file: its encoding, found by strict decoding, and a count of its lines made without parsing."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

_CHUNK = 1 << 20
_NAMES = {
    "cp1252": "Windows-1252",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32": "UTF-32",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class TextFacts:
    """What one pass over a text found: `lines` is the number of physical lines; the rest are counts of characters."""

    encoding: str
    lines: int = 0
    crlf: int = 0
    lf: int = 0
    cr: int = 0
    nuls: int = 0
    undecodable: int = 0

    @property
    def plain(self) -> bool:
        """True if DuckDB can read the bytes as they are."""
        return self.encoding in ("utf-8", "utf-8-sig") and not (self.undecodable or self.nuls or self.cr)

    def notes(self) -> Iterator[str]:
        """Sentences about the encoding that the person should know."""
        if self.encoding in _NAMES:
            yield f"Read as {_NAMES[self.encoding]}."
        if self.undecodable:
            yield f"Bytes that could not be decoded: {self.undecodable:,}; they are shown as \ufffd."
        if self.nuls:
            yield f"NUL characters: {self.nuls:,}; they are shown as \ufffd."


def survey(path: Path) -> TextFacts:
    """The encoding and the counts of a text file; UTF-8 first, then Windows-1252 unless more of it is UTF-8."""
    with path.open("rb") as file:
        encoding = wide_encoding(file.read(4096)) or "utf-8"
    facts = _counted(path, encoding)
    if encoding != "utf-8" or not facts.undecodable:
        return facts
    return facts if _mostly_utf8(path) else _counted(path, "cp1252")


def wide_encoding(start: bytes) -> str:
    """The encoding that the first bytes tell by a mark or by being UTF-16; '' if they do not."""
    for mark, encoding in _BOMS:
        if start.startswith(mark):
            return encoding
    # Western text in UTF-16 without a mark has a NUL in every second byte, and hardly any elsewhere.
    even, odd = start[0::2].count(0), start[1::2].count(0)
    most = 0.6 * (len(start) // 2)
    if max(even, odd) <= most or min(even, odd) > most / 4:
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def open_text(path: Path, facts: TextFacts) -> TextIO:
    """The file as text with its line ends kept; what cannot be decoded becomes �."""
    return path.open(encoding=facts.encoding, errors="replace", newline="")


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    decoder = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=False)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _counted(path: Path, encoding: str) -> TextFacts:
    crlf = lf = cr = nuls = undecodable = 0
    last = "\n"
    for text in _decoded(path, encoding):
        pairs = text.count("\r\n")
        crlf, lf, cr = crlf + pairs, lf + text.count("\n") - pairs, cr + text.count("\r") - pairs
        nuls, undecodable = nuls + text.count("\0"), undecodable + text.count("\ufffd")
        last = text[-1:] or last
    if undecodable and encoding.startswith("utf-8"):
        undecodable -= _written_replacements(path)
    lines = crlf + lf + cr + (last not in "\r\n")
    return TextFacts(encoding, lines, crlf, lf, cr, nuls, undecodable)


def _written_replacements(path: Path) -> int:
    # U+FFFD that stands in the file as such is no damage of ours. Too low at a chunk's edge is harmless.
    with path.open("rb") as file:
        return sum(chunk.count(b"\xef\xbf\xbd") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _mostly_utf8(path: Path) -> bool:
    good = bad = 0
    for text in _decoded(path, "utf-8"):
        broken = text.count("\ufffd")
        bad += broken
        good += sum(1 for character in text if character > "\x7f") - broken if not text.isascii() else 0
    return good > bad
