"""A command in a child process: progress while it runs, then a document or one sentence, and nothing left behind."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.command_run import CommandEnded, CommandRun
from analytics.errors import BacklightError
from analytics.warehouse.snapshots import current_snapshot

EXPORT = (
    b"number,opened_at,state,short_description,assignment_group\n"
    b"INC0000001,2026-03-02 08:00:00,New,Mail,Desk\nINC0000002,2026-03-03 08:00:00,New,Mail,Desk\n"
)
MAPPING = """
name = "desk"
title = "Desk"
tool = "Desk"
[columns]
ticket_id = ["Case"]
opened_at = ["Logged"]
"""


@pytest.fixture(autouse=True)
def aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for files that last as long as the command; empty when it is done."""
    folder = tmp_path / "aside"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def test_an_import_says_what_it_does_and_hands_over_its_report(tmp_path: Path) -> None:
    run = CommandRun(tmp_path / "database", "import", files={"a.csv": EXPORT}, steps=5)
    (report,) = run.result()["files"]
    assert (report["file"], report["tickets"]) == ("a.csv", 2)
    assert run.done
    assert run.error is None
    assert run.messages
    assert run.progress == min(0.97, len(run.messages) / 5)
    assert current_snapshot(tmp_path / "database")


def test_a_mapping_chosen_for_a_file_is_used_for_that_one_only(tmp_path: Path) -> None:
    files = {"a.csv": EXPORT, "b.csv": b"Case,Logged\n7,2026-03-02 08:00\n8,2026-03-02 09:00\n"}
    run = CommandRun(tmp_path / "database", "import", files=files, mappings={"b.csv": MAPPING})
    assert {file["file"]: file["format"] for file in run.result()["files"]} == {"a.csv": "servicenow", "b.csv": "desk"}


def test_what_the_user_can_mend_is_one_sentence(tmp_path: Path) -> None:
    run = CommandRun(tmp_path / "database", "import", files={"report.csv": b"%PDF-1.4\nhello"})
    with pytest.raises(BacklightError, match=r"report\.csv.* is a PDF") as raised:
        run.result()
    assert not isinstance(raised.value, CommandEnded)
    assert "backlight:" not in str(raised.value)
    assert current_snapshot(tmp_path / "database") is None


def test_a_command_that_dies_is_told_without_its_insides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    dying = tmp_path / "dying"
    dying.write_text("#!/bin/sh\necho 'Traceback: secret' >&2\nexit 9\n")
    dying.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(dying))
    run = CommandRun(tmp_path / "database", "import", files={"a.csv": EXPORT})
    with pytest.raises(CommandEnded, match=r"'import' ended unexpectedly \(code 9\)") as raised:
        run.result()
    assert "secret" not in str(raised.value)
    assert "secret" in caplog.text


def test_without_room_for_the_files_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    run = CommandRun(tmp_path / "database", "import", files={"a.csv": EXPORT})
    with pytest.raises(BacklightError, match="No space left on device"):
        run.result()
