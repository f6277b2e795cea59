"""Where the state is, how it is opened, and what a person reads when it cannot be."""

import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from analytics.errors import BacklightError
from analytics.store import Store, open_store
from analytics.store.database import BUSY_SECONDS, connect
from analytics.store.settings import set_setting
from analytics.store.tables import ENTERED_TARGETS, METADATA, SAVED_MAPPINGS, SETTINGS
from analytics.store.upsert import upsert
from tests.store.conftest import Open


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


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_place_on_postgresql_is_told_without_its_password(tmp_path: Path, scheme: str) -> None:
    database = connect(tmp_path, f"{scheme}://ada:hidden@server:5433/state?password=hidden&application_name=x")
    assert (database.place, database.file) == ("postgresql://ada:***@server:5433/state", None)
    assert database.engine.driver == "psycopg"


def test_a_server_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(
        BacklightError, match=r"entered in postgresql://ada:\*\*\*@127\.0\.0\.1:1/state cannot be used"
    ) as refused:
        open_store(tmp_path, "postgresql://ada:hidden@127.0.0.1:1/state")
    assert "hidden" not in str(refused.value)


def test_without_its_driver_postgresql_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BacklightError, match=r"BACKLIGHT_STATE_URL needs a driver .*pip install"):
        open_store(tmp_path, "postgresql://server/state")


def test_reading_sees_one_state_throughout_and_writes_nothing(store: Store, open_here: Open) -> None:
    store.set_setting("a", "before")
    with store.database.reading() as connection:
        asked = select(SETTINGS.c.value)
        assert connection.execute(asked).scalar() == "before"
        open_here().set_setting("a", "after")
        assert connection.execute(asked).scalar() == "before"
    assert store.setting("a", "none") == "after"


def test_whoever_is_alone_waits_for_writers_and_writers_for_them(store: Store, open_here: Open) -> None:
    order: list[str] = []

    def alone() -> None:
        with open_here().database.writing(alone=True):
            order.append("alone")
            time.sleep(0.2)
            order.append("no longer")

    with store.database.writing() as connection:
        waiting = Thread(target=alone)
        waiting.start()
        time.sleep(0.3)
        set_setting(connection, "a", "b")
        order.append("written")
    while "alone" not in order:
        time.sleep(0.01)
    store.set_setting("a", "c")
    order.append("written")
    waiting.join()
    assert order == ["written", "alone", "no longer", "written"]


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
