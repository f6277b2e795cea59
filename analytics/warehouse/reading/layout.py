"""Layout: where the table starts in a text and what separates its fields, decided by counting."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from analytics.warehouse.reading.notes import title_note
from analytics.warehouse.reading.records import Parsed, parse

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_RECORDS = 50
SAMPLE_LINES = 1_500
HEADER_WITHIN = 20

_SPOKEN = {"\t": "tabs", "|": "|", ";": ";"}
_VALUE = re.compile(r"[\s\d.,;:/+%-]*\d[\s\d.,;:/+%-]*|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|.*@.*", re.DOTALL)


@dataclass(frozen=True)
class Layout:
    """The dialect and the header: `header` are the cells of a good record's columns, `written` those in the file.

    `title` is the number of lines with text above the header, `skip` that of all lines before the first record,
    `share` the part of the sampled records that fit, and `sure` is False if the header looks like data.
    """

    delimiter: str
    header: tuple[str, ...]
    written: tuple[str, ...]
    skip: int
    title: int
    share: float
    sure: bool

    @property
    def width(self) -> int:
        """Fields of a good record."""
        return len(self.header)

    def notes(self) -> list[str]:
        """Sentences about what was decided, if it is not the ordinary case."""
        said = [f"Fields are separated by {_SPOKEN[self.delimiter]}."] if self.delimiter in _SPOKEN else []
        if self.title:
            said.append(title_note(self.title))
        if not self.sure:
            said.append("The row taken as header looks like data: check that the file has a header.")
        return said


def find_layout(lines: Sequence[str]) -> Layout | None:
    """The layout under which the first lines of a text make the best table; None if they make none."""
    candidates = [layout for delimiter in DELIMITERS if (layout := _under(delimiter, lines)) is not None]
    best = max(candidates, key=lambda layout: layout.share * (1 - 1 / layout.width), default=None)
    return best if best is not None and best.share >= 0.3 else None


def header_index(rows: Sequence[Sequence[str]]) -> int:
    """Which row is the header: the first with more than half as many names as the row with the most."""
    names = [sum(1 for cell in row if _is_name(cell)) for row in rows]
    most = max(names, default=0)
    return next((index for index, count in enumerate(names) if count > most / 2), 0)


def looks_like_header(row: Sequence[str]) -> bool:
    """True if more than half of the filled cells are names and not numbers, dates or addresses."""
    filled = [cell for cell in row if cell.strip()]
    return sum(1 for cell in filled if _is_name(cell)) > len(filled) / 2


def _is_name(cell: str) -> bool:
    text = cell.strip()
    return bool(text) and len(text) <= 200 and not _VALUE.fullmatch(text)


def _under(delimiter: str, lines: Sequence[str]) -> Layout | None:
    sample = list(islice((record for record in parse(lines, delimiter) if record.text.strip()), SAMPLE_RECORDS))
    found = [record for record in sample if not record.problem]
    width = _usual_width(found)
    top = [record for record in found if record.line <= HEADER_WITHIN and abs(len(record.cells) - width) <= 1]
    if width < 2 or not top:
        return None
    head = top[header_index([record.cells for record in top])]
    return _with_header(delimiter, head, found, len(sample) - len(found))


def _with_header(delimiter: str, head: Parsed, found: list[Parsed], broken: int) -> Layout | None:
    data = [record.cells for record in found if record.line > head.line]
    header = _fitted(head.cells, data)
    if len(header) < 2:
        return None
    titles = sum(len(record.lines) for record in found if record.line < head.line)
    fitting = sum(1 for cells in data if len(cells) == len(header))
    if not fitting:
        # Rows with one field too many under a good header: a table still, though every row of it is broken.
        fitting = sum(1 for cells in data if abs(len(cells) - len(header)) == 1) // 2
    # Titles and broken lines count against a delimiter: under the right one there are the fewest.
    counted = len(found) + broken - 1
    share = fitting / counted if counted else 1.0
    skip = head.line - 1 + len(head.lines)
    return Layout(delimiter, tuple(header), tuple(head.cells), skip, titles, share, looks_like_header(head.cells))


def _usual_width(found: list[Parsed]) -> int:
    # Later records weigh as much as title lines; with a tie the wider is the table.
    counts = Counter(len(record.cells) for record in found)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _fitted(header: list[str], data: list[list[str]]) -> list[str]:
    """The header with the extra empty column that a delimiter at the end of every line makes, or without it."""
    usual = Counter(map(len, data)).most_common(1)
    width = usual[0][0] if usual else len(header)
    if width == len(header) + 1 and not any(cells[-1] for cells in data if len(cells) == width):
        return [*header, ""]
    if width == len(header) - 1 and not header[-1].strip():
        return header[:-1]
    return header
