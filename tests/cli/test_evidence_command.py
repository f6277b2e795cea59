"""`evidence`: each statement with its verdict, its numbers and its tickets, at the command line."""

from pathlib import Path

import pytest

from analytics.diagnostic.questionnaire import questionnaires
from tests.cli.command_line import CommandLine
from tests.diagnostic.printers import faulty_printer, newest, quiet_printers
from tests.warehouse_of import snapshot_of

WANTED = {"id", "verdict", "value", "threshold", "unit", "sentence", "reason", "tickets", "period", "rule"}


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    snapshot_of([*quiet_printers(), *faulty_printer(), newest()], tmp_path)
    return CommandLine(tmp_path)


def test_each_statement_has_a_verdict_and_a_sentence(run: CommandLine) -> None:
    statements = run("evidence", "--json").document["statements"]
    asked = [one.evidence for sheet in questionnaires() for one in sheet.statements if one.evidence]
    assert [said["id"] for said in statements] == asked
    for said in statements:
        assert set(said) >= WANTED
        assert said["sentence"].endswith("."), said["id"]
        assert bool(said["reason"]) == (said["verdict"] == "cannot tell"), said["id"]


def test_the_days_are_both_inclusive_and_the_tickets_are_named(run: CommandLine) -> None:
    statements = run("evidence", "--questionnaire", "diagnostic", "--json").document["statements"]
    (found,) = [said for said in statements if said["id"] == "problems_return"]
    assert (found["verdict"], found["tickets_total"], len(found["tickets"])) == ("agrees", 8, 8)
    assert found["period"] == {"from": "2026-04-02", "to": "2026-06-30"}


def test_of_no_tickets_nothing_can_be_told(run: CommandLine) -> None:
    statements = run("evidence", "--where", "category=Nothing", "--json").document["statements"]
    assert {said["verdict"] for said in statements} == {"cannot tell"}
    assert {said["tickets_total"] for said in statements} == {0}


def test_an_unknown_questionnaire_is_one_sentence(run: CommandLine) -> None:
    assert "There is no questionnaire 'nonsense'." in run("evidence", "--questionnaire", "nonsense").sentence
