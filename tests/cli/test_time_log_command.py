"""The command time-log: weeks from a file and by hand, listed and as JSON, and what it refuses."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "warehouse")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(
        "week,operational,tactical,strategic\n2026-10-26,38,5,1\n2026-W45,40,4.5,0\n2026-11-09,41,3,0\n2026-11-16,36,6,2\n"
    )
    return path


def test_a_file_is_imported_once(cli: CommandLine, file: Path) -> None:
    first, second = cli("time-log", "--import", str(file)), cli("time-log", "--import", str(file))
    assert first.out.startswith(
        "4 weeks read: 4 added.\nweek of 26 Oct 2026: 38 h operational, 5 h tactical, 1 h strategic"
    )
    assert second.out.startswith("4 weeks read: 0 added; 4 logged already and left as they are.")
    # 155 of 176.5 hours, 18.5 and 3
    assert first.out.rstrip().endswith(
        "Of the latest 4 weeks: 88 % operational, 10 % tactical and 2 % strategic; 70 / 20 / 10 is the usual aim."
    )


def test_hours_are_added_and_shown_as_json(cli: CommandLine) -> None:
    entries = ("--add", "2026-11-16:operational:30", "--add", "2026-11-20:strategic:4,5")
    found = cli("time-log", *entries, "--json").document
    assert found["weeks"] == [{"week": "2026-11-16", "operational": 30, "tactical": 0, "strategic": 4.5}]
    assert found["latest_weeks"] == 1
    assert found["latest_shares"]["strategic"] == pytest.approx(4.5 / 34.5)
    again = cli("time-log", "--add", "2026-11-16:strategic:1").sentence
    assert again.startswith("The week of 16 Nov 2026 already has 4.5 hours of strategic work")


def test_a_week_is_removed(cli: CommandLine, file: Path) -> None:
    cli("time-log", "--import", str(file))
    assert cli("time-log", "--remove", "2026-W47").out.startswith("Removed: the week of 16 Nov 2026.")
    assert cli("time-log", "--remove", "2026-11-20").out.startswith("The week of 16 Nov 2026 is not logged.")
    assert len(cli("time-log", "--json").document["weeks"]) == 3


def test_an_empty_log_says_what_to_do(cli: CommandLine) -> None:
    assert cli("time-log").out.startswith("No week is logged yet: add one with --add")
    assert cli("time-log", "--json").document == {"weeks": [], "latest_weeks": 0, "latest_shares": None}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--add", "x"), "'x' is no logged time: write WEEK:CLASS:HOURS, such as 2026-11-16:strategic:4.5."),
        (("--add", "2026-11-16:strategic:-1"), "is no logged time"),
        (("--add", "2026-11-16:fun:1"), "The class of work cannot be 'fun': use one of operational, tactical"),
        (("--remove", "monday"), "The week cannot be read from 'monday': write it as 2026-11-16 or 2026-W47."),
        (("--import", "nowhere.csv"), "nowhere.csv"),
        (("--import", "a.csv", "--add", "2026-11-16:strategic:1"), "not allowed with argument"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(cli: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    assert said in cli("time-log", *arguments).sentence
    assert cli("time-log", "--json").document["weeks"] == []


def test_a_wrong_file_changes_nothing(cli: CommandLine, file: Path) -> None:
    file.write_text(file.read_text() + "tomorrow,1,1,1\n")
    assert "line 6 has 'tomorrow' as its week" in cli("time-log", "--import", str(file)).sentence
    assert cli("time-log", "--json").document["weeks"] == []
