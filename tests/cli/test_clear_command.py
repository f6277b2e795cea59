"""The command clear: its document, its words at a terminal, and what it refuses."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from analytics.filters import Filters
from analytics.forecast.history import History, history
from analytics.forecast.inflow_mix import inflow_mix
from analytics.forecast.throughput import throughput
from tests.cli.command_line import CommandLine
from tests.flow.streams import tickets_of
from tests.forecast.seasonal_desk import seasonal_tickets
from tests.warehouse_of import Desk, reopened, snapshot_of

KEYS = {
    "target", "by_date", "backlog", "probability", "dates", "expected", "lo80", "hi80", "sentence", "weeks",
    "wanted_probability", "levers", "closures_per_week", "elasticity", "definition", "as_of", "filters",
    "tickets_used", "tickets_excluded", "excluded", "caveats", "sql", "parameters",
}  # fmt: skip
CATEGORIES = ("Mail", "Mail", "Mail", "Network", "Network", None)


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(seasonal_tickets(CATEGORIES), folder)
    return CommandLine(folder)


@pytest.fixture(scope="module")
def loaded(cli: CommandLine) -> Iterator[tuple[Desk, History]]:
    desk = reopened(cli.folder)
    past = history(desk.engine, Filters())
    assert past is not None
    yield desk, past
    desk.engine.close()


def test_the_document(cli: CommandLine) -> None:
    document = cli("clear", "--target", "160", "--by-date", "2025-06-01", "--json").document
    assert set(document) == KEYS
    assert (document["target"], document["by_date"], document["wanted_probability"]) == (160, "2025-06-01", 0.8)
    assert 0 <= document["probability"] <= 1
    assert set(document["dates"]) == {"p50", "p85", "p95"}
    assert document["lo80"] <= document["expected"] <= document["hi80"]
    assert len(document["weeks"]) == 52
    assert document["weeks"][0]["week_end"] == "2025-04-27"
    # The first of June is the Sunday of week 6.
    assert document["weeks"][5] == {
        "week_end": "2025-06-01", "probability": document["probability"],
        "reached": document["weeks"][5]["reached"],
    }  # fmt: skip
    assert [lever["lever"] for lever in document["levers"]] == ["fewer_arrivals", "more_closures", "faster_handling"]
    assert {"lever", "needed", "unit", "now", "sentence", "possible"} <= set(document["levers"][0])
    assert 0 <= document["elasticity"]["value"] <= 1


def test_the_dates_are_the_first_weeks_reached(cli: CommandLine) -> None:
    document = cli("clear", "--target", "160", "--json").document
    for name, share in (("p50", 0.5), ("p85", 0.85), ("p95", 0.95)):
        reached = [week["week_end"] for week in document["weeks"] if week["reached"] >= share]
        assert document["dates"][name] == (reached[0] if reached else None)
    assert document["by_date"] == document["weeks"][12]["week_end"]


def test_a_higher_probability_needs_more(cli: CommandLine) -> None:
    asked = ("clear", "--target", "140", "--by-date", "2025-06-01", "--elasticity", "1", "--json")
    half, most = (cli(*asked, "--probability", sure).document["levers"] for sure in ("0.5", "0.95"))
    for less, more in zip(half, most, strict=True):
        assert not more["possible"] or less["needed"] < more["needed"]
    assert half[0]["by"] == "category"
    assert half[0]["parts"][0]["value"] == "Mail"
    assert 0 <= half[0]["probability_without_parts"] <= 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--target", "many"], "'many' is not a number of tickets"),
        (["--target", "-3"], "A backlog cannot be -3"),
        (["--target", "30", "--by-date", "2020-01-01"], "1 Jan 2020 has passed for these records"),
        (["--target", "30", "--by-date", "2025-04-20"], "20 Apr 2025 is today for these records"),
        (["--target", "30", "--by-date", "2027-01-01"], "further ahead than the 52 weeks"),
        (["--target", "30", "--by-date", "soon"], "soon"),
        (["--target", "30", "--probability", "1"], "choose one between 0 and 1"),
        (["--target", "30", "--probability", "80"], "'80' is no number from 0 to 1"),
        (["--target", "30", "--probability", "nan"], "'nan' is no number from 0 to 1"),
        (["--target", "30", "--elasticity", "2"], "'2' is no number from 0 to 1:"),
        (["--target", "30", "--by", "assignee"], "assignee"),
        (["--target", "30", "--by", "colour"], "colour"),
        ([], "--target"),
    ],
)
def test_what_can_be_mended_is_one_sentence(cli: CommandLine, arguments: list[str], sentence: str) -> None:
    assert sentence in cli("clear", *arguments, "--json").sentence


def test_at_a_terminal_it_is_sentences(cli: CommandLine) -> None:
    lines = cli("clear", "--target", "140", "--by-date", "2025-06-01").out.splitlines()
    assert lines[0].startswith("The chance that the backlog has come down to 140 is ")
    assert " The chance that at most 140 are open on 1 Jun 2025 is " in lines[0]
    assert lines[1] == "To have at most 140 open on 1 Jun 2025 with a chance of 80 %, by one change alone:"
    assert "person" not in " ".join(lines).replace("people", "")


def test_what_cannot_be_forecast_is_a_result_with_a_reason(tmp_path: Path) -> None:
    snapshot_of(tickets_of([(3, 3)] * 6), tmp_path)
    document = CommandLine(tmp_path)("clear", "--target", "1", "--by-date", "2024-03-31", "--json").document
    assert set(document) == KEYS | {"refused"}
    assert document["refused"].startswith("No forecast: it takes 13 whole weeks")
    assert (document["probability"], document["levers"], document["dates"]["p50"]) == (None, [], None)
    assert document["sentence"] == document["refused"]


def test_people_are_counted_as_in_the_tickets(loaded: tuple[Desk, History]) -> None:
    desk, past = loaded
    frame = desk.engine.query("SELECT ended_on, assignee FROM tickets WHERE assignee IS NOT NULL", {})
    ended = frame["ended_on"].to_numpy().astype("datetime64[D]")
    rates = []
    for week in past.periods[-13:]:
        names = frame["assignee"][(ended >= week) & (ended < week + 7)]
        rates.append(len(names) / names.nunique())
    assert throughput(desk.engine, Filters(), past).per_person == pytest.approx(np.median(rates))
    assert 2 < np.median(rates) < 6


def test_few_people_are_not_told(tmp_path: Path) -> None:
    snapshot_of(tickets_of([(12, 11)] * 60, assignee="one person"), tmp_path)
    desk = reopened(tmp_path)
    past = history(desk.engine, Filters())
    assert past is not None
    assert throughput(desk.engine, Filters(), past).per_person is None
    desk.engine.close()


def test_the_mix_is_of_the_last_thirteen_weeks(loaded: tuple[Desk, History]) -> None:
    desk, past = loaded
    parts = inflow_mix(desk.engine, Filters(), past, "category")
    assert sum(part.share for part in parts) == pytest.approx(1)
    assert [part.value for part in parts] == ["Mail", "Network", None]
    assert parts[0].share == pytest.approx(3 / 6, abs=0.03)
    (mail,) = inflow_mix(desk.engine, Filters.of(where={"category": ["Mail"]}), past, "category")
    assert (mail.value, mail.share) == ("Mail", 1)
