"""Every earlier state of the tables reaches today's, once, and today's is what the code expects."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from analytics.errors import BacklightError
from analytics.store import migration, open_store
from analytics.store.database import Database, connect
from analytics.store.tables import METADATA


def _differences(database: Database) -> list[object]:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, METADATA)


def _tables(database: Database) -> list[str]:
    with database.reading() as connection:
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        return [row.name for row in rows]


@pytest.mark.parametrize("revision", [None, *migration.revisions()])
def test_every_earlier_state_reaches_what_the_code_expects(tmp_path: Path, revision: str | None) -> None:
    database = connect(tmp_path, None)
    if revision:
        migration.migrate(database, revision)
    store = open_store(tmp_path)
    assert _differences(store.database) == []
    store.set_setting("kept", "yes")
    assert open_store(tmp_path).setting("kept", "no") == "yes"


def test_revisions_are_one_line_without_branches() -> None:
    assert migration.revisions() == [f"{number:04}" for number in range(1, len(migration.revisions()) + 1)]


def _open(folder: Path) -> int:
    open_store(folder).close()
    return 1


def test_eight_processes_open_an_empty_folder_at_once(tmp_path: Path) -> None:
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(_open, [tmp_path] * 8)) == 8
    assert _differences(open_store(tmp_path).database) == []


def test_a_migration_that_fails_leaves_the_tables_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = connect(tmp_path, None)
    upgrade = migration.command.upgrade

    def interrupted(*arguments: object) -> None:
        upgrade(*arguments)
        raise RuntimeError

    monkeypatch.setattr(migration.command, "upgrade", interrupted)
    with pytest.raises(RuntimeError):
        migration.migrate(database)
    assert _tables(database) == []


def test_a_newer_database_is_left_alone_and_said_so(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BacklightError, match="was written by a newer Backlight"):
        open_store(tmp_path)
