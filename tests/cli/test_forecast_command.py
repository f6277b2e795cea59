"""`forecast`: the contract of the command line, on a desk of a hundred weeks and on a file of one's own."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from analytics.forecast.expectation import SERIES
from analytics.forecast.fan import BANDS
from tests.cli.command_line import CommandLine
from tests.forecast.odd_desks import stream
from tests.warehouse_of import snapshot_of

CONTRACT = {"as_of", "history", "forecast", "model", "backtest"}
BASIS = {
    "definition", "filters", "tickets_used", "tickets_excluded", "excluded", "caveats", "sql", "parameters",
}  # fmt: skip
BESIDE = {"sentence", "known_until", "notes", "marks", "withheld", "grain"}
BACKTEST = {"relative_error", "mase", "coverage80", "coverage95", "origins", "series", "by_series", "horizon"}


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("warehouse")
    small = [
        found | {"site": f"S{place % 60}"} for place, found in enumerate(stream(100, 6, seed=2, category="printer"))
    ]
    snapshot_of([*stream(100, category="network"), *small], folder)
    return CommandLine(folder)


@pytest.fixture(scope="module")
def weekly(cli: CommandLine) -> dict[str, Any]:
    return cli("forecast", "--json").document


def _own(tmp_path: Path, text: str) -> str:
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_document_holds_what_the_contract_names(weekly: dict[str, Any]) -> None:
    assert set(weekly) == CONTRACT | BASIS | BESIDE
    assert weekly["as_of"].startswith("2023-12-03")
    assert weekly["known_until"] == "2023-12-03"
    assert set(weekly["history"][0]) == {"period", *SERIES}
    first = weekly["forecast"][0]
    assert set(first) == {"period", "series", "mean", *BANDS}
    assert first["period"] == "2023-12-04"
    assert {row["series"] for row in weekly["forecast"]} | set(weekly["withheld"]) == set(SERIES)


def test_the_history_is_the_backlog_s_account(weekly: dict[str, Any]) -> None:
    before, *rows = weekly["history"]
    for row in rows:
        assert before["backlog"] + row["inflow"] - row["outflow"] == row["backlog"]
        assert (date.fromisoformat(row["period"]) - date.fromisoformat(before["period"])).days == 7
        before = row


def test_the_backtest_is_the_backlog_s_or_says_whose_it_is(weekly: dict[str, Any]) -> None:
    tested = weekly["backtest"]
    assert set(tested) >= BACKTEST
    assert set(tested["by_series"]) == set(SERIES)
    assert tested["series"] == ("backlog" if "backlog" not in weekly["withheld"] else weekly["forecast"][0]["series"])
    same = tested["by_series"][tested["series"]]
    assert all(same[name] == tested[name] for name in BACKTEST - {"series", "by_series"})
    steps = same["by_horizon"]
    assert [row["step"] for row in steps] == list(range(1, 14))
    assert steps[-1]["relative_error"] == pytest.approx(tested["relative_error"])
    assert tested["coverage80"] == pytest.approx(sum(row["coverage80"] for row in steps) / len(steps), abs=1e-5)
    assert tested["origins"] >= 4


@pytest.mark.parametrize(("grain", "weeks", "periods"), [("week", "4", 4), ("week", "52", 52), ("day", "2", 14)])
def test_the_horizon_is_in_weeks(cli: CommandLine, grain: str, weeks: str, periods: int) -> None:
    document = cli("forecast", "--grain", grain, "--horizon", weeks, "--json").document
    assert len({row["period"] for row in document["forecast"]}) == periods
    assert document["grain"] == grain


def test_without_a_horizon_it_is_13_weeks_or_28_days(cli: CommandLine, weekly: dict[str, Any]) -> None:
    assert len({row["period"] for row in weekly["forecast"]}) == 13
    daily = cli("forecast", "--grain", "day", "--json").document
    assert len({row["period"] for row in daily["forecast"]}) == 28


def test_beyond_26_weeks_by_day_it_says_where_it_ends(cli: CommandLine) -> None:
    document = cli("forecast", "--grain", "day", "--horizon", "52", "--json").document
    assert len({row["period"] for row in document["forecast"]}) == 26 * 7
    assert "By day the forecast ends after 26 weeks: by week it reaches further." in document["notes"]


def test_each_value_of_a_dimension_is_a_part(cli: CommandLine, weekly: dict[str, Any]) -> None:
    document = cli("forecast", "--by", "category", "--json").document
    assert document["forecast"] == weekly["forecast"]
    assert [part["value"] for part in document["parts"]] == ["network", "printer"]
    alone = cli("forecast", "--where", "category=printer", "--json").document
    assert document["parts"][1]["forecast"] == alone["forecast"]
    assert document["parts"][1]["backtest"] == alone["backtest"]
    assert set(document["parts"][0]) >= CONTRACT | {"sentence", "known_until", "notes", "withheld", "marks"}


def test_of_many_values_the_largest_50_are_parts(cli: CommandLine) -> None:
    document = cli("forecast", "--by", "site", "--json").document
    assert len(document["parts"]) == 50
    assert document["parts"][0]["value"] is None
    # 60 sites, and the tickets without one.
    assert f"the 50 with the most tickets are shown; {61 - 50} more are not." in " ".join(document["notes"])
    assert all("refused" in part for part in document["parts"][1:])


def test_the_first_day_only_shortens_the_history(cli: CommandLine, weekly: dict[str, Any]) -> None:
    document = cli("forecast", "--from", "2023-06-05", "--json").document
    assert document["forecast"] == weekly["forecast"]
    assert document["history"] == [row for row in weekly["history"] if row["period"] >= "2023-06-05"]
    assert any("only shortens the history" in note for note in document["notes"])


def test_a_refusal_is_a_result(cli: CommandLine) -> None:
    document = cli("forecast", "--to", "2022-02-14", "--json").document
    assert document["refused"] == document["sentence"]
    assert (document["forecast"], document["backtest"]) == ([], None)
    assert set(document) == CONTRACT | BASIS | BESIDE | {"refused"}


def test_for_a_person_it_is_text(cli: CommandLine, weekly: dict[str, Any]) -> None:
    answer = cli("forecast", "--by", "category")
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == weekly["sentence"]
    assert [line[:18] for line in lines if line.startswith("week of")] == [
        f"week of {day}" for day in ("2023-12-04", "2023-12-11", "2023-12-25", "2024-01-22", "2024-02-26")
    ]
    assert "past origins up to 13 weeks ahead: error" in answer.out
    assert [line.partition(":")[0] for line in lines if line.startswith(("network:", "printer:"))] == [
        "network",
        "printer",
    ]
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.out)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--horizon", "0"], "from 1 to 52"),
        (["--horizon", "53"], "from 1 to 52"),
        (["--horizon", "-1"], "from 1 to 52"),
        (["--horizon", "4.5"], "from 1 to 52"),
        (["--horizon", "9" * 5_000], "from 1 to 52"),
        (["--horizon", "²"], "from 1 to 52"),
        (["--horizon", "soon"], "from 1 to 52"),
        (["--horizon="], "from 1 to 52"),
        (["--grain", "month"], "grain of a forecast"),
        (["--grain", "weeks"], "Did you mean 'week'?"),
        (["--by", "prioritty"], "Did you mean 'priority'?"),
        (["--by", "assignee"], "people"),
        (["--where", "category"], "DIMENSION=VALUE"),
        (["--to", "tomorrow"], "is not a date"),
        (["--series", "none.csv"], "none.csv does not exist"),
        (["--series", ""], "is a folder"),
        (["--series", "none.csv", "--by", "category"], "--by chooses tickets"),
        (["--series", "none.csv", "--to", "2026-01-01"], "--to chooses tickets"),
    ],
)
def test_what_cannot_be_asked_is_said_in_a_sentence(cli: CommandLine, arguments: list[str], words: str) -> None:
    assert words in cli("forecast", *arguments).sentence


def test_without_data_it_says_so(tmp_path: Path) -> None:
    assert "no tickets" in CommandLine(tmp_path)("forecast").sentence


def _weeks(count: int) -> str:
    rows = [f"2024-W{week:02d};{20 + week * 7 % 11},5" for week in range(1, count + 1)]
    return "\n".join(["week;hours", *rows])


def test_a_series_of_one_s_own_needs_no_database(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path / "nothing")
    document = cli("forecast", "--series", _own(tmp_path, _weeks(52)), "--horizon", "4", "--json").document
    assert set(document) >= CONTRACT | BESIDE
    assert document["history"][0] == {"period": "2024-01-01", "value": 20 + 7 + 0.5}
    assert [row["series"] for row in document["forecast"]] == ["value"] * 4
    assert [row["period"] for row in document["forecast"]] == ["2024-12-30", "2025-01-06", "2025-01-13", "2025-01-20"]
    assert set(document["forecast"][0]) == {"period", "series", "mean", *BANDS}
    assert set(document["backtest"]["by_series"]) == {"value"}
    assert (document["as_of"], document["grain"], document["file"]) == ("2024-12-29", "week", "own.csv")
    assert not (tmp_path / "nothing").exists()


def test_a_series_at_a_terminal(tmp_path: Path) -> None:
    text = CommandLine(tmp_path)("forecast", "--series", _own(tmp_path, _weeks(52))).out
    assert text.startswith("The week of 24 Mar 2025 is expected to bring about 2")
    assert "The last week is taken to be whole." in text


def test_a_series_too_short_is_refused_and_a_broken_one_named(tmp_path: Path) -> None:
    cli = CommandLine(tmp_path)
    document = cli("forecast", "--series", _own(tmp_path, _weeks(5)), "--json").document
    assert "it takes 13 weeks in a row with a value, and there are 5" in document["refused"]
    assert (document["forecast"], document["backtest"]) == ([], None)
    broken = cli("forecast", "--series", _own(tmp_path, _weeks(5) + "\n2024-W06;much"), "--json").sentence
    assert broken.startswith("own.csv, line 7: 'much' is no number")
    other = cli("forecast", "--series", _own(tmp_path, _weeks(20)), "--grain", "day").sentence
    assert "holds weeks, not days" in other
