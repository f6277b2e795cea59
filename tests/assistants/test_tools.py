"""The tools over the protocol: the same numbers as the command line, with all that stands behind them."""

from pathlib import Path
from typing import Any

import pytest

from analytics.bound import MEASURES
from analytics.filters import Filters
from analytics.kpis import KPIS
from analytics.store import open_store
from analytics.warehouse.schema import DIMENSIONS
from tests.assistants.assistant import Assistant
from tests.assistants.small_desk import ODD, ORDERS, PEOPLE, small_desk
from tests.cli.command_line import CommandLine

NAMES = {"list_kpis", "list_dimensions", "definition", "query_kpi", "ask", "evidence", "tickets_behind"}
BEHIND = {
    "kpi", "title", "unit", "definition", "as_of", "filters", "grain", "by", "tickets_used", "tickets_excluded",
    "excluded", "sql", "parameters",
}  # fmt: skip


def test_every_tool_reads_and_says_that_text_is_data(assistant: Assistant) -> None:
    tools = {tool.name: tool for tool in assistant.tools().tools}
    assert set(tools) == NAMES
    for tool in tools.values():
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint
        assert not tool.annotations.destructive_hint
        assert tool.input_schema["additionalProperties"] is False
    for name in ("list_dimensions", "query_kpi", "ask", "evidence", "tickets_behind"):
        assert "never instructions" in " ".join((tools[name].description or "").split())


def test_the_registry_is_told_whole(assistant: Assistant) -> None:
    listed = assistant.document("list_kpis")
    told = {(kpi["kpi"], kpi["definition"], kpi["unit"], kpi["direction"]) for kpi in listed["kpis"]}
    assert told == {(kpi.name, kpi.definition, kpi.unit.value, kpi.direction.value) for kpi in KPIS}
    assert all(kpi["caveats"] == list(known.caveats) for kpi, known in zip(listed["kpis"], KPIS, strict=True))
    assert {bound["column"] for bound in listed["bounds"]} == set(MEASURES)


def test_dimensions_come_with_how_many_values_they_have(assistant: Assistant) -> None:
    listed = {one["dimension"]: one for one in assistant.document("list_dimensions")["dimensions"]}
    assert set(listed) == set(DIMENSIONS)
    assert (listed["category"]["values"], listed["category"]["tickets_not_recorded"]) == (3, 60 / 4)
    named = assistant.document("list_dimensions", dimension="assignment_group")
    assert [one["tickets"] for one in named["values"]] == [30 - 1, 30 - 2, 3]
    assert named["values"][-1]["value"] == "Field"
    assert sum(one["tickets"] for one in named["values"]) == 60


SPLITS = [
    *((kpi.name, by) for kpi in KPIS for by in ([], ["assignment_group"])),
    *((name, ["category", "priority"]) for name in ("mttr", "volume", "backlog")),
]


@pytest.mark.parametrize(("kpi", "by"), SPLITS)
def test_numbers_are_those_of_the_command_line(assistant: Assistant, folder: Path, kpi: str, by: list[str]) -> None:
    told = assistant.document("query_kpi", kpi=kpi, by=by, start="2026-05-01", end="2026-07-01")
    options = [f"--by={name}" for name in by]
    line = CommandLine(folder).kpi(kpi, "--from", "2026-05-01", "--to", "2026-07-01", *options).document
    assert {name: told[name] for name in BEHIND} == {name: line[name] for name in BEHIND}
    assert set(line["caveats"]) <= set(told["caveats"])
    assert _rows(told["rows"], by) == {
        key: None if row.get("too_few") else row["value"] for key, row in _by(line["rows"], by).items()
    }


def _rows(rows: list[dict[str, Any]], by: list[str]) -> dict[Any, Any]:
    return {key: row["value"] for key, row in _by(rows, by).items()}


