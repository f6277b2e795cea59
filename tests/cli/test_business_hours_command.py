"""business-hours: shows the calendar, or counts the business hours anew by another one."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

DESK = """
ticket | status   | opened           | resolved
A      | resolved | 2026-03-06 17:00 | 2026-03-09 09:00
B      | resolved | 2026-03-16 08:00 | 2026-03-18 08:00
"""
SHIPPED = {"days": "mon-fri", "hours": "08:00-18:00", "country": None, "subdivision": None, "closed": []}


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    made = CommandLine(tmp_path / "warehouse")
    snapshot_of(tickets_in(DESK), made.folder)
    return made


def test_without_options_it_shows_the_calendar_and_changes_nothing(cli: CommandLine) -> None:
    assert cli("business-hours", "--json").document == SHIPPED
    assert cli("business-hours").out == "Business hours: Monday to Friday, 08:00 to 18:00, no public holidays.\n"
    assert cli("undo", "--json").document["current"] is None  # there was one snapshot, and no other


def test_what_is_named_changes_and_the_rest_stays(cli: CommandLine) -> None:
    assert cli.kpi("mttr_business").value == ((1 + 1) + (10 + 10)) / 2
    answer = cli("business-hours", "--country", "ie", "--closed", "2026-03-16", "--json")
    assert answer.document == SHIPPED | {"country": "IE", "closed": ["2026-03-16"]}
    assert answer.err.splitlines()  # progress
    # The 16th is closed, the 17th is Saint Patrick's Day.
    assert cli.kpi("mttr_business").value == ((1 + 1) + 0) / 2
    changed = cli("business-hours", "--hours", "09:00-17:00", "--closed", "none", "--json").document
    assert changed == SHIPPED | {"country": "IE", "hours": "09:00-17:00"}
    assert cli.kpi("mttr_business").value == ((0 + 0) + 8) / 2


def test_undo_brings_the_calendar_back(cli: CommandLine) -> None:
    assert cli("business-hours", "--days", "mon-sun").code == 0
    assert cli("business-hours", "--json").document["days"] == "mon-sun"
    assert cli("undo").code == 0
    assert cli("business-hours", "--json").document == SHIPPED


def test_with_nothing_loaded_it_shows_the_calendar_of_a_new_database_and_cannot_change_it(tmp_path: Path) -> None:
    empty = CommandLine(tmp_path / "nothing")
    assert empty("business-hours", "--json").document == SHIPPED
    assert "no tickets" in empty("business-hours", "--days", "mon-sat").sentence


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--country", "Itlay"], "There is no country 'Itlay'. Did you mean 'italy'?"),
        (["--hours", "18:00-08:00"], "end before they start"),
        (["--days", "mon-fir"], "There is no weekday 'fir'"),
        (["--closed", "24/12"], "'24/12' for --closed is not a date"),
        (["--subdivision", "ENG"], "subdivision of no country"),
    ],
)
def test_a_mistake_is_one_sentence_and_changes_nothing(cli: CommandLine, options: list[str], says: str) -> None:
    assert says in cli("business-hours", *options).sentence
    assert cli("business-hours", "--json").document == SHIPPED
