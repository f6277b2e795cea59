"""The composed SQL of every KPI, word for word, and that it keeps to the portable subset.

After an intended change, write the files again with `BACKLIGHT_UPDATE_GOLDEN=1 pytest tests/golden`, and read the diff.
"""

import os
import re
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from analytics.filters import Filters
from analytics.kpi import Kpi
from analytics.kpis import KPIS
from analytics.period import Grain
from analytics.query import Query, account_sql, compose
from analytics.warehouse.schema import TICKETS
from tests.conftest import MakeDesk

FOLDER = Path(__file__).parent / "sql"
WINDOW = Filters.of(date(2026, 1, 1), date(2026, 4, 1), {"priority": [1, 2], "category": ["network", None]})
SHAPES: dict[str, Callable[[Kpi], Query]] = {
    "plain": lambda kpi: compose(kpi, Filters()),
    "by": lambda kpi: compose(kpi, Filters(), ["category", "priority"]),
    "grain": lambda kpi: compose(kpi, Filters(), [], Grain.MONTH),
    "by and grain": lambda kpi: compose(kpi, Filters(), ["site"], Grain.WEEK),
    "filtered": lambda kpi: compose(kpi, WINDOW, ["assignment_group"], Grain.DAY),
}


def _statements(kpi: Kpi) -> dict[str, str]:
    return {name: shape(kpi).sql for name, shape in SHAPES.items()} | {"account": account_sql(kpi, WINDOW)}


def _text(kpi: Kpi) -> str:
    return "\n\n".join(f"-- {name}\n{sql};" for name, sql in _statements(kpi).items()) + "\n"


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
def test_the_sql_is_as_it_was(kpi: Kpi) -> None:
    file = FOLDER / f"{kpi.name}.sql"
    if os.environ.get("BACKLIGHT_UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(_text(kpi), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == _text(kpi)


def test_there_is_one_file_for_each_kpi() -> None:
    assert {file.stem for file in FOLDER.glob("*.sql")} == {kpi.name for kpi in KPIS}


WORDS = {
    "SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "NULL", "IS", "IN", "BETWEEN", "AS", "CASE", "WHEN", "THEN", "ELSE",
    "END", "GROUP", "BY", "ORDER", "WITH", "UNION", "ALL", "DISTINCT", "LEFT", "CROSS", "JOIN", "ON", "OVER",
    "PARTITION", "FILTER", "WITHIN", "CAST", "DATE",
}  # fmt: skip
FUNCTIONS = {"count", "sum", "avg", "min", "max", "median", "percentile_cont", "date_trunc", "coalesce", "cast"}
_TOKEN = re.compile(r"'[^']*'|:[a-z_]\w*|[A-Za-z_]\w*|\d+(?:\.\d+)?|<>|<=|>=|::|\S")


def _all_statements() -> list[tuple[str, str]]:
    return [(f"{kpi.name}, {name}", sql) for kpi in KPIS for name, sql in _statements(kpi).items()]


@pytest.mark.parametrize(("name", "sql"), _all_statements())
def test_the_sql_keeps_to_the_portable_subset(name: str, sql: str) -> None:
    tokens = _TOKEN.findall(sql)
    upper = {token for token in tokens if re.fullmatch(r"[A-Z_]+", token)}
    assert upper - {"COALESCE"} <= WORDS, f"{name}: {upper - WORDS}"
    called = {word.lower() for word, following in pairwise(tokens) if following == "("}
    called = {word for word in called if word.isidentifier() and word.upper() not in WORDS - {"CAST"}}
    assert called - _tables(sql) <= FUNCTIONS, f"{name}: {called - FUNCTIONS}"
    symbols = {token for token in tokens if not re.match(r"[\w':]", token)} | ({"::"} & set(tokens))
    assert symbols <= set("(),.-*=<>") | {"<>", "<=", ">="}, f"{name}: {symbols}"
    assert not {"at", "day"} & {token.lower() for token in tokens}, "names that DuckDB 2.0 takes for keywords"


def _tables(sql: str) -> set[str]:
    return set(re.findall(r"(\w+) AS \(", sql))


@pytest.mark.parametrize(("name", "sql"), _all_statements())
def test_every_name_is_a_column_a_table_or_an_alias_given_with_as(name: str, sql: str) -> None:
    bare = re.sub(r"'[^']*'|:\w+", " ", sql)
    words = {word for word in re.findall(r"[A-Za-z_]\w*", bare) if word.upper() not in WORDS and word not in FUNCTIONS}
    given = set(re.findall(r"\bAS (\w+)", bare)) | _tables(bare)
    known = {column.name for column in TICKETS} | {"tickets", "calendar", "calendar_on", "COALESCE"}
    assert words <= given | known, f"{name}: {words - given - known}"


@pytest.mark.parametrize(("name", "sql"), _all_statements())
def test_every_value_is_a_named_parameter(name: str, sql: str) -> None:
    literals = set(re.findall(r"'([^']*)'", sql))
    assert literals <= {"month", "week", "cancelled"}, name
    assert "2026" not in sql
    assert "network" not in sql
    assert "?" not in sql
    assert "$" not in sql


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
def test_every_statement_runs(desk: MakeDesk, kpi: Kpi) -> None:
    made = desk("status | opened | resolved\nresolved | 2026-03-02 | 2026-03-03")
    for shape in SHAPES.values():
        query = shape(kpi)
        made.engine.query(query.sql, query.parameters)
    made.engine.query(account_sql(kpi, WINDOW), WINDOW.parameters())
