"""`ageing`: the contract of the command line, on a small desk."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

DESK = """
ticket | status   | priority | assignee | requester | opened           | resolved         | updated
A      | new      | 1        | Ada      | Xenia     | 2026-06-30 12:00 |                  | 2026-06-30 13:00
B      | new      |          | Ada      | Xenia     | 2026-06-12 12:00 |                  | 2026-06-12 13:00
C      | new      | 2        | Bob      | Yuri      | 2025-06-12 12:00 |                  | 2025-06-12 13:00
D      | resolved | 2        | Bob      | Yuri      | 2026-06-12 12:00 | 2026-06-13 12:00 | 2026-06-13 13:00
"""


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder: Path = tmp_path_factory.mktemp("warehouse")
    snapshot_of(tickets_in(DESK), folder)
    return CommandLine(folder)


def test_the_document_holds_what_the_contract_names(cli: CommandLine) -> None:
    document = cli("ageing", "--json").document
    bands = [(band["from_days"], band["to_days"], band["tickets"], band["share"]) for band in document["bands"]]
    assert bands == [(0, 10, 1, None), (10, 30, 1, None), (30, None, 1, None)]
    assert document["bands"][0]["reason"] == "too few tickets for a share"
    assert (document["lines"]["p95"], document["lines"]["n"]) == (None, 1)
    assert document["lines"]["reason"] == document["past"]["reason"]
    assert [row["ticket_id"] for row in document["oldest"]] == ["C", "B", "A"]
    assert document["oldest"][0]["age_days"] == pytest.approx(365 + 18 + 1 / 24, abs=0.01)
    assert {"sentence", "definition", "as_of", "filters", "tickets_used", "sql", "parameters"} <= set(document)
    assert document["outlived"]["very_old"] == 0
    assert "groups" not in document


def test_split_filtered_and_with_bands_of_ones_own(cli: CommandLine) -> None:
    document = cli("ageing", "--bands", "100", "--by", "priority", "--where", "priority=2", "--json").document
    (group,) = document["groups"]
    assert (group["value"], group["tickets"]) == (2, 1)
    assert [band["tickets"] for band in group["bands"]] == [0, 1]
    assert cli("ageing", "--to", "2026-06-20", "--json").document["tickets"] == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bands", "30,10"], "cannot be age bands"),
        (["--by", "assignee"], "does not compare people"),
        (["--by", "colour"], "There is no dimension 'colour'"),
        (["--to", "soon"], "is not a date"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine, arguments: list[str], words: str) -> None:
    assert words in cli("ageing", *arguments).sentence


def test_no_person_is_named(cli: CommandLine) -> None:
    for options in ([], ["--json"], ["--by", "priority"]):
        answer = cli("ageing", *options)
        assert answer.code == 0
        assert "3 tickets are open now" in answer.out
        assert not [name for name in ("Ada", "Bob", "Xenia", "Yuri") if name in answer.out]
