"""What analysts ask: it runs, and gives what the product's own engine gives on the snapshot itself."""

import re
from collections import Counter
from numbers import Number
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics.errors import BacklightError
from analytics.sql_examples import sql_examples
from analytics.warehouse.engine import Engine, open_engine
from analytics.warehouse.sandbox.run import run_sql
from tests.sql.strings import ordinary
from tests.sql.target import Target

# Generous: a busy machine, and children that give way to everything else.
SECONDS = 60
ENOUGH = 79
_ISO = re.compile(r"^(\d{4}-\d\d-\d\d)T")


@pytest.fixture(scope="module")
def engine(target: Target) -> Engine:
    return open_engine(target.folder)


def _cells(rows: Any) -> Counter[str]:
    """Rows in any order; numbers rounded, because sums of fractions depend on the order they are added in."""
    return Counter(str([_cell(cell) for cell in row]) for row in rows)


def _cell(cell: Any) -> Any:
    if isinstance(cell, (list, dict, np.ndarray)):
        return "nested"
    if cell is None or pd.isna(cell):
        return None
    if isinstance(cell, Number) and not isinstance(cell, bool | np.bool_):
        return f"{float(cell):.6g}"
    text = _ISO.sub(r"\1 ", str(cell))
    return "nested" if text[:1] in ("[", "{") else text.removesuffix(" 00:00:00")


def test_eighty_statements_run_and_at_most_one_does_not(target: Target) -> None:
    assert len(set(ordinary())) == 80
    refused = {}
    for statement in ordinary():
        try:
            run_sql(target.folder, statement, SECONDS)
        except BacklightError as error:
            refused[statement] = str(error)
    assert len(refused) <= len(ordinary()) - ENOUGH, refused


# `facts` is the copy's own; names of persons and of fields that hold them are not in it; intervals are written anew.
_OWN = ("facts", "SELECT *", "ticket_events", "resolved_at - opened_at", "rows_read", "->")


@pytest.mark.parametrize("statement", [s for s in ordinary() if not any(own in s for own in _OWN)])
def test_the_same_by_the_engine_on_the_snapshot(target: Target, engine: Engine, statement: str) -> None:
    found = run_sql(target.folder, statement, SECONDS, 100_000)
    # The engine takes a colon and a word for a parameter.
    expected = engine.query(statement.replace("::VARCHAR", "").replace("opened_at::DATE", "CAST(opened_at AS DATE)"))
    assert _cells(found.rows) == _cells(expected.itertuples(index=False))
    assert [name.lower() for name in found.columns] == [name.lower() for name in expected.columns] or "::" in statement


@pytest.mark.parametrize("example", sql_examples(), ids=lambda example: example.title)
def test_each_example_of_the_page_runs(target: Target, example: Any) -> None:
    found = run_sql(target.folder, example.statement, SECONDS, 100_000)
    assert found.row_count
    assert not found.cut


def test_a_backlog_by_weeks_ends_at_the_open_tickets(target: Target) -> None:
    weekly = next(one.statement for one in sql_examples() if "per week" in one.title)
    open_now = run_sql(target.folder, "SELECT count(*) FROM tickets WHERE ended_at IS NULL", SECONDS).rows
    assert run_sql(target.folder, weekly, SECONDS).rows[-1][-1] == open_now[0][0]


def test_the_copy_has_every_ticket(target: Target, engine: Engine) -> None:
    for table in ("tickets", "ticket_events", "stays", "calendar", "imports"):
        statement = f"SELECT count(*) AS n FROM {table}"
        assert run_sql(target.folder, statement, SECONDS).rows == [[int(engine.query(statement)["n"].iloc[0])]]
    assert run_sql(target.folder, "SELECT as_of FROM facts", SECONDS).as_of == engine.as_of
