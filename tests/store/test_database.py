"""Where the state is, how it is opened, and what a person reads when it cannot be."""

from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from analytics.errors import BacklightError
from analytics.store import open_store
from analytics.store.database import BUSY_SECONDS
from analytics.store.tables import ENTERED_TARGETS, METADATA, SAVED_MAPPINGS, SETTINGS
from analytics.store.upsert import upsert


def _pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_every_connection_is_durable_and_patient(tmp_path: Path) -> None:
    database = open_store(tmp_path).database
    for begin in (database.reading, database.writing):
        with begin() as first, database.reading() as second:
            for connection in (first, second):
                assert _pragma(connection, "journal_mode") == "wal"
                assert _pragma(connection, "synchronous") == 2  # FULL
                assert _pragma(connection, "foreign_keys") == 1
                assert _pragma(connection, "busy_timeout") == BUSY_SECONDS * 1000


def test_a_write_takes_the_lock_at_its_start_and_readers_go_on(tmp_path: Path) -> None:
    store, other = open_store(tmp_path), open_store(tmp_path)
    store.set_setting("a", "before")
    with other.database.engine.connect() as impatient:
        impatient.exec_driver_sql("PRAGMA busy_timeout = 0")
    with store.database.writing():
        assert other.setting("a", "none") == "before"
        with pytest.raises(BacklightError, match="database is locked"):
            other.set_setting("a", "after")
    other.set_setting("a", "after")
    assert store.setting("a", "none") == "after"


def test_a_write_that_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with suppress(ZeroDivisionError), store.database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM alembic_version")
        _ = 1 / 0
    with store.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 1


def test_the_file_is_in_the_folder_which_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "new folder" / "100% ?ü#"
    open_store(folder).set_setting("a", "b")
    assert (folder / "state.sqlite").is_file()


def test_a_url_wins_over_the_environment_which_wins_over_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKLIGHT_STATE_URL", f"sqlite:///{tmp_path}/environment.sqlite")
    open_store(tmp_path)
    open_store(tmp_path, f"sqlite:///{tmp_path}/given.sqlite")
    assert {file.name for file in tmp_path.glob("*.sqlite")} == {"environment.sqlite", "given.sqlite"}


@pytest.mark.parametrize(
    "url", ["nonsense", "mysql://a:hidden@b/c", "sqlite://", "x+y://hidden", "postgresql+no://hidden/x"]
)
def test_a_bad_url_is_one_sentence_without_the_url(tmp_path: Path, url: str) -> None:
    with pytest.raises(BacklightError, match=r"^BACKLIGHT_STATE_URL ") as refused:
        open_store(tmp_path, url)
    assert "hidden" not in str(refused.value)


def test_a_spoilt_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(BacklightError, match=r"state\.sqlite cannot be used \(file is not a database\)"):
        open_store(tmp_path)


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BacklightError, match="cannot be used"):
        open_store(tmp_path / "file" / "below")


def test_tables_and_writes_are_postgresql_too() -> None:
    dialect = postgresql.dialect()
    for table in METADATA.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
    for table in (ENTERED_TARGETS, SAVED_MAPPINGS, SETTINGS):
        assert "ON CONFLICT" in str(upsert("postgresql", table, "name", "value").compile(dialect=dialect))
