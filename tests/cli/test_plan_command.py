"""`plan`: the contract of the command line."""

from datetime import date
from pathlib import Path

import pytest

from analytics.store import open_store
from analytics.store.actions import Action
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

DESK = """
ticket | opened           | resolved
A      | 2026-06-29 12:00 | 2026-06-30 12:00
"""


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    snapshot_of(tickets_in(DESK), tmp_path)
    return CommandLine(tmp_path)


def test_the_document_holds_actions_with_their_effects(cli: CommandLine) -> None:
    actions = open_store(cli.folder).actions
    actions.add(Action("Do it", kpi="mttr", status="under way", started_on=date(2026, 6, 1)))
    actions.add(Action("Then this"))
    document = cli("plan", "--json").document
    assert [one["what"] for one in document["actions"]] == ["Do it", "Then this"]
    found = document["actions"][0]["effect"]
    assert (found["kpi"], found["verdict"], found["effect"]) == ("mttr", "too early to tell", None)
    assert {"low", "high", "expected", "before", "after", "sql", "definition", "as_of"} <= set(found)
    assert document["actions"][1]["effect"] is None
    assert "1. under way: Do it" in cli("plan").out


def test_the_plan_is_written_to_files(cli: CommandLine, tmp_path: Path) -> None:
    open_store(cli.folder).actions.add(Action("Do it", due_on=date(2026, 7, 1)))
    files = [tmp_path / name for name in ("p.csv", "p.ics", "p.html")]
    options = [text for file in files for text in (f"--{file.suffix[1:]}", str(file))]
    assert cli("plan", "--json", *options).document["files"] == [str(file) for file in files]
    assert all("Do it" in file.read_text(encoding="utf-8") for file in files)


def test_a_file_that_cannot_be_written_is_one_sentence(cli: CommandLine, tmp_path: Path) -> None:
    assert "check the path" in cli("plan", "--csv", str(tmp_path / "nowhere" / "p.csv")).sentence
