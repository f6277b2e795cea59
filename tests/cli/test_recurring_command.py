"""`recurring`: what returns, with its state, at the command line."""

from pathlib import Path

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.store import open_store
from tests.cli.command_line import CommandLine
from tests.diagnostic.printers import AS_OF, FAULTY, faulty_printer, newest, quiet_printers
from tests.warehouse_of import snapshot_of

KEY = GroupDefinition("item", "Printing", configuration_item=FAULTY).key


def test_groups_stand_in_one_document(tmp_path: Path) -> None:
    snapshot_of([*quiet_printers(), *faulty_printer(), newest()], tmp_path)
    document = CommandLine(tmp_path)("recurring", "--json").document
    (group,) = document["groups"]
    assert (group["key"], group["state"], group["tickets"], group["problem_record"]) == (KEY, "active", 8, "none")
    assert GroupDefinition.of(group["filters"]).key == KEY
    assert document["period"] == {"from": "2026-04-02", "to": "2026-06-30"}
    assert document["tickets_used"] == 8 + 20 - sum(5 + 8 * place >= 90 for place in range(20))


def test_a_dismissed_group_says_why(tmp_path: Path) -> None:
    snapshot_of([*quiet_printers(), *faulty_printer(), newest()], tmp_path)
    open_store(tmp_path).problems.dismiss(KEY, "It is being replaced", AS_OF.date())
    run = CommandLine(tmp_path)
    assert run("recurring", "--state", "active", "--json").document["groups"] == []
    (group,) = run("recurring", "--state", "dismissed", "--json").document["groups"]
    assert group["dismissed_because"] == "It is being replaced"


def test_the_text_begins_with_the_answer_and_names_the_group(tmp_path: Path) -> None:
    snapshot_of([*quiet_printers(), *faulty_printer(), newest()], tmp_path)
    lines = CommandLine(tmp_path)("recurring").out.splitlines()
    assert lines[0].startswith("1 thing broke again and again")
    assert lines[1].startswith(KEY)
    assert FAULTY in lines[1]
