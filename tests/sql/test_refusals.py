"""A refusal names its reason, in our own words; the engine's, which can quote cells and paths, are never passed on."""

import pytest

from analytics.warehouse.sandbox.errors import SqlRefused
from analytics.warehouse.sandbox.run import run_sql
from tests.sql.target import Target

REASONS = (
    ("SELECT * FROM tikets", "There is no table 'tikets' here. Did you mean 'tickets'?"),
    ("SELECT * FROM '/etc/hosts'", "There is no such table here."),
    ("SELECT * FROM read_csv('x.csv')", "The function 'read_csv' cannot stand for a table here"),
    ("SELECT getenv('HOME')", "The function 'getenv' is not permitted here."),
    ("SELECT mediann(priority) FROM tickets", "Did you mean 'median'?"),
    ("SELECT to_char(opened_on, 'YYYY') FROM tickets", "The function 'to_char' is not permitted here. Use strftime"),
    ("SELECT user", "user tells of the engine"),
    ("SELECT (SELECT title FROM tickets)", "A subquery that stands for one value found more than one row"),
    ("SELECT CAST(title AS INTEGER) FROM tickets", "could not be converted to INTEGER: TRY_CAST"),
    ("SELECT 1; SELECT 2", "Only one statement at a time: this has 2."),
    ("DELETE FROM tickets", "Only reading is possible here, with one SELECT: DELETE is refused."),
    ("WITH t AS (DELETE FROM tickets RETURNING *) FROM t", "Only reading is possible here"),
    ("PIVOT tickets ON priority USING count(*)", "PIVOT works here with its values named"),
    ("SELECT * FROM information_schema.tables", "Name a table by itself"),
    ("SELECT * FROM main.tickets", "Name a table by itself"),
    ("SHOW TABLES", "SHOW is not permitted here. The tables are tickets"),
    ("SELECT $1", "Parameters such as $1 or ? cannot be filled in here"),
    ("SELECT current_user", "current_user tells of the engine"),
    ("SELECT 1::my_type", "There is no type 'my_type' here."),
    ("SELECT asignee FROM tickets", "There is no column 'asignee'. Did you mean 'assignee'?"),
    ("SELECT t.nothing FROM tickets AS t", "There is no column 'nothing'."),
    ("SELECT priority, status FROM tickets GROUP BY status", "Column 'priority' must stand in GROUP BY too"),
    ("SELECT priority FROM tickets, tickets AS other", "'priority' could mean more than one column"),
    ("SELEC 1", "The syntax is not right, at or before 'SELEC'."),
    ("SELECT\n1 +\nFROM tickets", "in line 3"),
    ("SELECT count(", "The statement"),
    ("SELECT sum(title) FROM tickets", "'sum' cannot take arguments of these types"),
    ("", "There is no statement"),
    ("-- only a comment", "There is no statement"),
    ("SELECT '" + "x" * 20_000 + "'", "A statement may have up to 20,000 characters"),
    ("SELECT 1\x00", "The statement holds a control character"),
    ("SELECT " + "(" * 3_000 + "1" + ")" * 3_000, "nested too deeply"),
)


@pytest.mark.parametrize(("statement", "reason"), REASONS, ids=[reason for _, reason in REASONS])
def test_the_reason_is_named(target: Target, statement: str, reason: str) -> None:
    with pytest.raises(SqlRefused) as refused:
        run_sql(target.folder, statement, 30)
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


# A value that is not a number, a date or a pattern: the engine would say which.
DISCLOSING = (
    "SELECT CAST(title AS INTEGER) FROM tickets WHERE title = 'Mail'",
    "SELECT CAST(title AS DATE) FROM tickets WHERE title = 'Mail'",
    "SELECT sum(CAST(title AS DOUBLE)) FROM tickets WHERE title = 'Mail'",
    "SELECT strptime(title, '%Y-%m-%d') FROM tickets WHERE title = 'Mail'",
    "SELECT regexp_matches('x', '(' || title) FROM tickets WHERE title = 'Mail'",
    "SELECT CAST(title AS ENUM ('a')) FROM tickets WHERE title = 'Mail'",
)


# Cells that read like the end of the engine's own sentence.
POSING = ("Move to BERLIN", "'x' to DECIMAL(4821,77)", 'Column "wages" not found', "to DATE to WAGES")


@pytest.mark.parametrize("kind", ["INTEGER", "DECIMAL(4, 1)", "DATE", "TIMESTAMPTZ", "INTEGER[]", "UUID", "JSON"])
@pytest.mark.parametrize("cell", POSING)
def test_a_cell_cannot_pose_as_the_reason(target: Target, cell: str, kind: str) -> None:
    # Put together from codes, as if it came from a title.
    codes = ", ".join(str(ord(letter)) for letter in cell)
    with pytest.raises(SqlRefused) as refused:
        run_sql(
            target.folder, f"SELECT CAST(list_aggregate([chr(c) FOR c IN [{codes}]], 'string_agg', '') AS {kind})", 30
        )
    assert not [word for word in ("BERLIN", "4821", "wages", "WAGES") if word in str(refused.value)]
    assert "could not be converted" in str(refused.value)


def test_a_name_with_another_meaning_is_no_help(target: Target) -> None:
    for name in ("getenv", "read_text", "error", "version"):
        with pytest.raises(SqlRefused) as refused:
            run_sql(target.folder, f"SELECT {name}('x')", 30)
        assert str(refused.value) == f"The function '{name}' is not permitted here."


@pytest.mark.parametrize("statement", DISCLOSING)
def test_an_error_quotes_no_cell(target: Target, statement: str) -> None:
    with pytest.raises(SqlRefused) as refused:
        # The title is asked for by its first letter, so that it does not stand in the statement.
        run_sql(target.folder, statement.replace("= 'Mail'", "LIKE 'M%'"), 30)
    assert "Mail" not in str(refused.value)


def test_a_name_of_a_with_table_is_seen_only_where_the_engine_sees_it(target: Target) -> None:
    assert run_sql(target.folder, "WITH notes AS (SELECT 1 AS a) SELECT a FROM notes", 30).rows == [[1]]
    for statement in (
        "SELECT * FROM (WITH notes AS (SELECT 1 AS a) SELECT a FROM notes), notes",
        "WITH notes AS (SELECT * FROM notes) SELECT * FROM notes",
        "WITH a AS (SELECT * FROM notes), notes AS (SELECT 1) SELECT * FROM a",
    ):
        with pytest.raises(SqlRefused, match="There is no table 'notes' here"):
            run_sql(target.folder, statement, 30)
