"""Every earlier state of the tables reaches today's, once, and today's is what the code expects."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from analytics.errors import BacklightError
from analytics.store import Store, migration, open_store
from analytics.store.database import Database
from analytics.store.tables import METADATA
from tests.store.conftest import Open


def _differences(database: Database) -> list[object]:
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        return compare_metadata(context, METADATA)


def _tables(database: Database) -> list[str]:
    with database.reading() as connection:
        return inspect(connection).get_table_names()


@pytest.mark.parametrize("revision", [None, *migration.revisions()])
def test_every_earlier_state_reaches_what_the_code_expects(
    unmade: Database, open_here: Open, revision: str | None
) -> None:
    if revision:
        migration.migrate(unmade, revision)
    store = open_here()
    assert _differences(store.database) == []
    store.set_setting("kept", "yes")
    assert open_here().setting("kept", "no") == "yes"


def test_revisions_are_one_line_without_branches() -> None:
    assert migration.revisions() == [f"{number:04}" for number in range(1, len(migration.revisions()) + 1)]


def _open(url: str) -> int:
    open_store(Path(), url).close()
    return 1


def test_eight_processes_open_an_empty_place_at_once(url: str, open_here: Open) -> None:
    with ProcessPoolExecutor(8, mp_context=get_context("spawn")) as pool:
        assert sum(pool.map(_open, [url] * 8)) == 8
    assert _differences(open_here().database) == []


def test_a_migration_that_fails_leaves_the_tables_as_they_were(
    unmade: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = migration.command.upgrade

    def interrupted(*arguments: object) -> None:
        upgrade(*arguments)
        raise RuntimeError

    monkeypatch.setattr(migration.command, "upgrade", interrupted)
    with pytest.raises(RuntimeError):
        migration.migrate(unmade)
    assert _tables(unmade) == []


def test_a_newer_database_is_left_alone_and_said_so(store: Store, open_here: Open) -> None:
    with store.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BacklightError, match="was written by a newer Backlight"):
        open_here()
