"""The command staffing: its document, and its words at a terminal."""

import shutil
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.forecast.odd_desks import stream
from tests.warehouse_of import snapshot_of

KEYS = {
    "sentence", "reason", "by_hour_reason", "time_zone", "from", "to", "expected_per_week", "is_forecast",
    "business_hours", "gaps", "by_weekday", "by_hour", "person_hours", "notes", "definition", "as_of", "filters",
    "tickets_used", "tickets_excluded", "excluded", "caveats", "sql", "parameters",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loaded")
    snapshot_of([*stream(50, 40, category="Mail"), *stream(50, 1, seed=4, category="SAP")], made)
    return made


@pytest.fixture
def cli(loaded: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copytree(loaded, tmp_path / "own")))


def test_the_document(cli: CommandLine) -> None:
    document = cli("staffing", "--json").document
    assert set(document) == KEYS
    assert len(document["by_hour"]) == 7 * 24
    assert sum(row["opened"] for row in document["by_hour"]) == cli.kpi(
        "inflow", "--from", document["from"], "--to", document["to"]
    ).value  # fmt: skip
    assert sum(row["arrivals"] for row in document["by_weekday"]) == pytest.approx(document["expected_per_week"], abs=1)
    assert document["business_hours"]["hours"] == "08:00-18:00"
    assert document["person_hours"]["tickets_per_hour"] is None
    assert document["reason"] is None


def test_of_few_tickets_it_says_so(cli: CommandLine) -> None:
    document = cli("staffing", "--where", "category=SAP", "--json").document
    assert document["reason"].startswith("Too few tickets to tell who is needed when: ")
    assert (document["by_hour"], document["by_weekday"], document["expected_per_week"]) == ([], [], None)


def test_at_a_terminal_it_is_sentences(cli: CommandLine) -> None:
    out = cli("staffing").out.splitlines()
    assert "tickets, and" in out[0]
    assert [line.split()[0] for line in out[2:9]] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]  # fmt: skip
    assert "no rate a person can be told" in "\n".join(out)
