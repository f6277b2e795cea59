"""The permitted copy: only what may be seen, made once, and never in the way of snapshots."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from analytics.errors import BacklightError, NoData
from analytics.warehouse.sandbox.permitted import PERMITTED
from analytics.warehouse.sandbox.permitted_copy import copies, permitted_copy
from analytics.warehouse.sandbox.run import run_sql
from analytics.warehouse.snapshots import current_snapshot, history, importing, undo
from tests.sql.target import FOREIGN, REJECTED, Target
from tests.warehouse_of import snapshot_of

ROOT = Path(__file__).parents[2]
PERSON = "Ann Example-Longname"
TICKETS = [{"opened_at": f"2026-03-{day:02}", "assignee": PERSON, "requester": PERSON} for day in range(1, 9)]


def test_no_name_is_in_the_file_at_all(target: Target) -> None:
    content = permitted_copy(target.folder, people=False).read_bytes()
    assert not [name for name in (*target.names, REJECTED, FOREIGN) if name.encode() in content]
    # The file is not merely unreadable: a title is in it.
    with duckdb.connect(permitted_copy(target.folder, people=False), read_only=True) as connection:
        (title,) = connection.execute("SELECT max(title) FROM tickets").fetchall()[0]
    assert title.encode() in content


def test_nothing_but_the_permitted_tables_and_columns(target: Target) -> None:
    with duckdb.connect(permitted_copy(target.folder, people=False), read_only=True) as connection:
        found = connection.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() WHERE NOT internal "
            "GROUP BY 1"
        ).fetchall()
        types = connection.execute("SELECT type_name FROM duckdb_types() WHERE NOT internal").fetchall()
    assert dict(found) == {table: [column.name for column in columns] for table, columns in PERMITTED.items()}
    assert types == []


def test_names_are_there_once_an_administrator_shows_them(tmp_path: Path) -> None:
    snapshot_of(TICKETS, tmp_path)
    statement = "SELECT count(assignee), max(requester) FROM tickets"
    assert run_sql(tmp_path, statement, 60).rows == [[0, None]]
    shown = run_sql(tmp_path, statement, 60, people=True)
    assert shown.rows == [[8, PERSON]]
    assert not shown.concealed
    assert run_sql(tmp_path, statement, 60).concealed


def test_events_that_tell_of_persons_keep_their_time_but_not_the_names(target: Target) -> None:
    statement = (
        "SELECT count(*), count(old_value), count(new_value), count(actor) FROM ticket_events "
        "WHERE field IN ('assignee', 'requester')"
    )
    [[events, old, new, actors]] = run_sql(target.folder, statement, 60).rows
    assert events > 0
    assert (old, new, actors) == (0, 0, 0)
    assert run_sql(target.folder, "SELECT count(new_value) FROM ticket_events WHERE field = 'status'", 60).rows[0][0]


def test_it_is_made_once_and_said(tmp_path: Path) -> None:
    snapshot_of(TICKETS, tmp_path)
    said: list[str] = []
    first = permitted_copy(tmp_path, False, said.append)
    assert said == list(PERMITTED)
    made = first.stat().st_mtime_ns
    assert permitted_copy(tmp_path, False, said.append) == first
    assert first.stat().st_mtime_ns == made
    assert said == list(PERMITTED)
    assert first.stat().st_mode & 0o077 == 0


def test_it_is_no_snapshot_and_goes_with_its_own(tmp_path: Path) -> None:
    snapshot_of(TICKETS[:3], tmp_path)
    old = permitted_copy(tmp_path, people=False)
    assert not old.name.endswith(".duckdb")
    assert list(tmp_path.glob("*.duckdb")) == [current_snapshot(tmp_path)]
    snapshot_of(TICKETS, tmp_path)
    new = permitted_copy(tmp_path, people=False)
    assert new != old
    assert copies(tmp_path) == [new]
    assert run_sql(tmp_path, "SELECT count(*) FROM tickets", 60).rows == [[8]]
    undo(tmp_path)
    assert len(history(tmp_path)) == 2
    assert run_sql(tmp_path, "SELECT count(*) FROM tickets", 60).rows == [[3]]


def test_what_a_crash_left_is_swept_and_an_import_does_not_mind(tmp_path: Path) -> None:
    snapshot = snapshot_of(TICKETS, tmp_path)
    left = tmp_path / f"{snapshot.name}.concealed-00000000.making"
    left.write_bytes(b"half a file")
    with importing(tmp_path):
        pass
    assert copies(tmp_path) == [left]
    made = permitted_copy(tmp_path, people=False)
    assert copies(tmp_path) == [made]


def test_two_processes_make_it_once(tmp_path: Path) -> None:
    snapshot_of(TICKETS, tmp_path)
    command = [sys.executable, "-m", "analytics", "--database", str(tmp_path), "sql", "SELECT count(*) FROM tickets"]
    running = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in "ab"
    ]
    outcomes = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], outcomes
    assert len(copies(tmp_path)) == 1


def test_without_data_or_room_there_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoData):
        run_sql(tmp_path, "SELECT 1")
    snapshot_of(TICKETS, tmp_path)
    _fail_copying(monkeypatch.setattr)
    with pytest.raises(BacklightError, match="free some disk space"):
        run_sql(tmp_path, "SELECT 1")
    assert copies(tmp_path) == []


def _fail_copying(patch: Callable[[str, str], None]) -> None:
    patch("analytics.warehouse.sandbox.permitted_copy._START", "raise SystemExit(1)")


def test_a_folder_that_cannot_be_written_to_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_of(TICKETS, tmp_path)
    opened = Path.open

    def read_only(path: Path, mode: str = "r", **rest: object) -> object:
        if path.name == "sql.lock":
            raise OSError(30, "Read-only file system", str(path))
        return opened(path, mode, **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", read_only)
    with pytest.raises(BacklightError, match="cannot be written to: allow that"):
        run_sql(tmp_path, "SELECT 1", 60)
    assert not copies(tmp_path)
