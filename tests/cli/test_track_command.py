"""The command track: keeps a forecast, and scores those kept by what came."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.forecast.odd_desks import MONDAY, stream
from tests.warehouse_of import snapshot_of

CUT = (MONDAY.date() + timedelta(weeks=50)).isoformat()
KEYS = {
    "id", "name", "by_itself", "kept_at", "filters", "grain", "origin", "known_until", "horizon", "model", "snapshot",
    "verdict", "sentence", "since", "periods_come", "deviation", "relative_error", "net", "expected_net", "changed",
    "notes", "rows",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loaded")
    snapshot_of([*stream(56, 30, category="Mail"), *stream(56, 12, seed=4, category="SAP")], made)
    return made


@pytest.fixture
def cli(loaded: Path, tmp_path: Path) -> CommandLine:
    return CommandLine(Path(shutil.copytree(loaded, tmp_path / "own")))


def test_before_anything_is_kept_it_says_how(cli: CommandLine) -> None:
    assert cli("track", "--json").document["forecasts"] == []
    assert "No forecast of these tickets is kept yet: 'python -m analytics track --keep NAME'" in cli("track").out


def test_an_earlier_forecast_is_kept_and_scored(cli: CommandLine) -> None:
    kept = cli("track", "--keep", "Plan for Q1", "--to", CUT, "--json").document
    (found,) = kept["forecasts"]
    assert set(found) == KEYS
    assert (kept["kept"], found["id"], found["name"], found["origin"]) == (1, 1, "Plan for Q1", CUT)
    assert (found["periods_come"], found["horizon"]) == (6, 13)
    (again,) = cli("track", "--json").document["forecasts"]
    assert again == found
    came = [row["actual"] for row in found["rows"] if row["series"] == "inflow"]
    assert [value is None for value in came] == [False] * 6 + [True] * 7
    counted = cli.kpi("inflow", "--from", CUT).value
    assert sum(value for value in came if value is not None) == counted
    if found["deviation"]:
        parts = found["deviation"]
        assert parts["tickets"] == pytest.approx(parts["start"] + parts["inflow"] - parts["outflow"], abs=0.01)


def test_each_is_scored_by_its_own_tickets(cli: CommandLine) -> None:
    cli("track", "--keep", "all", "--to", CUT)
    cli("track", "--keep", "mail", "--to", CUT, "--where", "category=Mail")
    (mail,) = cli("track", "--where", "category=Mail", "--json").document["forecasts"]
    assert (mail["name"], mail["filters"]) == ("mail", "tickets open at any time where category is Mail")
    came = [row["actual"] for row in mail["rows"] if row["series"] == "inflow" and row["actual"] is not None]
    assert sum(came) == cli.kpi("inflow", "--from", CUT, "--where", "category=Mail").value
    assert [found["name"] for found in cli("track", "--json").document["forecasts"]] == ["mail", "all"]


def test_with_to_it_is_scored_as_of_then(cli: CommandLine) -> None:
    cli("track", "--keep", "--to", CUT)
    (found,) = cli("track", "--to", CUT, "--json").document["forecasts"]
    assert (found["verdict"], found["periods_come"]) == ("nothing yet", 0)
    assert found["name"] == "Kept at the command line"


def test_at_a_terminal_it_is_sentences(cli: CommandLine) -> None:
    out = cli("track", "--keep", "A plan", "--to", CUT).out.splitlines()
    assert out[0] == "Kept."
    assert out[1].startswith("1  A plan: 13 weeks from ")
    assert any(line.strip().startswith(("On track", "Off track", "At the edge")) for line in out)


def test_what_the_user_can_mend(cli: CommandLine) -> None:
    assert "The name is empty" in cli("track", "--keep", " ").sentence
    short = (MONDAY.date() + timedelta(weeks=6)).isoformat()
    assert cli("track", "--keep", "x", "--to", short).sentence.startswith("There is no forecast to keep. No forecast:")
    assert cli("track", "--json").document["forecasts"] == []
