"""The command verdict: its document, and its words at a terminal."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.flow.streams import tickets_of
from tests.warehouse_of import snapshot_of

KEYS = {
    "verdict", "drift_per_week", "lo", "hi", "weeks", "sentence", "reason", "without_clean_ups", "capacity", "edges",
    "mass_closures", "definition", "as_of", "filters", "tickets_used", "tickets_excluded", "excluded", "caveats",
    "sql", "parameters",
}  # fmt: skip


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    grown = tickets_of([(12, 10)] * 40, assignment_group="Network")
    snapshot_of([*grown, *tickets_of([(3, 3)] * 40, assignment_group="Desk")], tmp_path)
    return CommandLine(tmp_path)


def test_the_document(cli: CommandLine) -> None:
    document = cli("verdict", "--from", "2024-04-01", "--json").document
    assert set(document) == KEYS
    assert document["verdict"] == "growing"
    assert document["drift_per_week"] == pytest.approx(12 + 3 - 10 - 3)
    assert document["lo"] <= document["drift_per_week"] <= document["hi"]
    assert document["weeks"] == 40 - 13
    assert document["capacity"]["state"] == "at capacity"
    assert document["filters"] == "tickets opened or ended since 2024-04-01"


def test_filters_are_those_of_every_command(cli: CommandLine) -> None:
    document = cli("verdict", "--from", "2024-04-01", "--where", "assignment_group=Desk", "--json").document
    assert (document["verdict"], document["drift_per_week"]) == ("flat", 0)
    assert document["parameters"] == {"assignment_group_0": "Desk"}


def test_too_short_a_window_cannot_be_told(cli: CommandLine) -> None:
    document = cli("verdict", "--from", "2024-08-12", "--json").document
    assert document["weeks"] == 8
    short = cli("verdict", "--from", "2024-08-19", "--json").document
    assert (short["verdict"], short["weeks"], short["drift_per_week"]) == ("cannot tell", 7, None)


def test_edges_are_told(cli: CommandLine) -> None:
    document = cli("verdict", "--json").document
    ramp = next(edge for edge in document["edges"] if edge["kind"] == "ramp-up")
    assert (ramp["start"], ramp["left_out"]) == ("2024-01-01", True)
    assert "Left out: ramp-up" in document["reason"]


def test_at_a_terminal_it_is_sentences(cli: CommandLine) -> None:
    lines = cli("verdict", "--from", "2024-04-01").out.splitlines()
    assert lines[0].startswith("Growing by 2.0 tickets a week (between ")
    assert any(line.startswith("At capacity: 13 tickets ended a week") for line in lines)
    assert "as of 2024-10-06" in lines[-2]


def test_what_the_user_can_mend(cli: CommandLine, tmp_path: Path) -> None:
    assert "yesterday" in cli("verdict", "--from", "yesterday").sentence
    assert "no tickets" in CommandLine(tmp_path / "nothing")("verdict").sentence