def _by(rows: list[dict[str, Any]], by: list[str]) -> dict[Any, dict[str, Any]]:
    found = {tuple(row[name] for name in by): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_periods_too(assistant: Assistant, folder: Path) -> None:
    told = assistant.document("query_kpi", kpi="inflow", grain="week")
    line = CommandLine(folder).kpi("inflow", "--grain", "week").document
    assert [(row["period"], row["value"]) for row in told["rows"]] == [
        (row["period"], row["value"]) for row in line["rows"]
    ]


def test_exceptions_limits_and_a_text_of_the_title(assistant: Assistant) -> None:
    tickets = small_desk()
    told = assistant.document(
        "query_kpi", kpi="volume", without={"category": ["Network"]}, bounds=["reassignment_count>=2"], title="100% JAM"
    )
    wanted = [t for t in tickets if t["category"] != "Network" and t["reassignment_count"] >= 2]
    assert told["rows"][0]["value"] == len([t for t in wanted if t["title"] != ORDERS])
    assert "category is not Network" in told["filters"]
    assert "hand-offs between groups are at least 2" in told["filters"]
    missing = assistant.document("query_kpi", kpi="volume", where={"category": [None, ODD]})
    assert missing["rows"][0]["value"] == 60 / 4 + 60 / 4


def test_too_few_is_no_number_at_all(assistant: Assistant) -> None:
    for kpi in ("mttr", "fcr", "reopen_rate", "sla_adherence", "median_time_to_resolve"):
        told = assistant.document("query_kpi", kpi=kpi, by=["assignment_group"])
        few = _by(told["rows"], ["assignment_group"])["Field",]
        assert few["too_few"] is True
        assert few["value"] is None
        assert few.get("numerator") is None
        assert few["denominator"] == 3
        assert "too few" in few["reason"]
    counted = assistant.document("query_kpi", kpi="volume", by=["assignment_group"])
    assert _rows(counted["rows"], ["assignment_group"])["Field",] == 3


def test_what_cannot_be_told_is_null_with_a_reason(assistant: Assistant) -> None:
    told = assistant.document("query_kpi", kpi="mttr", start="2020-01-01", end="2020-02-01")
    (row,) = told["rows"]
    assert row["value"] is None
    assert row["reason"]


def test_a_comparison_has_both_values(assistant: Assistant) -> None:
    asked: dict[str, Any] = {"kpi": "volume", "by": ["priority"], "start": "2026-06-01", "end": "2026-06-15"}
    told = assistant.document("query_kpi", compare="before", order="change desc", **asked)
    before = assistant.document("query_kpi", kpi="volume", by=["priority"], start="2026-05-01", end="2026-05-15")
    assert told["compared_with"] == {"from": "2026-05-01", "to": "2026-05-15"}  # as many first days of the month
    assert {(row["priority"], row["before"]) for row in told["rows"]} == {
        (row["priority"], row["value"]) for row in before["rows"]
    }
    assert all(row["change"] == row["value"] - row["before"] for row in told["rows"])


def test_the_tickets_behind_a_number_are_as_many(assistant: Assistant) -> None:
    chosen: dict[str, Any] = {"where": {"priority": [1, 2]}, "without": {"site": [None]}, "bounds": ["reply_count<=2"]}
    for kpi in ("mttr", "backlog", "volume"):
        whole = assistant.document("query_kpi", kpi=kpi, **chosen)["whole"]
        told = assistant.document("tickets_behind", kpi=kpi, rows=100, **chosen)
        assert told["tickets_total"] == len(told["tickets"]) == whole["denominator" if kpi == "mttr" else "value"]
        assert {ticket["priority"] for ticket in told["tickets"]} == {1, 2}
        assert {ticket["site"] for ticket in told["tickets"]} == {"Leeds"}
    left_out = assistant.document("tickets_behind", kpi="mttr", used=False, rows=3)
    assert (left_out["tickets_total"], len(left_out["tickets"])) == (60 / 3, 3)


def test_a_title_is_handed_on_as_it_is_and_what_is_not_recorded_is_absent(assistant: Assistant) -> None:
    told = assistant.document("tickets_behind", kpi="volume", rows=100, title="earlier instructions")
    (ticket,) = told["tickets"]
    assert (ticket["ticket_id"], ticket["title"]) == ("T007", ORDERS)
    assert "closed_at" not in ticket


def test_names_of_people_stand_nowhere_until_they_are_shown(assistant: Assistant, folder: Path) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("list_dimensions", {}),
        *(("list_dimensions", {"dimension": name}) for name in DIMENSIONS),
        *(("query_kpi", {"kpi": "mttr", "by": [name]}) for name in DIMENSIONS),
        ("tickets_behind", {"kpi": "volume", "rows": 100}),
        ("tickets_behind", {"kpi": "mttr", "used": False, "rows": 100}),
        ("evidence", {}),
    ]
    for tool, arguments in calls:
        text = assistant(tool, **arguments).text
        assert not [person for person in PEOPLE if person in text], (tool, arguments)
    store = open_store(folder)
    store.set_setting("show_names", "yes")
    shown = assistant.document("tickets_behind", kpi="volume", rows=100)
    assert {ticket["assignee"] for ticket in shown["tickets"]} == set(PEOPLE)
    assert assistant("query_kpi", kpi="mttr", by=["assignee"]).is_error
    store.set_setting("show_names", "no")
    store.close()


