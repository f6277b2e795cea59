"""`sql`: a statement's rows as JSON or as a table, and one sentence for everything that is refused."""

import sys
from pathlib import Path

import pytest

from analytics.store import open_store
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="SQL runs on Linux only")
TICKETS = [
    {"opened_at": f"2026-03-{day:02}", "priority": 1 + day % 3, "assignee": "Ann Example", "category": "Mail"}
    for day in range(1, 11)
]
FIELDS = {
    "columns", "types", "rows", "row_count", "cut", "notes", "names_concealed", "seconds", "as_of",
}  # fmt: skip
PATIENT = ("--seconds", "60")


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    snapshot_of(TICKETS, tmp_path)
    return CommandLine(tmp_path)


def test_rows_come_with_their_columns_types_and_time(run: CommandLine) -> None:
    statement = "SELECT priority, count(*) AS n FROM tickets GROUP BY 1 ORDER BY 1"
    document = run("sql", statement, *PATIENT, "--json").document
    assert set(document) == FIELDS
    assert document["columns"] == ["priority", "n"]
    assert document["types"] == ["TINYINT", "BIGINT"]
    assert document["rows"] == [{"priority": 1, "n": 3}, {"priority": 2, "n": 4}, {"priority": 3, "n": 3}]
    assert (document["row_count"], document["cut"], document["notes"]) == (3, False, [])
    assert document["as_of"].startswith("2026-03-10")


def test_more_rows_than_asked_for_are_cut_and_said(run: CommandLine) -> None:
    document = run("sql", "SELECT ticket_id FROM tickets", "--rows", "4", *PATIENT, "--json").document
    assert (document["row_count"], len(document["rows"]), document["cut"]) == (4, 4, True)
    assert document["notes"] == ["There are more rows than these: allow more, or narrow the statement."]


def test_the_table_is_for_reading(run: CommandLine) -> None:
    said = run("sql", "SELECT category, count(*) AS n, NULL AS nothing FROM tickets GROUP BY 1", *PATIENT)
    assert said.code == 0, said.err
    assert [line.split() for line in said.out.splitlines()] == [
        ["category", "n", "nothing"], ["Mail", "10"], ["1", "row."],
    ]  # fmt: skip


def test_names_are_concealed_until_an_administrator_shows_them(run: CommandLine) -> None:
    statement = "SELECT max(assignee) AS who FROM tickets"
    concealed = run("sql", statement, *PATIENT, "--json").document
    assert (concealed["rows"], concealed["names_concealed"]) == ([{"who": None}], True)
    store = open_store(run.folder)
    store.set_setting("show_names", "yes")
    store.close()
    shown = run("sql", statement, *PATIENT, "--json").document
    assert (shown["rows"], shown["names_concealed"]) == ([{"who": "Ann Example"}], False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["DROP TABLE tickets"], "Only reading is possible here, with one SELECT: DROP is refused."),
        (["SELECT * FROM '/etc/hosts'"], "There is no such table here."),
        (["SELECT 1", "--seconds", "1000"], "A statement may take up to 60 seconds"),
        (["SELECT 1", "--rows", "0"], "A result may have up to 100,000 rows"),
        (["SELECT count(*) FROM range(1000000000000)", "--seconds", "1"], "took longer than 1 seconds and was stopped"),
    ],
)
def test_a_refusal_is_one_sentence(run: CommandLine, arguments: list[str], sentence: str) -> None:
    assert sentence in run("sql", *arguments, "--json").sentence


def test_without_data_it_says_what_to_do(tmp_path: Path) -> None:
    assert "There are no tickets" in CommandLine(tmp_path)("sql", "SELECT 1").sentence


def test_as_a_process_it_ends_and_leaves_nothing_running(run: CommandLine) -> None:
    said = run.process("sql", "SELECT count(*) AS n FROM tickets", *PATIENT, "--json")
    assert said.document["rows"] == [{"n": 10}]
    assert said.err == ""
