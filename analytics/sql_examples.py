"""Examples for the SQL page."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[1] / "data" / "sql-examples.toml"


@dataclass(frozen=True)
class SqlExample:
    """What it answers, and the statement."""

    title: str
    statement: str


@cache
def sql_examples() -> tuple[SqlExample, ...]:
    """All of them, in the order of the file."""
    listed = tomllib.loads(_FILE.read_text(encoding="utf-8"))["example"]
    return tuple(SqlExample(one["title"], one["statement"].strip()) for one in listed)
