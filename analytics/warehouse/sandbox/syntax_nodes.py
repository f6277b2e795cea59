"""What a permitted statement may consist of: the nodes of DuckDB's serialised syntax trees, and functions by name."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).resolve().parents[3] / "data"
# Spelled with spaces, so they do not go in a list of words.
_LONG_TYPES = ("double precision", "timestamp with time zone", "time with time zone", "timestamp without time zone")
Words = frozenset[str]


@dataclass(frozen=True)
class Permitted:
    """`expressions` by class; `elsewhere` for other databases' functions; the others are names in lower case."""

    expressions: dict[str, Words]
    parts: Words
    fields: Words
    forbidden_columns: Words
    types: Words
    reasons: dict[str, str]
    elsewhere: dict[str, str]
    functions: Words
    table_functions: Words


@cache
def permitted() -> Permitted:
    """Read once, before a statement is: a child can open no file."""
    syntax = tomllib.loads((_DATA / "sql-syntax.toml").read_text(encoding="utf-8"))
    functions = tomllib.loads((_DATA / "sql-functions.toml").read_text(encoding="utf-8"))
    lists = {name: frozenset(words.split()) for name, words in syntax["lists"].items()}
    tables = frozenset(functions.pop("tables").split())
    return Permitted(
        expressions={group: frozenset(kinds.split()) for group, kinds in syntax["expressions"].items()},
        parts=lists["parts"],
        fields=lists["fields"],
        forbidden_columns=lists["forbidden_columns"],
        types=lists["types"] | frozenset(_LONG_TYPES),
        reasons=dict(syntax["reasons"]),
        elsewhere=dict(syntax["elsewhere"]),
        functions=frozenset(name.lower() for names in functions.values() for name in names.split()),
        table_functions=tables,
    )
