"""`kpi NAME`: the contract of the command line, on a small desk."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.kpi import Kpi
from analytics.kpis import KPIS
from analytics.period import Grain
from analytics.warehouse.schema import DIMENSIONS, TICKETS
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

DESK = """
ticket | status   | priority | category      | assignee | opened           | resolved         | reopen_count
A      | resolved | 1        | network       | Ada      | 2026-01-31 12:00 | 2026-02-01 12:00 | 0
B      | resolved | 2        | network       | Ada      | 2026-02-10 12:00 | 2026-02-10 13:00 | 1
C      | resolved | 2        | it's "odd", ü | Bob      | 2026-02-28 12:00 | 2026-03-01 12:00 | 0
D      | new      |          |               | Bob      | 2026-04-02 12:00 |                  |
"""


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    folder = tmp_path_factory.mktemp("warehouse")
    snapshot_of(tickets_in(DESK), folder)
    return CommandLine(folder)


def test_the_document_holds_what_the_contract_names(cli: CommandLine) -> None:
    document = cli.kpi("mttr").document
    assert {
        "kpi", "title", "unit", "definition", "as_of", "filters", "rows", "tickets_used", "tickets_excluded", "sql",
        "parameters",
    } <= set(document)  # fmt: skip
    assert document["kpi"] == "mttr"
    assert document["unit"] == "hours"
    assert document["as_of"] == "2026-04-02T12:00:00"
    (row,) = document["rows"]
    assert row == {"value": pytest.approx((24 + 1 + 24) / 3), "numerator": 49, "denominator": 3, "too_few": True}
    assert (document["tickets_used"], document["tickets_excluded"]) == (3, 1)
    assert document["excluded"] == [{"reason": "still open", "tickets": 1}]


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
def test_every_kpi_answers_plain_split_and_by_month(cli: CommandLine, kpi: Kpi) -> None:
    name = kpi.name
    for options in ([], ["--by", "category"], ["--grain", "month"], ["--by", "priority", "--grain", "week"]):
        document = cli.kpi(name, *options).document
        assert document["unit"] in ("hours", "ratio", "tickets")
        for row in document["rows"]:
            assert {"value", "numerator", "denominator"} <= set(row)
            assert (row["value"] is None) == ("reason" in row)
            assert document["unit"] != "ratio" or row["value"] is None or 0 <= row["value"] <= 1


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.name)
def test_without_json_it_is_text_for_a_person(cli: CommandLine, kpi: Kpi) -> None:
    answer = cli("kpi", kpi.name, "--by", "category")
    assert answer.code == 0
    assert answer.err == ""
    assert kpi.title in answer.out
    assert "excluded" in answer.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.out)


def test_the_period_is_the_iso_date_on_which_it_starts(cli: CommandLine) -> None:
    rows = cli.kpi("volume", "--grain", "month").document["rows"]
    assert [(row["period"], row["value"]) for row in rows] == [
        ("2026-01-01", 1), ("2026-02-01", 2), ("2026-03-01", 0), ("2026-04-01", 1),
    ]  # fmt: skip
    assert rows[-1]["unfinished"] is True
    weeks = [row["period"] for row in cli.kpi("volume", "--grain", "week").document["rows"]]
    assert all(date.fromisoformat(week).weekday() == 0 for week in weeks)


def test_the_backlog_is_the_level_at_the_end_of_its_period(cli: CommandLine) -> None:
    rows = cli.kpi("backlog", "--grain", "month").document["rows"]
    assert [row["value"] for row in rows] == [1, 1, 0, 1]


def test_to_is_exclusive_and_from_is_not(cli: CommandLine) -> None:
    assert cli.kpi("volume", "--from", "2026-01-31", "--to", "2026-02-28").value == 2
    assert cli.kpi("volume", "--from", "2026-01-31", "--to", "2026-03-01").value == 3
    assert cli.kpi("volume", "--from", "2026-02-01", "--to", "2026-03-01").value == 2


def test_priorities_are_integers_and_what_is_not_recorded_is_null(cli: CommandLine) -> None:
    rows = cli.kpi("volume", "--by", "priority").document["rows"]
    found = {row["priority"]: row["value"] for row in rows}
    assert found == {1: 1, 2: 2, None: 1}
    assert {type(name) for name in found} == {int, type(None)}
    assert cli.kpi("volume", "--where", "priority=2").value == 2
    assert cli.kpi("volume", "--where", "priority=").value == 1
    assert cli.kpi("volume", "--where", "priority=1", "--where", "priority=not recorded").value == 2


def test_filters_combine_and_are_said_in_a_sentence(cli: CommandLine) -> None:
    answer = cli.kpi("volume", "--where", "category=network", "--where", "priority=2", "--from", "2026-02-01")
    assert answer.value == 1
    document = answer.document
    assert document["filters"] == "tickets opened since 2026-02-01 where category is network and priority is 2"
    assert document["parameters"] == {"from_date": "2026-02-01", "category_0": "network", "priority_0": 2}
    assert all(f":{name}" in document["sql"] for name in document["parameters"])


def test_odd_values_are_plain_values(cli: CommandLine) -> None:
    odd = 'it\'s "odd", ü'
    assert cli.kpi("volume", "--where", f"category={odd}").value == 1
    assert odd in [row["category"] for row in cli.kpi("volume", "--by", "category").document["rows"]]
    assert cli.kpi("volume", "--where", "category=a=b").value == 0


def test_a_value_that_cannot_be_told_is_null_with_a_reason(cli: CommandLine) -> None:
    (row,) = cli.kpi("mttr", "--from", "2030-01-01").document["rows"]
    assert row == {"value": None, "numerator": None, "denominator": 0, "reason": "no tickets to measure"}
    rows = cli.kpi("mttr", "--grain", "day", "--from", "2026-02-01", "--to", "2026-02-11").document["rows"]
    assert len(rows) == 10
    assert [row.get("reason") for row in rows[1:-1]] == ["no tickets to measure"] * 8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["mtr"], "Did you mean 'mttr'?"),
        (["backlogs"], "Did you mean 'backlog'?"),
        (["SLA-adherence"], "Did you mean 'sla_adherence'?"),
        (["zzzz"], "Known: mttr"),
        (["mttr", "--by", "prioritty"], "Did you mean 'priority'?"),
        (["mttr", "--by", "group"], "'group'"),
        (["mttr", "--where", "categry=network"], "Did you mean 'category'?"),
        (["mttr", "--grain", "months"], "Did you mean 'month'?"),
        (["mttr", "--grain", "decade"], "Known: day, week, month, quarter, year"),
        (["mttr", "--from", "31/12/2026"], "2026-03-31"),
        (["mttr", "--to", "2026-02-30"], "2026-03-31"),
        (["mttr", "--from", "yesterday"], "--from"),
        (["mttr", "--from", "2026-03-01", "--to", "2026-03-01"], "exclusive"),
        (["mttr", "--from", "2026-03-02", "--to", "2026-03-01"], "exclusive"),
        (["mttr", "--where", "priority"], "DIMENSION=VALUE"),
        (["mttr", "--where", "priority=high"], "'high' is not a priority"),
        (["mttr", "--where", "priority=12"], "'12' is not a priority"),
        (["mttr", "--by", "category", "--by", "category"], "twice"),
        (["mttr", "--by", "assignee"], "does not compare people"),
        (["mttr", "--where", "requester=Ada"], "does not compare people"),
        (["mttr", "--by", "opened_at"], "dimension"),
        (["mttr", "--by", "1; DROP TABLE tickets"], "dimension"),
        (["mttr", "--colour", "red"], "--help"),
        ([], "--help"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine, arguments: list[str], words: str) -> None:
    assert words in cli("kpi", *arguments).sentence
    assert words in cli("kpi", *arguments, "--json").sentence


def test_every_dimension_and_no_person_can_be_split_by(cli: CommandLine) -> None:
    for name in DIMENSIONS:
        assert cli.kpi("volume", "--by", name).code == 0
    for name in (column.name for column in TICKETS if not column.dimension):
        assert cli.kpi("volume", "--by", name).sentence


_known = [*DIMENSIONS, *(kpi.name for kpi in KPIS), *(grain.value for grain in Grain), "--json", "--by", "-x", "%s"]
_texts = st.one_of(st.text(max_size=12), st.sampled_from(_known), st.dates().map(str))
_flags = st.sampled_from(["--by", "--grain", "--from", "--to", "--where", "--wher"])
_options = st.lists(st.tuples(_flags, _texts), max_size=4)


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.one_of(st.sampled_from([kpi.name for kpi in KPIS]), _texts), _options)
def test_whatever_is_written_there_is_an_answer_or_a_sentence(
    cli: CommandLine, name: str, options: list[tuple[str, str]]
) -> None:
    answer = cli("kpi", name, *(word for option in options for word in option), "--json")
    if answer.code == 0:
        assert answer.document["kpi"] == name
    else:
        assert len(answer.sentence) > 10


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.sampled_from([name for name in DIMENSIONS if name != "priority"]), st.text(max_size=20))
def test_any_text_is_a_value_to_filter_by(cli: CommandLine, dimension: str, text: str) -> None:
    document = cli.kpi("volume", "--where", f"{dimension}={text}").document
    assert text.strip() in (*document["parameters"].values(), "", "not recorded")


def test_a_folder_with_nothing_in_it_says_what_to_do(tmp_path: Path) -> None:
    assert "python -m analytics import FILE" in CommandLine(tmp_path / "nowhere")("kpi", "mttr").sentence
    assert not (tmp_path / "nowhere").exists(), "asking creates nothing"
