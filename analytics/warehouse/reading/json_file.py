"""JSON file: its records flattened and copied into a table whose columns are all keys that occur."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from analytics.errors import UnreadableFile
from analytics.warehouse.reading.clean_copy import DELIMITER, write_copy
from analytics.warehouse.reading.flat import flat
from analytics.warehouse.reading.json_records import JsonRecord, json_records
from analytics.warehouse.reading.notes import size_notes
from analytics.warehouse.reading.records import MAX_RECORD, QUOTE, TOO_LONG
from analytics.warehouse.reading.rows import MAX_COLUMNS, RawRows, RejectedRow, Tally, cleaned_header, cropped
from analytics.warehouse.reading.text import TextFacts, open_text, survey


@dataclass(frozen=True)
class JsonFile:
    """A JSON file and the columns its records make together; can be read again as often as needed."""

    path: Path
    name: str
    facts: TextFacts
    columns: tuple[str, ...]
    work_dir: Path

    def records(self) -> Iterator[JsonRecord]:
        """Every record of the file, good or not."""
        return _records(self.path, self.name, self.facts)

    def good_records(self) -> Iterator[tuple[int, str]]:
        """Physical line and raw text of each good record, in the order of the file."""
        return ((record.line, record.text) for record in self.records() if record.value is not None)

    def clean_copy(self) -> Path:
        """A comma-separated UTF-8 file of the good records without a header."""
        return self.written()[0]

    def written(self) -> tuple[Path, Tally]:
        """A new clean copy and its tally."""
        flattened = (flat(record.value) for record in self.records() if record.value is not None)
        return write_copy(([row.get(column, "") for column in self.columns] for row in flattened), self.work_dir)


def read_json(path: Path, name: str, work_dir: Path) -> RawRows:
    """The rows of a JSON file. Raises UnreadableFile if it is damaged or holds no records."""
    facts = survey(path)
    columns, rejected = _columns(path, name, facts)
    file = JsonFile(path, name, facts, tuple(columns), work_dir)
    copy, tally = file.written()
    rows_read = tally.records + len(rejected)
    return RawRows(
        name=name,
        header=cleaned_header(columns),
        csv_path=copy,
        delimiter=DELIMITER,
        quote=QUOTE,
        skip=0,
        rows_read=rows_read,
        rejected=tuple(rejected),
        notes=(*facts.notes(), *size_notes(rows_read)),
        tally=tally,
        source=file,
    )


def _columns(path: Path, name: str, facts: TextFacts) -> tuple[list[str], list[RejectedRow]]:
    columns: dict[str, None] = {}
    rejected: list[RejectedRow] = []
    for record in _records(path, name, facts):
        if record.value is None:
            rejected.append(RejectedRow(record.line, record.problem, cropped(record.text)))
        else:
            columns.update(dict.fromkeys(flat(record.value)))
        if len(columns) > MAX_COLUMNS:
            raise UnreadableFile(name, f"has more than {MAX_COLUMNS:,} different keys", "export fewer fields.")
    if not columns:
        raise UnreadableFile(name, "holds no records", "export the tickets as CSV, XLSX or JSON.")
    return list(columns), rejected


def _records(path: Path, name: str, facts: TextFacts) -> Iterator[JsonRecord]:
    with open_text(path, facts) as file:
        return (_limited(record) for record in json_records(file.read(), name))


def _limited(record: JsonRecord) -> JsonRecord:
    if record.value is None or len(record.text) <= MAX_RECORD:
        return record
    return record._replace(value=None, problem=TOO_LONG)
