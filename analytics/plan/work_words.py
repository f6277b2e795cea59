"""Work words: which words make a kind of request one for the business, or keep it with IT."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).parents[2] / "data" / "citizen-work.toml"
Words = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class WorkRules:
    """The numbers and words of the file; `kinds`, `critical` and `risk` are names with parts of words each."""

    window_days: int
    fewest_requests: int
    titles_share: float
    most_handoffs: float
    least_priority: int
    most_volume_spread: float
    many_users: int
    kinds: Words
    critical: Words
    risk: Words


@cache
def work_rules() -> WorkRules:
    """As data/citizen-work.toml has them."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    lists: dict[str, Any] = {name: _words(table.pop(name)) for name in ("kinds", "critical", "risk")}
    return WorkRules(**(table | lists))


def named_in(words: Words, text: str) -> tuple[str, ...]:
    """The names of which a part of a word is in the text."""
    small = f" {text.lower()} "
    return tuple(name for name, parts in words if any(part in small for part in parts))


def titles_sql(words: Words, prefix: str) -> tuple[list[str], dict[str, object]]:
    """For each name a column that counts the tickets whose title holds one of its words, and the bound parameters."""
    columns, parameters = [], {}
    for name, parts in words:
        tests = []
        for place, part in enumerate(parts):
            key = f"{prefix}_{name}_{place}"
            parameters[key] = f"%{_plain(part)}%"
            tests.append(f"lower(title) LIKE :{key}")
        columns.append(f"count(*) FILTER (WHERE {' OR '.join(tests)}) AS {prefix}_{name}")
    return columns, dict[str, object](parameters)


def _plain(part: str) -> str:
    """Without the signs that LIKE reads as any character."""
    return part.replace("%", "").replace("_", "")


def _words(table: Mapping[str, Iterable[Any]]) -> Words:
    return tuple((name, tuple(str(part).lower() for part in parts)) for name, parts in table.items())