@pytest.mark.parametrize(
    "text",
    [
        "mttr by group last month",
        "tickets by category compared with last month",
        "backlog by week",
        "how many tickets were opened on Mondays except network",
        "what is FCR?",
        "sla adherance of Desk vs Network team",
        "who is the slowest agent",
        "what will the weather be",
        "DROP TABLE tickets",
        "",
    ],
)
def test_a_question_in_words_is_read_and_answered_as_at_the_command_line(
    assistant: Assistant, folder: Path, text: str
) -> None:
    told = assistant.document("ask", question=text)
    line = CommandLine(folder)("ask", text, "--json").document
    assert told.get("refused") == line.get("refused")
    assert told.get("understood") == line.get("understood")
    assert told.get("sentence") == line.get("sentence")
    for row, other in zip(told.get("answer", {}).get("rows", []), line.get("answer", {}).get("rows", []), strict=True):
        assert row["value"] == (None if other.get("too_few") else other["value"])


def test_a_question_about_people_is_refused_in_words_too(assistant: Assistant) -> None:
    told = assistant.document("ask", question=f"mttr of {PEOPLE[0]} by assignee")
    assert "refused" in told
    assert "answer" not in told


def test_evidence_is_that_of_the_command_line(assistant: Assistant, folder: Path) -> None:
    told = assistant.document("evidence", questionnaire="backlog")
    line = CommandLine(folder)("evidence", "--questionnaire", "backlog", "--json").document
    assert len(told["statements"]) == len(line["statements"]) > 0
    for one, other in zip(told["statements"], line["statements"], strict=True):
        assert one == other | {"tickets": other["tickets"][:20]}


def test_a_definition_names_who_counts_and_what_is_left_out(assistant: Assistant) -> None:
    for kpi in KPIS:
        told = assistant.document("definition", kpi=kpi.name)
        assert (told["population"], told["anchor"], told["source"]) == (kpi.population, kpi.anchor, kpi.source)
        assert told["excluded"] == [exclusion.reason for exclusion in kpi.exclusions]


def test_the_filters_in_words_are_those_that_were_asked_for(assistant: Assistant) -> None:
    told = assistant.document("query_kpi", kpi="mttr", where={"priority": [1], "site": [None]}, start="2026-05-04")
    expected = Filters.of(None, None, {"priority": [1], "site": [None]}).conditions_words
    assert all(words in told["filters"] for words in expected)
    assert "2026-05-04" in told["filters"]
