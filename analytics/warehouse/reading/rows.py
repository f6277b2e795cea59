"""Raw rows: what a file holds before anyone knows what its columns mean."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

TEXT_LIMIT = 32_000
MAX_COLUMNS = 5_000

# What tools and browsers put around a header: byte order mark, no-break and zero-width spaces.
_AROUND_HEADERS = " \t\r\n\ufeff\xa0\u200b\u202f"


@dataclass(frozen=True)
class RejectedRow:
    """One row that could not be read: its physical line (1 is the first), the reason, and the row, cropped."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True)
class Tally:
    """How many good records there are, and how many characters their cells hold together."""

    records: int
    characters: int


class Source(Protocol):
    """Where the rows came from, for going back to the file."""

    def good_records(self) -> Iterator[tuple[int, str]]:
        """Physical line and raw text of each good record, in the order of the file."""

    def clean_copy(self) -> Path:
        """A comma-separated UTF-8 file of the good records without a header; made if there is none yet."""


@dataclass(frozen=True)
class RawRows:
    """The rows of one file, or of one member of an archive: where to load them from, and what is known of them.

    `rows_read` counts data records with the rejected ones, but no header, title or blank lines. `skip` is the number
    of physical lines in `csv_path` before the first data record.
    """

    name: str
    header: tuple[str, ...]
    csv_path: Path
    delimiter: str
    quote: str
    skip: int
    rows_read: int
    rejected: tuple[RejectedRow, ...]
    notes: tuple[str, ...]
    # Line end to tell DuckDB; "" lets it look at the first line.
    newline: str = "\n"
    tally: Tally | None = None
    source: Source | None = field(default=None, repr=False, compare=False)

    def lines_of(self, records: Collection[int]) -> dict[int, tuple[int, str]]:
        """Physical line and raw text of good records, by record number (1 is the first); reads the file again."""
        wanted = set(records)
        found: dict[int, tuple[int, str]] = {}
        if not wanted or self.source is None:
            return found
        last = max(wanted)
        for number, (line, text) in enumerate(self.source.good_records(), start=1):
            if number in wanted:
                found[number] = (line, cropped(text))
            if number >= last:
                break
        return found


def cropped(text: str) -> str:
    """The text of a row as it is kept: without its line end, at most 32,000 characters, NUL shown as �."""
    return text[:TEXT_LIMIT].rstrip("\r\n").replace("\0", "\ufffd")


def cleaned_header(cells: list[str]) -> tuple[str, ...]:
    """Header texts without byte order mark and outer spaces; empty ones are '', repeated ones stay."""
    return tuple(cell.strip(_AROUND_HEADERS) for cell in cells)
