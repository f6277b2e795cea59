"""Hostile text in an export is text: in the warehouse, in filters, at the command line, in downloads."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.export import csv_bytes, escape_cell
from analytics.filters import Filters
from analytics.kpis import KPIS, find_kpi
from analytics.tickets import list_tickets
from tests.cli.command_line import CommandLine
from tests.warehouse_of import Desk, desk_of, snapshot_of

HOSTILE = (
    "'; DROP TABLE tickets; --",
    "' OR '1'='1",
    '" OR ""="',
    "x') UNION SELECT value FROM facts --",
    ":from_date",
    "$category_0",
    "?",
    "{}%s%(x)s",
    "<script>alert(1)</script>",
    "<img src=http://127.0.0.1:9/x onerror=alert(1)>",
    "![x](http://127.0.0.1:9/beacon.png)",
    "[click](javascript:alert(1))",
    "**bold** `code` $x^2$ :red[x]",
    '=HYPERLINK("http://127.0.0.1:9","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\tx",
    "\u202egnirts",
    "a\nb",
    "\\",
    "NULL",
    "not recorded",
    "\U0001f600 日本 é",
    "x" * 5000,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("warehouse")


@pytest.fixture(scope="module")
def desk(folder: Path) -> Desk:
    texts = ("title", "category", "assignment_group", "source", "source_status", "assignee", "site")
    columns = [dict.fromkeys(texts, text) | {"opened_at": "2026-03-02", "status": "new"} for text in HOSTILE]
    return desk_of(columns, folder)


@pytest.mark.parametrize("text", HOSTILE)
def test_it_filters_as_itself_and_counts_once(desk: Desk, text: str) -> None:
    for dimension in ("category", "assignment_group", "source", "site"):
        chosen = Filters.of(where={dimension: [text]})
        assert desk.value("volume", chosen) == 1
        assert text in chosen.sentence("opened")


def test_splitting_by_it_gives_it_back_word_for_word(desk: Desk) -> None:
    for dimension in ("category", "assignment_group", "source", "site"):
        assert desk.by("volume", dimension) == dict.fromkeys(HOSTILE, 1)
        assert desk.by("backlog", dimension) == dict.fromkeys(HOSTILE, 1)


def test_every_kpi_survives_it(desk: Desk) -> None:
    for kpi in KPIS:
        desk.result(kpi.name, by=["category"], filters=Filters.of(where={"site": list(HOSTILE)}))
    assert desk.value("volume") == len(HOSTILE)


def test_it_is_listed_as_it_stands(desk: Desk) -> None:
    frame = list_tickets(desk.engine, find_kpi("volume"), Filters()).frame
    assert set(frame["title"]) == set(HOSTILE)
    assert "assignee" not in frame, "names of people are not shown unless asked for"
    assert "assignee" in list_tickets(desk.engine, find_kpi("volume"), Filters(), people=True).frame


@pytest.mark.parametrize("text", [text for text in HOSTILE if text == text.strip() and text != "not recorded"])
def test_it_is_a_plain_value_at_the_command_line(desk: Desk, folder: Path, text: str) -> None:
    assert desk.value("volume") == len(HOSTILE)
    answer = CommandLine(folder).kpi("volume", "--by", "category", "--where", f"category={text}")
    (row,) = answer.document["rows"]
    assert (row["category"], row["value"]) == (text, 1)


def _cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_downloaded_cell_is_a_formula(desk: Desk, text: str) -> None:
    frame = list_tickets(desk.engine, find_kpi("volume"), Filters.of(where={"category": [text]})).frame
    header, row = _cells(csv_bytes(frame))
    assert len(header) == len(row)
    for name in ("title", "category", "assignment_group", "source"):
        cell = row[header.index(name)]
        assert cell in (text, f"'{text}")
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0"))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=8), min_size=1, max_size=5), st.text(min_size=1, max_size=8))
def test_downloads_keep_every_cell_and_escape_only_formulas(texts: list[str], name: str) -> None:
    header, *rows = _cells(csv_bytes(pd.DataFrame({name: texts})))
    expected = [escape_cell(text) for text in texts]
    assert [row[0] if row else "" for row in rows] == [str(cell).replace("\r\n", "\n") for cell in expected] or any(
        "\r" in text or "\0" in text for text in texts
    )
    assert not [cell for (cell, *_) in (header, *filter(None, rows)) if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_numbers_and_times_stay_numbers_and_times() -> None:
    frame = pd.DataFrame(
        {"hours": [-1.5, None], "when": pd.to_datetime(["2026-03-02 10:00", None]), "open": [True] * 2}
    )
    assert _cells(csv_bytes(frame)) == [
        ["hours", "when", "open"],
        ["-1.5", "2026-03-02 10:00:00", "True"],
        ["", "", "True"],
    ]


def test_categories_and_headers_are_escaped_too() -> None:
    frame = pd.DataFrame({"=x": pd.Categorical(["=1+1", None]), "n": [1, 2]})
    assert _cells(csv_bytes(frame)) == [["'=x", "n"], ["'=1+1", "1"], ["", "2"]]


def test_nothing_printed_can_command_a_terminal(tmp_path: Path) -> None:
    escape = "\x1b]0;title\x07\x1b[2J\u202e"
    snapshot_of([{"opened_at": "2026-03-02", "category": escape}], tmp_path)
    answers = [CommandLine(tmp_path)("kpi", *words) for words in (["volume", "--by", "category"], [escape], ["a\nb"])]
    for answer in answers:
        assert not {"\x1b", "\x07", "\u202e"} & set(answer.out + answer.err)
    assert [answer.err.count("\n") for answer in answers] == [0, 1, 1]
