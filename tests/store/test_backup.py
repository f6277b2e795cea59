"""Backup and restore: everything comes back, in either database, all of it or nothing."""

import json
import os
import stat
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest

from analytics.errors import BacklightError
from analytics.store import Store, migration, open_store, restoring
from analytics.store.actions import Action
from analytics.store.database import Database
from analytics.store.tables import METADATA
from tests.store.conftest import DIALECTS, Open, new_url
from tests.store.entered import fill, rows_of

MONDAY = datetime(2026, 5, 4, tzinfo=UTC).date()


@pytest.fixture(params=DIALECTS)
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store to restore into, of either kind."""
    return open_store(tmp_path, new_url(request.param, request, tmp_path / "other.sqlite"))


def test_every_table_comes_back_in_either_database(store: Store, other: Store, file: Path, tmp_path: Path) -> None:
    fill(store)
    expected = rows_of(store.database)
    assert all(expected[table] for table in METADATA.tables)
    contents = store.back_up(file).contents
    assert {name: table.rows for name, table in contents.tables.items()} == {k: len(v) for k, v in expected.items()}
    done = other.restore(file, tmp_path)
    assert rows_of(other.database) == expected == rows_of(store.database)
    assert done.before is None
    assert other.actions.changes(1) == store.actions.changes(1)


def test_numbers_go_on_where_they_were_even_after_a_removal(store: Store, other: Store, file: Path) -> None:
    store.add_annotation(MONDAY, "first")
    store.remove_annotation(store.add_annotation(MONDAY, "second"))
    store.back_up(file)
    other.restore(file, file.parent)
    assert other.add_annotation(MONDAY, "third") == 3
    assert other.actions.add(Action("an action")) == 1


def test_a_number_given_since_the_backup_is_not_given_again(store: Store, file: Path) -> None:
    store.back_up(file)
    late = store.actions.add(Action("made after the backup"))
    store.restore(file, file.parent)
    assert store.actions.all() == ()
    assert store.actions.add(Action("made after the restoring")) == late + 1


def test_what_was_there_before_is_kept_and_can_be_brought_back(store: Store, file: Path, tmp_path: Path) -> None:
    store.back_up(file)
    fill(store)
    expected = rows_of(store.database)
    before = store.restore(file, tmp_path).before
    assert before is not None
    assert before.parent == tmp_path
    assert not any(rows_of(store.database).values())
    again = store.restore(before, tmp_path)
    assert (rows_of(store.database), again.before) == (expected, None)
    assert store.restore(file, tmp_path).before != before


@pytest.mark.parametrize("revision", migration.revisions())
def test_a_backup_of_an_older_version_is_migrated(
    unmade: Database, other: Store, file: Path, tmp_path: Path, revision: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migration.migrate(unmade, revision)
    with unmade.writing() as connection:
        connection.exec_driver_sql("INSERT INTO settings VALUES ('kept', 'yes', '2026-05-04 00:00:00')")
    with unmade.reading() as connection:
        tables = restoring._tables(connection)
    with monkeypatch.context() as older:
        older.setattr("analytics.store.backup.METADATA", tables[0].metadata)
        tables[0].metadata.remove(tables[0].metadata.tables["alembic_version"])
        Store(unmade).back_up(file)
    assert other.restore(file, tmp_path).contents.revision == revision
    assert other.setting("kept", "no") == "yes"
    other.set_target("mttr", 1)


def test_a_failure_half_way_leaves_what_was_there(
    store: Store, backed_up: tuple[Path, Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.set_setting("kept", "yes")
    expected = rows_of(store.database)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restoring, "go_on_after", interrupted)
    with pytest.raises(KeyboardInterrupt):
        store.restore(backed_up[0], tmp_path)
    assert rows_of(store.database) == expected
    assert not list(tmp_path.glob("state-before-restore*"))


def test_a_backup_is_not_written_over_another_file(store: Store, file: Path) -> None:
    store.back_up(file)
    first = file.read_bytes()
    with pytest.raises(BacklightError, match=r"is there already: name another file, or add --replace\.$"):
        store.back_up(file)
    assert file.read_bytes() == first
    store.set_setting("a", "b")
    assert store.back_up(file, replace=True).contents.rows == 1
    file.write_text("mine")
    with pytest.raises(BacklightError, match="it is no backup, so name another file"):
        store.back_up(file, replace=True)
    assert file.read_text() == "mine"


def test_a_backup_that_cannot_be_written_is_one_sentence_and_leaves_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(BacklightError, match=r"none/b\.zip cannot be written \(No such file or directory\)"):
        store.back_up(tmp_path / "none" / "b.zip")
    (tmp_path / "a file").touch()
    with pytest.raises(BacklightError, match="cannot be written"):
        store.back_up(tmp_path / "a file" / "b.zip")
    assert not list(tmp_path.rglob("*.zip*"))


def test_only_its_owner_can_read_a_backup(store: Store, file: Path) -> None:
    store.back_up(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.glob("*.building")] == []


def test_a_backup_is_of_one_moment_while_others_write(open_here: Open, tmp_path: Path) -> None:
    # The writer changes two tables in one transaction: a backup holds both changes or neither.
    store, done = open_here(), Event()

    def write() -> None:
        mine = open_here()
        number, version = mine.actions.add(Action("0")), 1
        while not done.is_set():
            version = mine.actions.change(number, version, what=str(version))

    writer = Thread(target=write)
    writer.start()
    try:
        files = [store.back_up(tmp_path / f"{number}.zip").file for number in range(12)]
    finally:
        done.set()
        writer.join()
    for file in files:
        with zipfile.ZipFile(file) as archive:
            actions, changes = (
                [json.loads(line) for line in archive.read(f"tables/{name}.jsonl").splitlines()]
                for name in ("actions", "record_changes")
            )
        assert [row["version"] for row in changes] == list(range(1, len(changes) + 1))
        assert [row["version"] for row in actions] == [len(changes)] * len(actions)


def test_moments_are_the_same_whatever_the_zone_of_the_server(
    store: Store, dialect: str, file: Path, tmp_path: Path
) -> None:
    fill(store)
    expected = rows_of(store.database)
    if dialect == "postgresql":
        with store.database.writing() as connection:
            connection.exec_driver_sql(
                f"ALTER DATABASE {store.database.engine.url.database} SET timezone = 'Asia/Tokyo'"
            )
        store.close()
    (kept,) = store.actions.all()
    assert kept.created_at.tzinfo is UTC
    store.back_up(file)
    store.restore(file, tmp_path)
    assert rows_of(store.database) == expected


def test_what_a_killed_restoring_left_behind_is_removed(
    store: Store, backed_up: tuple[Path, Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    left, running, other = (tmp_path / name for name in ("backlight-restore-old", "backlight-restore-new", "other"))
    for folder in (left, running, other):
        folder.mkdir()
        (folder / "state.sqlite").write_text("what people wrote")
    for folder in (left, other):
        os.utime(folder, (0, 0))
    store.restore(backed_up[0], tmp_path)
    assert [folder.exists() for folder in (left, running, other)] == [False, True, True]
