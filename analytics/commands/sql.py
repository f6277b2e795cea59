"""sql STATEMENT: one read-only statement over the tables, in a child process, with limits on time and rows."""

import argparse
from pathlib import Path
from typing import Any

from analytics.formatting import count_text
from analytics.store import open_store
from analytics.warehouse.sandbox.limits import DEFAULT_ROWS, DEFAULT_SECONDS, MOST_ROWS, MOST_SECONDS
from analytics.warehouse.sandbox.run import run_sql
from analytics.warehouse.sandbox.sql_result import SqlResult

NAME = "sql"
HELP = "run one read-only SELECT over the tables, with limits on time, rows and memory"
_WIDEST = 60


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("statement", metavar="STATEMENT", help="one SELECT over tickets, ticket_events, stays ...")
    parser.add_argument(
        "--seconds", type=float, default=DEFAULT_SECONDS, metavar="S",
        help=f"stop it after so long (default {DEFAULT_SECONDS:g}, at most {MOST_SECONDS:g})",
    )  # fmt: skip
    parser.add_argument(
        "--rows", type=int, default=DEFAULT_ROWS, metavar="N",
        help=f"at most so many rows (default {DEFAULT_ROWS}, at most {MOST_ROWS})",
    )  # fmt: skip


def run(arguments: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    """Run it; names of persons only where an administrator shows them."""
    store = open_store(folder)
    try:
        people = store.setting("show_names", "no") == "yes"
    finally:
        store.close()
    result = run_sql(folder, arguments.statement, arguments.seconds, arguments.rows, people)
    return _document(result), _text(result)


def _document(result: SqlResult) -> dict[str, Any]:
    return {
        "columns": result.columns,
        "types": list(result.types),
        "rows": [dict(zip(result.columns, row, strict=True)) for row in result.rows],
        "row_count": result.row_count,
        "cut": bool({"rows", "size"} & set(result.cut)),
        "notes": result.notes,
        "names_concealed": result.concealed,
        "seconds": round(result.seconds, 3),
        "as_of": result.as_of.isoformat() if result.as_of else None,
    }


def _text(result: SqlResult) -> str:
    cells = [[_cell(name) for name in result.columns], *([_cell(value) for value in row] for row in result.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells]
    noun = "row" if result.row_count == 1 else "rows"
    return "\n".join([*lines, f"{count_text(result.row_count)} {noun}.", *result.notes])


def _cell(value: Any) -> str:
    text = "" if value is None else " ".join(str(value).split("\n"))
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}\N{HORIZONTAL ELLIPSIS}"
