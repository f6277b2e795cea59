"""`scenario`: the contract of the command line, on a small desk."""

from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.forecast.scenario_desk import what_if_tickets
from tests.warehouse_of import snapshot_of

MAIL = ("--inflow", "category=Mail:-25%")


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder: Path = tmp_path_factory.mktemp("warehouse")
    snapshot_of(what_if_tickets(), folder)
    return CommandLine(folder)


def test_without_a_change_it_is_the_present_course(cli: CommandLine) -> None:
    document = cli("scenario", "--json").document
    assert document["changes"] == []
    assert document["forecast"] == document["present"]
    assert document["forecast"] == cli("scenario", "--inflow", "category=Nothing:-50%", "--json").document["forecast"]
    assert {mark["difference"] for mark in document["marks"]} == {0}
    assert [mark["day"] for mark in document["marks"]] == ["2026-06-09", "2026-08-09"]


def test_the_document_holds_changes_marks_and_both_courses(cli: CommandLine) -> None:
    arguments = (
        *MAIL,
        "--people",
        "Net: +1:+2*4@2026-06-01",
        "--freeze",
        "2026-07-06..2026-07-12",
        "--automate",
        "30%",
    )
    document = cli("scenario", *arguments, "--horizon", "13", "--json").document
    # More than 1 is reckoned as 1.
    assert document["elasticity_measured"] > 1 == document["elasticity"]
    assert [change["kind"] for change in document["changes"]] == ["inflow", "people", "freeze", "automation"]
    assert document["changes"][1] == {
        "kind": "people", "group": "Net: +1", "people": 2, "start": "2026-06-01", "tickets_each": 4,
    }  # fmt: skip
    assert len(document["reading"]) == 4
    assert document["not_counted"] == []
    assert document["hypothesis"].startswith("A hypothesis from articles, not measured here")
    rows = {(row["period"], row["series"]): row for row in document["forecast"]}
    assert len(rows) == 3 * 13
    assert rows["2026-07-06", "outflow"]["mean"] == pytest.approx(0, abs=0.5)
    assert set(document["marks"][0]) == {
        "day", "present", "expected", "lo80", "hi80", "difference", "difference_lo80", "difference_hi80", "under_today",
    }  # fmt: skip
    assert {"definition", "as_of", "filters", "tickets_used", "sql", "parameters", "today"} <= set(document)


def test_it_looks_as_far_ahead_as_the_changes_call_for(cli: CommandLine) -> None:
    document = cli("scenario", "--freeze", "2026-12-21..2027-01-03", "--json").document
    # Known until 10 May 2026; the freeze ends 34 weeks later, and six weeks more are within 52.
    assert len([row for row in document["forecast"] if row["series"] == "backlog"]) == 52
    assert [mark["day"] for mark in document["marks"]] == ["2026-06-09", "2027-01-03", "2027-05-09"]
    assert document["marks"][1]["difference"] > 0
    assert "The model is tested until 9 Aug 2026 only" in document["sentence"]
    beyond = cli("scenario", *MAIL, "--freeze", "2026-12-21..2027-01-03", "--horizon", "13", "--json").document
    assert beyond["not_counted"] == [
        "Freeze from 21 Dec 2026 to 3 Jan 2027: no closures: it begins after 9 Aug 2026, the last day looked at."
    ]
    assert "Not counted: 1 of 2 changes." in beyond["sentence"]


def test_the_same_number_by_two_routes(cli: CommandLine) -> None:
    """Of the tickets of one category alone, the whole inflow is what changes."""
    changed = ("--inflow", "category=Reports:-25%", "--where", "category=Reports")
    document = cli("scenario", *changed, "--json").document
    inflow = [row["mean"] for row in document["forecast"] if row["series"] == "inflow"]
    present = [row["mean"] for row in document["present"] if row["series"] == "inflow"]
    assert inflow == pytest.approx([0.75 * mean for mean in present], rel=0.01)
    assert "100.0 % of all" in document["reading"][0]


def test_what_is_kept_can_be_used_listed_replaced_and_deleted(cli: CommandLine) -> None:
    name = "![x](http://127.0.0.1:9/x.png) \x1b[31m"
    saved = cli("scenario", *MAIL, "--save", name, "--json").document
    assert "is kept already: add --replace" in cli("scenario", "--automate", "--save", name).sentence
    used = cli("scenario", "--use", name, "--json").document
    assert (used["changes"], used["marks"]) == (saved["changes"], saved["marks"])
    more = cli("scenario", "--use", name, "--automate", "--json").document
    assert [change["kind"] for change in more["changes"]] == ["inflow", "automation"]
    cli("scenario", "--automate", "--save", name, "--replace")
    (listed,) = cli("scenario", "--list", "--json").document["scenarios"]
    assert (listed["name"], [change["kind"] for change in listed["changes"]]) == (name, ["automation"])
    assert "\x1b" not in cli("scenario", "--list").out
    assert cli("scenario", "--delete", name, "--json").document == {"scenarios": []}
    assert cli("scenario", "--list").out.strip() == "No scenario is kept."


def test_for_a_person_it_is_sentences(cli: CommandLine) -> None:
    out = cli("scenario", *MAIL, "--people", "Nobody:+1").out
    assert out.startswith("With these changes the backlog is about ")
    assert "At the present pace the backlog goes from" in out
    assert "came in the last 13 weeks" in out
    assert "not counted: 'Nobody' gains 1 person from now on: who ended the tickets is not recorded" in out


def test_a_refusal_is_a_result(cli: CommandLine) -> None:
    document = cli("scenario", *MAIL, "--to", "2025-02-01", "--json").document
    assert document["refused"] == document["sentence"]
    assert document["refused"].startswith("No forecast: ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--inflow", "category:Mail"), "'category:Mail' is not a change of inflow: write it as"),
        (("--people", "Desk"), "'Desk' is not a change of people: write it as Service Desk:+2@2026-07-01."),
        (("--freeze", "christmas"), "'christmas' is not a change of freeze: write it as"),
        (("--automate", "all"), "'all' is not a change of automation: write it as 50%@2026-07-01."),
        (("--elasticity", "nan", *MAIL), "--elasticity is not a number from 0 to 1: leave it out for the desk's own."),
        (("--horizon", "0", *MAIL), "--horizon is not a number of weeks from 1 to 52: leave it out for 13 or more."),
        (("--save", "x"), "There is no change to keep: add --inflow, --people, --freeze or --automate."),
        (("--use", "x"), "There is no scenario 'x'. Known: none is kept yet."),
        (("--delete", "x"), "There is no scenario 'x'. Known: none is kept yet."),
        ((*MAIL, "--save", " "), "The name of a scenario is empty: write 1 to 60 characters of plain text."),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine, arguments: tuple[str, ...], sentence: str) -> None:
    assert cli("scenario", *arguments, "--json").sentence.startswith(sentence)
