"""`ownership`: the contract of the command line, on a small desk."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

DESK = """
ticket | status | group   | assignee | requester | opened           | updated
A      | new    | Desk    | Ada      | Xenia     | 2026-06-30 12:00 | 2026-06-30 13:00
B      | new    | Desk    | Ada      | Xenia     | 2026-05-12 12:00 | 2026-06-01 13:00
C      | new    | Network |          | Yuri      | 2026-05-12 12:00 | 2026-06-29 13:00
D      | new    |         |          | Yuri      | 2026-06-29 12:00 | 2026-06-29 13:00
E      | new    | Network | Bob      | Yuri      | 2026-05-12 12:00 | 2026-05-12 13:00
"""


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder: Path = tmp_path_factory.mktemp("warehouse")
    snapshot_of(tickets_in(DESK), folder)
    return CommandLine(folder)


def test_the_document_holds_what_the_contract_names(cli: CommandLine) -> None:
    document = cli("ownership", "--json").document
    counts = {held["name"]: held["tickets"] for held in document["classes"]}
    assert counts == {
        "cannot_tell": 0, "unassigned": 1, "group_only": 1, "assignee_inactive": 1, "silent": 1, "owned": 1,
    }  # fmt: skip
    assert {"name", "tickets", "share", "median_age_days"} == set(document["classes"][0])
    assert document["aged"]["past_p85"] is None
    assert document["aged"]["past_14_days"]["without_owner"] == 3
    assert {row["value"]: row["tickets"] for row in document["by_group"]} == {"Desk": 2, "Network": 2, None: 1}
    assert document["inactive_assignees"] == "fewer than five"
    assert {"sentence", "definition", "as_of", "filters", "tickets_used", "sql", "parameters"} <= set(document)


def test_filtered_and_with_other_days_of_silence(cli: CommandLine) -> None:
    document = cli("ownership", "--silent-days", "60", "--where", "assignment_group=Desk", "--json").document
    assert {held["name"]: held["tickets"] for held in document["classes"] if held["tickets"]} == {"owned": 2}
    assert cli("ownership", "--to", "2026-06-20", "--json").document["tickets"] == 3


def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine) -> None:
    assert "make no sense" in cli("ownership", "--silent-days", "0").sentence
    assert "does not compare people" in cli("ownership", "--where", "assignee=Ada").sentence


def test_no_person_is_named(cli: CommandLine) -> None:
    for options in ([], ["--json"]):
        answer = cli("ownership", *options)
        assert answer.code == 0
        assert "Of 3 tickets open now" in answer.out
        assert not [name for name in ("Ada", "Bob", "Xenia", "Yuri") if name in answer.out]
