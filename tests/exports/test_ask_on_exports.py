"""Questions in words on public exports of real desks: the numbers are those of `kpi`, asked in its own words."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.command_line import CommandLine
from tests.exports.test_real_exports import EXPORTS, FILES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not EXPORTS.is_dir(), reason="the real exports are not beside this checkout (shared/exports)"),
]
Loaded = Callable[[str], CommandLine]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    done: dict[str, CommandLine] = {}

    def load(name: str) -> CommandLine:
        if name not in done:
            done[name] = CommandLine(tmp_path_factory.mktemp("warehouse"))
            assert done[name]("import", str(EXPORTS / FILES[name])).code == 0
        return done[name]

    return load


APRIL = ("--from", "2016-04-01", "--to", "2016-05-01")
SAME: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("uci", "mttr in April 2016", ("mttr", *APRIL)),
    ("uci", "how many tickets were opened in April 2016", ("volume", *APRIL)),
    ("uci", "backlog at the end of April 2016", ("backlog", "--to", "2016-05-01")),
    ("uci", "sla adherence by priority in April 2016", ("sla_adherence", "--by", "priority", *APRIL)),
    ("uci", "ticket volume by week in April 2016", ("volume", "--grain", "week", *APRIL)),
    ("uci", "mttr in April 2016 except priority 3", ("mttr", "--where", "priority!=3", *APRIL)),
    ("uci", "reopen rate by month", ("reopen_rate", "--grain", "month")),
    ("volvo", "median time to resolve by priority", ("median_time_to_resolve", "--by", "priority")),
    ("volvo", "how many tickets are open", ("backlog",)),
    (
        "apache",
        "tickets opened in 2018 by month",
        ("volume", "--grain", "month", "--from", "2018-01-01", "--to", "2019-01-01"),
    ),
    (
        "italian",
        "mean time to resolve by ticket type in 2012",
        ("mttr", "--by", "ticket_type", "--from", "2012-01-01", "--to", "2013-01-01"),
    ),
    ("chicago", "volume by weekday", ("volume", "--by", "opened_weekday")),
)


@pytest.mark.parametrize(("name", "asked", "arguments"), SAME, ids=[f"{name}: {asked}" for name, asked, _ in SAME])
def test_words_give_the_numbers_of_kpi(loaded: Loaded, name: str, asked: str, arguments: tuple[str, ...]) -> None:
    cli = loaded(name)
    found, expected = cli("ask", asked, "--json").document, cli.kpi(*arguments).document
    assert "refused" not in found, found
    answer = found["answer"]
    assert _keyed(answer["rows"], answer) == _keyed(expected["rows"], expected)
    same = ("kpi", "unit", "as_of", "tickets_used", "tickets_excluded", "sql", "parameters")
    assert {key: answer[key] for key in same} == {key: expected[key] for key in same}


def _keyed(rows: list[dict[str, Any]], document: dict[str, Any]) -> dict[Any, Any]:
    """The rows by period and values, whatever their order."""
    names = ["period", *document["by"]]
    return {tuple(row.get(name) for name in names): row for row in rows}


def test_a_comparison_is_two_measurements(loaded: Loaded) -> None:
    cli = loaded("uci")
    (row,) = cli("ask", "mttr in April 2016 compared with March 2016", "--json").document["answer"]["rows"]
    now = cli.kpi("mttr", *APRIL).value
    before = cli.kpi("mttr", "--from", "2016-03-01", "--to", "2016-04-01").value
    assert (row["value"], row["before"]) == (now, before)
    assert now is not None
    assert before is not None
    assert row["change"] == now - before


def test_the_best_and_the_worst_are_at_the_ends_of_the_whole_split(loaded: Loaded) -> None:
    cli = loaded("uci")
    every = [row for row in cli.kpi("mttr", "--by", "assignment_group").document["rows"] if "too_few" not in row]
    by_value = sorted((row for row in every if row["value"] is not None), key=lambda row: row["value"])
    worst = cli("ask", "top 3 groups by mttr", "--json").document["answer"]["rows"]
    best = cli("ask", "lowest 3 groups by mttr", "--json").document["answer"]["rows"]
    assert [row["value"] for row in worst] == [row["value"] for row in by_value[:-4:-1]]
    assert [row["value"] for row in best] == [row["value"] for row in by_value[:3]]


def test_why_the_backlog_grew_is_the_bridge(loaded: Loaded) -> None:
    cli = loaded("uci")
    found = cli("ask", "why did the backlog grow in April 2016", "--json").document
    bridge = cli("bridge", *APRIL, "--json").document
    rows = found["answer"]["rows"]
    assert sum(row["change"] for row in rows) == bridge["end"] - bridge["start"]
    assert sum(row["value"] for row in rows) == bridge["end"]
    assert f"from {bridge['start']:,} to {bridge['end']:,}" in found["sentence"]
