"""Delimited text: checked in one pass and left to DuckDB if everything is in order, copied record by record if not."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.clean_copy import DELIMITER, NEWLINE, write_copy
from analytics.warehouse.reading.layout import SAMPLE_LINES, Layout, find_layout
from analytics.warehouse.reading.notes import size_notes
from analytics.warehouse.reading.records import MAX_RECORD, QUOTE, SUSPICIOUS_SPAN, Parsed, parse
from analytics.warehouse.reading.rows import MAX_COLUMNS, RawRows, RejectedRow, Tally, cleaned_header, cropped
from analytics.warehouse.reading.text import TextFacts, open_text, survey

MAX_REJECTED = 100_000
CUT = "The last row is not complete, so the file may be cut: export it again if rows are missing."


@dataclass(frozen=True)
class DelimitedText:
    """A text file with its facts and its layout; can be read again as often as needed."""

    path: Path
    name: str
    facts: TextFacts
    layout: Layout
    work_dir: Path

    def records(self) -> Iterator[Parsed]:
        """Everything below the header: good records, broken ones, blank lines."""
        with open_text(self.path, self.facts) as file:
            for _ in islice(file, self.layout.skip):
                pass
            layout = self.layout
            yield from parse(file, layout.delimiter, layout.width, list(layout.written), layout.skip + 1)

    def good_records(self) -> Iterator[tuple[int, str]]:
        """Physical line and raw text of each good record, in the order of the file."""
        return ((record.line, record.text) for record in self.records() if record.cells and not record.problem)

    def clean_copy(self) -> Path:
        """A comma-separated UTF-8 file of the good records without a header."""
        good = (record.cells for record in self.records() if record.cells and not record.problem)
        return write_copy(good, self.work_dir)[0]


def read_delimited(path: Path, name: str, work_dir: Path) -> RawRows:
    """The rows of a delimited text file. Raises UnreadableFile if it holds no table."""
    facts = survey(path)
    text = DelimitedText(path, name, facts, _layout(path, name, facts), work_dir)
    tally = _check(text) if facts.plain and not _is_pattern(path) else None
    return _careful(text) if tally is None else _direct(text, tally)


def _layout(path: Path, name: str, facts: TextFacts) -> Layout:
    with open_text(path, facts) as file:
        lines = list(islice(file, SAMPLE_LINES))
    layout = find_layout(lines)
    if layout is None:
        raise UnreadableFile(name, "holds no table", "export the tickets as CSV, XLSX or JSON.")
    if layout.width > MAX_COLUMNS:
        raise UnreadableFile(name, f"has more than {MAX_COLUMNS:,} columns", "export fewer columns.")
    return layout


def _is_pattern(path: Path) -> bool:
    # DuckDB takes "report[1].csv" for a pattern.
    return any(character in str(path) for character in "*?[]{}")


def _check(text: DelimitedText) -> Tally | None:
    """The tally of the records if every one of them is in order, else None."""
    layout, width, header = text.layout, text.layout.width, list(text.layout.written)
    last = header[-1]
    records = characters = line = 0
    with open_text(text.path, text.facts) as file:
        for _ in islice(file, layout.skip):
            pass
        reader = csv.reader(file, delimiter=layout.delimiter, quotechar=QUOTE, strict=True)
        try:
            for cells in reader:
                if (
                    len(cells) != width
                    or reader.line_num - line > SUSPICIOUS_SPAN
                    or (cells[-1] == last and cells == header)
                ):
                    return None
                length = len("".join(cells))
                if length >= MAX_RECORD:
                    return None
                line, records, characters = reader.line_num, records + 1, characters + length
        except csv.Error:
            return None
    return Tally(records, characters) if layout.skip + line == text.facts.lines else None


def _direct(text: DelimitedText, tally: Tally) -> RawRows:
    layout, facts = text.layout, text.facts
    return RawRows(
        name=text.name,
        header=cleaned_header(list(layout.header)),
        csv_path=text.path,
        delimiter=layout.delimiter,
        quote=QUOTE,
        skip=layout.skip,
        rows_read=tally.records,
        rejected=(),
        notes=(*facts.notes(), *layout.notes(), *size_notes(tally.records)),
        # With LF alone DuckDB must be told, or CRLF inside a quoted cell confuses it.
        newline=NEWLINE if facts.lf > facts.crlf else "",
        tally=tally,
        source=text,
    )


@dataclass
class _Ledger:
    """Where every physical line below the header went."""

    name: str
    lines: int = 0
    blank: int = 0
    cut: bool = False
    rejected: list[RejectedRow] = field(default_factory=list)

    def good(self, records: Iterator[Parsed], last_line: int) -> Iterator[list[str]]:
        for record in records:
            self.lines += len(record.lines)
            if record.problem:
                self._reject(record, last_line)
            elif record.cells:
                self.cut = False
                yield record.cells
            else:
                self.blank += 1

    def _reject(self, record: Parsed, last_line: int) -> None:
        self.rejected.append(RejectedRow(record.line, record.problem, cropped(record.text)))
        short = "fields instead of" in record.problem or "does not close" in record.problem
        self.cut = self.cut or (short and record.line == last_line)
        if len(self.rejected) > MAX_REJECTED:
            raise UnreadableFile(self.name, f"has more than {MAX_REJECTED:,} broken rows", "export it again.")


def _careful(text: DelimitedText) -> RawRows:
    ledger, layout, facts = _Ledger(text.name), text.layout, text.facts
    path, tally = write_copy(ledger.good(text.records(), facts.lines), text.work_dir)
    if layout.skip + ledger.lines != facts.lines:
        raise UnreadableFile(text.name, "could not be read whole", "save it as UTF-8 CSV and try again.")
    rows_read = tally.records + len(ledger.rejected)
    cut = (CUT,) if ledger.cut else ()
    return RawRows(
        name=text.name,
        header=cleaned_header(list(layout.header)),
        csv_path=path,
        delimiter=DELIMITER,
        quote=QUOTE,
        skip=0,
        rows_read=rows_read,
        rejected=tuple(ledger.rejected),
        notes=(*facts.notes(), *layout.notes(), *cut, *size_notes(rows_read)),
        tally=tally,
        source=text,
    )
