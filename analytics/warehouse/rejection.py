"""Rejection: rows that cannot become a ticket are kept with their line and reason, and never vanish."""

import duckdb

from analytics.warehouse.formats import Mapping
from analytics.warehouse.reading import RawRows


def reject_rows(connection: duckdb.DuckDBPyConnection, mapping: Mapping, rows: RawRows, import_id: int) -> int:
    """Move the rows of `staged` that have no ticket id or no readable time to `rejected_rows`.

    Returns how many of the file's rows are rejected in all, those that could not be read as rows included.
    """
    found = connection.execute(
        f"SELECT record, {_reason(mapping)} AS reason FROM staged JOIN cells USING (record) WHERE reason IS NOT NULL"
    ).fetchall()
    reasons = {int(record): str(reason) for record, reason in found}
    places = rows.lines_of(reasons) if reasons else {}
    kept = [(row.line, row.reason, row.text) for row in rows.rejected]
    kept += [(places[record][0], reason, places[record][1]) for record, reason in reasons.items()]
    _keep(connection, import_id, rows.name, sorted(kept))
    if reasons:
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE dropped AS SELECT unnest($records) AS record", {"records": list(reasons)}
        )
        connection.execute("DELETE FROM staged USING dropped WHERE staged.record = dropped.record")
    return len(kept)


def _keep(connection: duckdb.DuckDBPyConnection, import_id: int, file: str, kept: list[tuple[int, str, str]]) -> None:
    connection.execute(
        "INSERT INTO rejected_rows SELECT $import_id, $file, unnest($lines), unnest($reasons), unnest($texts)",
        {
            "import_id": import_id,
            "file": file,
            "lines": [line for line, _, _ in kept],
            "reasons": [reason for _, reason, _ in kept],
            "texts": [text for _, _, text in kept],
        },
    )


def _reason(mapping: Mapping) -> str:
    """SQL for the reason to reject a row, NULL to keep it."""
    cases = ["WHEN staged.ticket_id IS NULL THEN 'no ticket id'"]
    needed = {"opened_at": "opening time"}
    if mapping.is_event_log:
        needed[mapping.format.event_time] = "time of the update"
    for name, words in needed.items():
        if name in mapping.positions:
            unreadable = (
                f"'the {words} ' || chr(39) || cells.{name} || chr(39) || ' cannot be read, or lies in the future'"
            )
            cases.append(f"WHEN staged.{name} IS NULL AND cells.{name} IS NULL THEN 'no {words}'")
            cases.append(f"WHEN staged.{name} IS NULL THEN {unreadable}")
    return f"CASE {' '.join(cases)} END"
