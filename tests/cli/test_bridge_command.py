"""`bridge`: the contract of the command line, on a small desk."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of

DAY = datetime.fromisoformat("2026-01-05 08:00")


def _tickets() -> list[dict[str, Any]]:
    """Mail: 20 came in January and 30 in February, 15 and 10 ended; web: as many came as went, one was cancelled."""
    found: list[dict[str, Any]] = [{"opened_at": datetime.fromisoformat("2025-01-01"), "assignee": "Ada"}]
    found[0] |= {"resolved_at": datetime.fromisoformat("2025-01-02"), "category": "Old \x1b[31m"}
    for category, first, first_ended, second, second_ended in (("Mail", 20, 15, 30, 10), ("Web", 10, 10, 12, 12)):
        starts = [DAY] * first + [DAY + timedelta(days=33)] * second
        ends = [DAY + timedelta(days=5)] * first_ended + [DAY + timedelta(days=40)] * second_ended
        found += [
            {"category": category, "opened_at": start, "resolved_at": end, "priority": 2, "assignment_group": "Desk"}
            for start, end in zip(starts, [*ends, *[None] * (len(starts) - len(ends))], strict=True)
        ]
    found[-1] |= {"status": "cancelled"}
    return [*found, {"category": "Mail", "resolved_at": DAY}]


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder: Path = tmp_path_factory.mktemp("warehouse")
    snapshot_of(_tickets(), folder)
    return CommandLine(folder)


FEBRUARY = ("--from", "2026-02-01", "--to", "2026-03-01")


def test_the_document_holds_what_the_contract_names(cli: CommandLine) -> None:
    document = cli("bridge", *FEBRUARY, "--by", "category", "--json").document
    numbers = {name: document[name] for name in ("start", "opened", "reopened", "resolved", "cancelled", "leak", "end")}
    assert numbers == {
        "start": 20 - 15, "opened": 30 + 12, "reopened": 0, "resolved": 10 + 12 - 1, "cancelled": 1, "leak": 0,
        "end": 5 + 42 - 21 - 1,
    }  # fmt: skip
    assert all(type(number) is int for number in numbers.values())
    assert document["by"] == "category"
    assert (document["from"], document["to"]) == ("2026-02-01", "2026-03-01")
    assert document["compared_with"] == {"from": "2026-01-04", "to": "2026-02-01"}
    assert document["contributions"] == [
        {"value": "Mail", "change": 20, "demand": 30 - 20, "throughput": 15 - 10, "carry_over": 20 - 15},
        {"value": "Web", "change": 0, "demand": 12 - 10, "throughput": 10 - 12, "carry_over": 10 - 10},
    ]
    assert document["sentences"] == [
        "The backlog grew by 20 (from 5 to 25).",
        (
            "Category 'Mail' made all of it: 10 more arrived than in the 28 days before and 5 fewer were closed; it "
            "had already been growing by 5."
        ),
    ]
    assert document["excluded"] == [{"reason": "no opening time", "tickets": 1}]
    assert {"definition", "as_of", "filters", "tickets_used", "caveats", "sql", "parameters"} <= set(document)


def test_without_by_it_takes_the_most_telling_dimension(cli: CommandLine) -> None:
    assert cli("bridge", *FEBRUARY, "--json").document["by"] == "category"
    assert "by category, the most telling dimension:" in cli("bridge", *FEBRUARY).out


def test_a_period_that_cannot_be_compared_is_unknown_and_not_nought(cli: CommandLine) -> None:
    document = cli("bridge", "--from", "2025-06-01", "--by", "category", "--json").document
    assert document["compared_with"] is None
    assert document["reason"] == "the data starts on 1 Jan 2025"
    assert {row[part] for row in document["contributions"] for part in ("demand", "throughput", "carry_over")} == {None}
    assert sum(row["change"] for row in document["contributions"]) == document["end"] - document["start"]
    assert document["to"] == "2026-02-15", "an open end is the end of the data"


def test_filters_are_those_of_every_command(cli: CommandLine) -> None:
    document = cli("bridge", *FEBRUARY, "--where", "category=Web", "--where", "category=", "--json").document
    assert (document["start"], document["opened"], document["resolved"], document["cancelled"]) == (0, 12, 11, 1)
    assert document["by"] is None or document["by"] != "category" or len(document["contributions"]) == 1
    assert cli("bridge", *FEBRUARY, "--by", "priority", "--json").document["contributions"][0]["value"] == 2


def test_without_json_it_is_text_for_a_person(cli: CommandLine) -> None:
    out = cli("bridge", "--by", "category").out
    assert "open at start" in out
    assert "+ opened" in out
    assert "leak" not in out.split("used")[0]
    assert "\x1b" not in out, "no value of an export commands the terminal"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--by", "categroy"), "There is no dimension 'categroy'. Did you mean 'category'?"),
        (("--by", "assignee"), "'assignee' names people, and Backlight does not compare people: "),
        (("--from", "yesterday"), "'yesterday' for --from is not a date: write it as 2026-03-31."),
        (("--from", "2026-03-01", "--to", "2026-03-01"), "The period from 2026-03-01 to 2026-03-01 is empty"),
        (("--where", "category"), "'category' is not a filter"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine, arguments: tuple[str, ...], sentence: str) -> None:
    assert cli("bridge", *arguments, "--json").sentence.startswith(sentence)
