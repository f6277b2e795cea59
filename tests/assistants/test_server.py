"""The server: one sentence for every mistake, nothing but the protocol on stdout, and the newest data at each call."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from analytics.commands import mcp as mcp_command
from tests.assistants.assistant import ROOT, Assistant
from tests.assistants.small_desk import ODD, PEOPLE, small_desk
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of

QUERY = "query_kpi"


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("measure", {}, "There is no tool 'measure'"),
        (QUERY, {}, "argument 'kpi'"),
        (QUERY, {"kpi": "mtr"}, "Did you mean 'mttr'"),
        (QUERY, {"kpi": None}, "argument 'kpi'"),
        (QUERY, {"kpi": "mttr", "filter": {"priority": [1]}}, "There is no argument 'filter'"),
        (QUERY, {"kpi": "mttr", "sql": "SELECT 1"}, "There is no argument 'sql'"),
        (QUERY, {"kpi": "mttr", "by": ["assignee"]}, "does not compare people"),
        (QUERY, {"kpi": "mttr", "where": {"requester": [PEOPLE[0]]}}, "does not compare people"),
        (QUERY, {"kpi": "mttr", "without": {"assignee": [PEOPLE[0]]}}, "does not compare people"),
        (QUERY, {"kpi": "mttr", "by": ["title"]}, "There is no dimension 'title'"),
        (QUERY, {"kpi": "mttr", "by": ["site; DROP TABLE tickets"]}, "There is no dimension"),
        (QUERY, {"kpi": "mttr", "where": {"category": ["netwrok"]}}, "did you mean 'Network'"),
        (QUERY, {"kpi": "mttr", "without": {"site": ["leeds"]}}, "did you mean 'Leeds'"),
        (QUERY, {"kpi": "mttr", "where": {"priority": [9]}}, "is not a priority"),
        (QUERY, {"kpi": "mttr", "bounds": ["title>1"]}, "There is no column to bound"),
        (QUERY, {"kpi": "mttr", "bounds": ["1=1"]}, "is not a bound"),
        (QUERY, {"kpi": "mttr", "period": "last fortnight"}, "is not a period"),
        (QUERY, {"kpi": "mttr", "period": "last month", "start": "2026-05-01"}, "either a period or from and to"),
        (QUERY, {"kpi": "mttr", "start": "yesterday"}, "is not a date"),
        (QUERY, {"kpi": "mttr", "start": "2026-05-02", "end": "2026-05-01"}, "the end is exclusive"),
        (QUERY, {"kpi": "mttr", "grain": "hour"}, "use one of day"),
        (QUERY, {"kpi": "mttr", "by": ["site"], "order": "random()"}, "use one of desc"),
        (QUERY, {"kpi": "mttr", "by": ["site"], "order": "change desc"}, "needs compare"),
        (QUERY, {"kpi": "mttr", "limit": 3}, "needs a split"),
        (QUERY, {"kpi": "mttr", "by": ["site"], "limit": 0}, "argument 'limit'"),
        (QUERY, {"kpi": "mttr", "by": ["site"], "limit": 10**9}, "argument 'limit'"),
        (QUERY, {"kpi": "mttr", "by": ["site"], "threshold": "<0 OR 1=1"}, "is not a threshold"),
        (QUERY, {"kpi": "mttr", "title": "x" * 1_001}, "argument 'title'"),
        (QUERY, {"kpi": "mttr", "where": {"site": ["x"] * 201}}, "argument 'where.site'"),
        (QUERY, {"kpi": "mttr", "where": [["site", "Leeds"]]}, "argument 'where'"),
        ("list_dimensions", {"dimension": "assignee"}, "does not compare people"),
        ("list_dimensions", {"dimension": "ticket_id"}, "There is no dimension"),
        ("definition", {"kpi": "../../etc/passwd"}, "There is no KPI"),
        ("tickets_behind", {"kpi": "mttr", "rows": 101}, "argument 'rows'"),
        ("tickets_behind", {"kpi": "mttr", "where": {"assignee": [PEOPLE[0]]}}, "does not compare people"),
        ("evidence", {"questionnaire": "none"}, "none"),
        ("evidence", {"where": {"category": ["x=1"]}}, "No ticket has category"),
        ("ask", {"question": "x" * 1_001}, "argument 'question'"),
        ("ask", {}, "argument 'question'"),
    ],
)
def test_a_mistake_is_one_sentence(
    assistant: Assistant, folder: Path, tool: str, arguments: dict[str, Any], said: str
) -> None:
    sentence = assistant.sentence(tool, **arguments)
    assert said in sentence
    assert sentence.endswith((".", "?"))
    assert "Traceback" not in sentence
    assert str(folder) not in sentence


HOSTILE = (
    ODD, "'", "%", "_", "\0", ":zone", "$1", "![x](http://evil.example)", "é" * 900, "\u202e", "../", "{}", "=1+1",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_a_value_or_a_mistake_and_never_sql(assistant: Assistant, text: str) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        (QUERY, {"kpi": "volume", "title": text}),
        (QUERY, {"kpi": "volume", "where": {"category": [text]}}),
        (QUERY, {"kpi": "volume", "without": {"category": [text]}}),
        (QUERY, {"kpi": text}),
        (QUERY, {"kpi": "volume", "by": [text]}),
        (QUERY, {"kpi": "volume", "by": ["site"], "order": text}),
        (QUERY, {"kpi": "volume", "compare": text}),
        ("tickets_behind", {"kpi": "volume", "title": text}),
    ]
    for tool, arguments in calls:
        called = assistant(tool, **arguments)
        assert "unexpected" not in called.text, (tool, arguments)
        if called.document and len(text) > 1 and text != ":zone":
            assert text not in called.document["sql"]
    assert assistant.document(QUERY, kpi="volume")["whole"]["value"] == 60


def test_the_log_has_no_traceback(assistant: Assistant, log: Path) -> None:
    assert assistant(QUERY, kpi="nothing").is_error
    assert "Traceback" not in log.read_text()


def test_a_new_snapshot_is_seen_at_the_next_call(tmp_path: Path) -> None:
    snapshot_of(small_desk()[:10], tmp_path)
    with (tmp_path / "log.txt").open("w") as log, Assistant(tmp_path, log) as assistant:
        assert assistant.document(QUERY, kpi="volume")["whole"]["value"] == 10
        assert assistant(QUERY, kpi="volume", where={"category": [ODD]}).document is not None
        snapshot_of(small_desk()[:3], tmp_path)
        assert assistant.document(QUERY, kpi="volume")["whole"]["value"] == 3
        assert "No ticket has category" in assistant.sentence(QUERY, kpi="volume", where={"category": [ODD]})


def test_without_data_it_says_so_and_starts_all_the_same(tmp_path: Path) -> None:
    with (tmp_path / "log.txt").open("w") as log, Assistant(tmp_path / "empty", log) as assistant:
        assert len(assistant.document("list_kpis")["kpis"]) > 10
        for tool, arguments in ((QUERY, {"kpi": "mttr"}), ("ask", {"question": "mttr"}), ("evidence", {})):
            sentence = assistant.sentence(tool, **arguments)
            assert "No tickets are loaded yet" in sentence
            assert str(tmp_path) not in sentence


def test_stdout_holds_the_protocol_and_nothing_else(folder: Path) -> None:
    spoken = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
            "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": QUERY, "arguments": {"kpi": "mttr"}}},
        {"jsonrpc": "2.0", "id": 3, "method": "tools/call", "params": {"name": QUERY, "arguments": {"kpi": "no"}}},
        {"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "evidence", "arguments": {}}},
    ]  # fmt: skip
    lines = [*map(json.dumps, spoken), "not the protocol", '{"jsonrpc": "2.0", "id": 5, "method": "nothing/here"}', ""]
    process = subprocess.Popen(
        [sys.executable, "-m", "analytics", "--database", str(folder), "mcp", "--json"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n".join(lines))
    process.stdin.flush()
    answered: dict[Any, Any] = {}
    while not {1, 2, 3, 4, 5} <= set(answered):
        message = json.loads(process.stdout.readline())
        assert message["jsonrpc"] == "2.0"
        answered[message.get("id")] = message
    rest, log = process.communicate(timeout=60)
    assert rest == ""
    assert process.returncode == 0
    assert "Traceback" not in log
    assert answered[2]["result"]["structuredContent"]["kpi"] == "mttr"
    assert answered[3]["result"]["isError"] is True
    assert "error" in answered[5]


def test_without_the_package_one_sentence_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mcp_command, "find_spec", lambda _: None)
    sentence = CommandLine(tmp_path)("mcp").sentence
    assert "need the package 'mcp'" in sentence
    assert "pip install" in sentence


def test_no_other_command_needs_the_package() -> None:
    code = (
        "import sys, analytics.__main__\nassert not [m for m in sys.modules if m.split('.')[0] in ('mcp', 'pydantic')]"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
