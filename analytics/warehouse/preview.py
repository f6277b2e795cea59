"""Preview: what an import would understand of a file, before anything is imported."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

import duckdb

from analytics.warehouse.formats import ExportFormat, NotRecognised, Recognition, format_to_toml, resolve
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.interpretation import recognise_rows, stage_rows
from analytics.warehouse.reading import RawRows, read_file

SAMPLE_ROWS = 20
MOST_WORDS = 200


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

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The preview that `document` gave."""
        return cls(**{field.name: document[field.name] for field in fields(cls)})


def preview(file: Path, options: ImportOptions) -> list[Preview]:
    """A preview of every table in the file. Raises `BacklightError` if it cannot be read at all."""
    with tempfile.TemporaryDirectory(prefix="backlight-preview-") as work:
        with duckdb.connect(Path(work) / "work.duckdb") as connection:
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
        _sample(connection, len(rows.header)),
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
        name = "generic-" + sha256("\x1f".join(rows.header).encode()).hexdigest()[:6]
        return Recognition(ExportFormat(name, "Unknown layout"), 0.0, generic=True), str(error)


def _sample(connection: duckdb.DuckDBPyConnection, width: int) -> list[list[str | None]]:
    columns = ", ".join(f"left(c{place}, 200)" for place in range(width))
    found = connection.execute(f"SELECT {columns} FROM raw ORDER BY record LIMIT {SAMPLE_ROWS}").fetchall()
    return [list(row) for row in found]


def _words(connection: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, int, str | None]]:
    found = connection.execute(
        f"SELECT source_{name}, count(*) AS n, CAST(any_value({name}) AS VARCHAR) FROM staged "
        f"WHERE source_{name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT {MOST_WORDS}"
    ).fetchall()
    return [(str(word), int(count), meaning) for word, count, meaning in found]
