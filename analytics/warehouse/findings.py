"""Findings: what the person should know about the data, counted once, at import."""

import duckdb

from analytics.warehouse.formats import Mapping
from analytics.warehouse.schema import OPEN_STATUSES, SOURCE_COLUMNS

MOST_WORDS = 8


def unreadable_values(connection: duckdb.DuckDBPyConnection, mapping: Mapping, header: tuple[str, ...]) -> list[str]:
    """A sentence for each time or number column with values that could not be read and are now unknown."""
    typed = [
        c.name for c in SOURCE_COLUMNS if c.type != "VARCHAR" and c.name in mapping.positions and c.name != "priority"
    ]
    sentences = []
    for name in typed:
        row = connection.execute(f"""
            SELECT count(*), min(cells.{name}) FROM staged JOIN cells USING (record)
            WHERE staged.{name} IS NULL AND cells.{name} IS NOT NULL""").fetchone()
        if row and row[0]:
            where, example = header[mapping.positions[name][0]], row[1][:60]
            lost = "could not be read and count as unknown"
            sentences.append(f"{row[0]:,} values of '{where}' ({name}) {lost}, such as '{example}'.")
    return sentences


def unknown_words(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """A sentence for the status words, and one for the priority words, that nothing explains."""
    return [sentence for name in ("status", "priority") for sentence in _unknown(connection, name)]


def _unknown(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    found = connection.execute(f"""
        SELECT source_{name}, count(*) AS n FROM gathered
        WHERE {name} IS NULL AND source_{name} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1""").fetchall()
    if not found:
        return []
    words = ", ".join(f"'{word}' ({count:,})" for word, count in found[:MOST_WORDS])
    more = f" and {len(found) - MOST_WORDS} more" if len(found) > MOST_WORDS else ""
    return [f"The {name} is unknown where the source says {words}{more}: classify them in the mapping."]


def contradictions(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Sentences on tickets whose columns disagree with each other."""
    still_open = ", ".join(f"'{status}'" for status in OPEN_STATUSES)
    ended_time = "COALESCE(resolved_at, closed_at)"
    checks = {
        f"status IN ({still_open}) AND {ended_time} IS NOT NULL": (
            "have an open status but a time of resolution or closing; they count as ended"
        ),
        f"status IN ('resolved', 'closed') AND {ended_time} IS NULL": (
            "are finished but have no time of resolution or closing; they leave the backlog at their last update"
        ),
        "resolved_at < opened_at": "were resolved before they were opened; they have no time to resolve",
        "opened_at IS NULL": "have no opening time; no KPI can use them",
    }
    counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition in checks)
    counts = connection.execute(f"SELECT {counted} FROM gathered").fetchone()
    return [f"{count:,} tickets {words}." for count, words in zip(counts or (), checks.values(), strict=True) if count]
