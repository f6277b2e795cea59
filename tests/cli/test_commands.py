"""The other commands, and the command line as a process: stdout, stderr and exit codes."""

import json
from pathlib import Path

import pytest

from analytics.__main__ import main
from analytics.kpis import KPIS
from analytics.warehouse.formats import load_formats
from analytics.warehouse.schema import DIMENSIONS
from tests.cli.command_line import CommandLine
from tests.warehouse_of import snapshot_of, tickets_in

EXPORT = """number,state,priority,opened_at,resolved_at,closed_at,sys_updated_on,assignment_group
INC0010001,Closed,3 - Moderate,2026-03-02 08:00:00,2026-03-02 10:00:00,2026-03-05 10:00:00,2026-03-05 10:00:00,Desk
INC0010002,Resolved,1 - Critical,2026-03-02 09:00:00,2026-03-02 13:00:00,,2026-03-02 13:00:00,Network
INC0010003,New,4 - Low,2026-03-03 09:00:00,,,2026-03-03 09:00:00,Desk
"""


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path / "warehouse")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    file = tmp_path / "incident.csv"
    file.write_text(EXPORT, encoding="utf-8")
    return file


def test_an_import_accounts_for_every_row(cli: CommandLine, export: Path) -> None:
    answer = cli("import", str(export), "--json")
    (report,) = answer.document["files"]
    assert {"format", "rows_read", "tickets", "merged", "rejected", "warnings"} <= set(report)
    assert report["format"] == "servicenow"
    assert (report["rows_read"], report["tickets"], report["merged"], report["rejected"]) == (3, 3, 0, 0)
    assert cli.kpi("mttr").value == (2 + 4) / 2
    assert cli.kpi("backlog").value == 1


def test_undo_goes_back_to_nothing_and_then_says_so(cli: CommandLine, export: Path) -> None:
    assert cli("import", str(export)).code == 0
    assert cli("undo", "--json").document["current"] is None
    assert "no tickets" in cli("kpi", "mttr").sentence
    assert "no import to undo" in cli("undo").sentence


def test_a_file_that_is_not_there_is_a_sentence(cli: CommandLine, export: Path) -> None:
    assert "There is no file" in cli("import", str(export.with_name("incidnet.csv"))).sentence
    assert "no tickets" in cli("kpi", "mttr").sentence


def test_all_files_or_none(cli: CommandLine, export: Path) -> None:
    assert cli("import", str(export), str(export.with_name("missing.csv"))).sentence
    assert "no tickets" in cli("kpi", "mttr").sentence


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\x00\x01\x02\x03" * 50, b"PK\x03\x04 not a zip"])
def test_a_file_that_is_no_export_is_a_sentence(cli: CommandLine, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(content)
    assert cli("import", str(file), "--json").sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import"], "--help"),
        (["import", "x.csv", "--as", "servicenw"], "'servicenow'"),
        (["import", "x.csv", "--time-zone", "Europe/Roma"], "'Europe/Roma' is not a time zone"),
        (["import", "x.csv", "--time-zone", "../../etc/passwd"], "is not a time zone"),
        (["demo", "--tickets", "many"], "--help"),
        (["demo", "--tickets", "-5"], "-5"),
        (["impotr"], "--help"),
        ([], "--help"),
    ],
)
def test_what_the_user_can_mend_is_one_sentence(cli: CommandLine, arguments: list[str], words: str) -> None:
    assert words in cli(*arguments).sentence
    assert cli.folder.exists() is False or not list(cli.folder.glob("*.duckdb"))


def test_kpis_lists_the_registry_and_the_dimensions(cli: CommandLine) -> None:
    document = cli("kpis", "--json").document
    assert [kpi["name"] for kpi in document["kpis"]] == [kpi.name for kpi in KPIS]
    assert [kpi["definition"] for kpi in document["kpis"]] == [kpi.definition for kpi in KPIS]
    assert document["dimensions"] == list(DIMENSIONS)
    assert all(kpi.name in cli("kpis").out for kpi in KPIS)


def test_formats_lists_what_is_recognised(cli: CommandLine) -> None:
    named = {format["name"] for format in cli("formats", "--json").document["formats"]}
    assert {format.name for format in load_formats()} <= named


def test_the_folder_may_come_from_the_environment(
    cli: CommandLine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot_of(tickets_in("status | opened\nnew | 2026-03-02"), cli.folder)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(cli.folder))
    assert main(["kpi", "volume", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["value"] == 1


@pytest.mark.slow
def test_as_a_process_stdout_is_one_document_and_nothing_else(cli: CommandLine, export: Path) -> None:
    imported = cli.process("import", str(export), "--json")
    assert imported.document["files"][0]["tickets"] == 3
    assert imported.err, "progress is told on stderr"
    assert cli.process("kpi", "mttr", "--json").document["rows"][0]["value"] == 3
    assert "Did you mean 'mttr'?" in cli.process("kpi", "mtrr", "--json").sentence
    assert cli.process("undo").code == 0
    assert cli.process("undo").sentence
    assert "usage" in cli.process("--help").out
