"""Preview: what an import would understand of a file, before anything is imported."""

import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Self

import duckdb

from analytics.warehouse.formats import (
    ExportFormat,
    NotRecognised,
    Recognition,
    format_from_toml,
    format_to_toml,
    resolve,
)
from analytics.warehouse.formats import Mapping as FileMapping
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.interpretation import recognise_rows, stage_rows
from analytics.warehouse.reading import RawRows, read_file
from analytics.warehouse.schema import SOURCE_COLUMNS

SAMPLE_ROWS = 20
MOST_WORDS = 200
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Preview:
    """One table of a file and how it would be read.

    `mapping` is the format as TOML, `headers` canonical column -> the headers it is read from, `confidence` 0 to 1 for
    each of these. `statuses` and `priorities` are (word, rows, meaning or None). `problem` says why it cannot be
    imported as it stands, or is empty.
    """

    file: str
    mapping: str
    score: float
    runner_up: str
    runner_up_score: float
    generic: bool
    rows_read: int
    rejected: int
    header: Sequence[str]
    sample: Sequence[Sequence[str | None]]
    headers: Mapping[str, Sequence[str]]
    confidence: Mapping[str, float]
    statuses: Sequence[tuple[str, int, str | None]]
    priorities: Sequence[tuple[str, int, str | None]]
    notes: Sequence[str]
    problem: str = ""

    def document(self) -> dict[str, Any]:
        """The preview as JSON."""
        return asdict(self)

    @property
    def format(self) -> ExportFormat:
        """The mapping as a format; without columns if nothing was recognised."""
        return ExportFormat(UNKNOWN, "Unknown layout") if self.problem else format_from_toml(self.mapping)

    @property
    def unknown_words(self) -> int:
        """How many status and priority words nothing explains."""
        return sum(meaning is None for _, _, meaning in (*self.statuses, *self.priorities))

    @property
    def unused(self) -> list[str]:
        """Headers that nothing reads."""
        used = {header for headers in self.headers.values() for header in headers}
        return [header for header in self.header if header and header not in used]

    @property
    def distinct_header(self) -> list[str]:
        """The header with repeated and empty names told apart."""
        seen: Counter[str] = Counter()
        names = []
        for place, header in enumerate(self.header, start=1):
            name = header or f"column {place}"
            seen[name] += 1
            names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        return names

    def proposal(self) -> list[dict[str, Any]]:
        """Per canonical column that is read: from which headers, how sure, and some values."""
        return [
            {"column": name, "headers": ", ".join(headers), "sure": self.confidence.get(name, 1.0),
             "examples": " · ".join(self._values(headers))}
            for name, headers in self.headers.items()
        ]  # fmt: skip

    def _values(self, headers: Sequence[str]) -> list[str]:
        places = [place for place, header in enumerate(self.header) if header in headers]
        values = [str(row[place]).strip() for row in self.sample for place in places if row[place]]
        return list(dict.fromkeys(value for value in values if value))[:3]

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The preview that `document` gave."""
        return cls(**{field.name: document[field.name] for field in fields(cls)})


def preview(file: Path, options: ImportOptions) -> list[Preview]:
    """A preview of every table in the file. Raises `BacklightError` if it cannot be read at all."""
    with (
        tempfile.TemporaryDirectory(prefix="backlight-preview-") as work,
        duckdb.connect(Path(work) / "work.duckdb") as connection,
    ):
        connection.execute("SET memory_limit = '2GB'")
        return [_preview(connection, rows, options) for rows in read_file(file, Path(work))]


def _preview(connection: duckdb.DuckDBPyConnection, rows: RawRows, options: ImportOptions) -> Preview:
    options.progress(f"Looking at {rows.name}")
    recognition, problem = _recognised(connection, rows, options)
    mapping = resolve(recognition.format, rows.header)
    notes = list(rows.notes)
    statuses: list[tuple[str, int, str | None]] = []
    priorities = statuses
    if "ticket_id" in mapping.positions:
        dates = stage_rows(connection, mapping, options)
        notes += [rule.note for rule in dates.values() if rule.note]
        statuses, priorities = _words(connection, "status"), _words(connection, "priority")
    return Preview(
        rows.name, format_to_toml(recognition.format), recognition.score, recognition.runner_up,
        recognition.runner_up_score, recognition.generic, rows.rows_read, len(rows.rejected), list(rows.header),
        _sample(connection, len(rows.header), _people(mapping)),
        {name: [rows.header[place] for place in places] for name, places in mapping.positions.items()},
        dict(recognition.confidence), statuses, priorities, list(dict.fromkeys(notes)), problem,
    )  # fmt: skip


def _recognised(
    connection: duckdb.DuckDBPyConnection, rows: RawRows, options: ImportOptions
) -> tuple[Recognition, str]:
    """The recognition, or an empty mapping to be filled in and the reason why nothing was recognised."""
    try:
        return recognise_rows(connection, rows, options), ""
    except NotRecognised as error:
        return Recognition(ExportFormat(UNKNOWN, "Unknown layout"), 0.0, generic=True), str(error)


def _people(mapping: FileMapping) -> set[int]:
    """Positions of columns that name people, who are concealed here too."""
    return {place for c in SOURCE_COLUMNS if c.person for place in mapping.positions.get(c.name, ())}


def _sample(connection: duckdb.DuckDBPyConnection, width: int, concealed: set[int]) -> list[list[str | None]]:
    hidden = "CASE WHEN c{0} <> '' THEN '\N{BULLET}\N{BULLET}\N{BULLET}' END"
    cells = ((hidden if place in concealed else "left(c{0}, 200)").format(place) for place in range(width))
    columns = ", ".join(cells)
    found = connection.execute(f"SELECT {columns} FROM raw ORDER BY record LIMIT {SAMPLE_ROWS}").fetchall()
    return [list(row) for row in found]


def _words(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, int, str | None]]:
    found = connection.execute(
        f"SELECT source_{name}, count(*) AS n, CAST(any_value({name}) AS VARCHAR) FROM staged "
        f"WHERE source_{name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST_WORDS}"
    ).fetchall()
    return [(str(word), int(count), meaning) for word, count, meaning in found]
