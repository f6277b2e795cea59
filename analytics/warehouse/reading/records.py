"""Records: delimited text parsed so that a broken record costs one physical line and not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

QUOTE = '"'
MAX_RECORD = 1_000_000
# A quoted field over more lines than this is taken for a lost quote.
MAX_SPAN = 500
# From here on a record over many lines is looked at: are the lines inside it records of their own?
SUSPICIOUS_SPAN = 20
TOO_LONG = f"longer than {MAX_RECORD:,} characters"
REPEATED_HEADER = "the header repeated"

_BLANK = " \r\n\x1a\ufeff"

# The default of 131,072 is less than a long work log; anything above our own limit is rejected by name.
csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD + 1))


class Parsed(NamedTuple):
    """One record, or one line that is none: `problem` is '' for a good one; `cells` is empty for a blank line."""

    line: int
    lines: list[str]
    cells: list[str]
    problem: str

    @property
    def text(self) -> str:
        """The record as it stands in the file."""
        return "".join(self.lines)


class _Feed:
    """Lines handed to the parser one by one, and given back when the record turns out to be broken."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while self._again and len(self.taken) < MAX_SPAN:
            self.taken.append(self._again.popleft())
            yield self.taken[-1]
        # Checked before drawing, or the line drawn would be lost.
        while len(self.taken) < MAX_SPAN:
            line = next(self._lines, None)
            if line is None:
                return
            self.taken.append(line)
            yield line

    def give_back(self) -> None:
        """All lines taken but the first will be read again."""
        self._again.extendleft(reversed(self.taken[1:]))
        del self.taken[1:]


def parse(
    lines: Iterable[str], delimiter: str, width: int | None = None, header: list[str] | None = None, first: int = 1
) -> Iterator[Parsed]:
    """Every record of the lines, good or not, in order; together they hold every line exactly once.

    `width` is the number of fields a good record has (None: any); `header` the cells that must not come again;
    `first` the physical number of the first line.
    """
    feed, line = _Feed(lines), first
    reader = csv.reader(feed, delimiter=delimiter, quotechar=QUOTE, strict=True)
    while True:
        feed.taken = []
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            cells, problem = [], _broken_quoting(error)
        else:
            taken = feed.taken
            ordinary = len(cells) == width and len(taken) <= SUSPICIOUS_SPAN and not (header and cells == header)
            problem = "" if ordinary and len(taken[0]) < MAX_RECORD else _fault(cells, taken, delimiter, width, header)
        if problem:
            feed.give_back()
            reader = csv.reader(feed, delimiter=delimiter, quotechar=QUOTE, strict=True)
            if not feed.taken[0].strip(_BLANK):
                cells, problem = [], ""
        yield Parsed(line, feed.taken, cells, problem)
        line += len(feed.taken)


def _fault(cells: list[str], taken: list[str], delimiter: str, width: int | None, header: list[str] | None) -> str:
    if header and cells == header:
        return REPEATED_HEADER
    if width is not None and len(cells) != width:
        return f"{len(cells)} fields instead of {width}" if cells else "no fields"
    if sum(map(len, cells)) > MAX_RECORD:
        return TOO_LONG
    if width is not None and len(taken) > SUSPICIOUS_SPAN and swallows(taken, delimiter, width):
        return f"a quote opens here and runs over {len(taken)} lines that look like rows"
    return ""


def _broken_quoting(error: csv.Error) -> str:
    if "unexpected end of data" in str(error):
        return "a quote opens and does not close"
    if "field limit" in str(error):
        return TOO_LONG
    return "text after a closing quote" if "expected after" in str(error) else f"broken quoting ({error})"


def swallows(taken: list[str], delimiter: str, width: int) -> bool:
    """True if most lines inside a record of many lines are records themselves, so that a quote must be missing."""
    inner = list(islice(taken, 1, len(taken) - 1))
    whole = sum(1 for line in inner if len(next(csv.reader([line], delimiter=delimiter), [])) == width)
    return width > 2 and whole > len(inner) / 2
