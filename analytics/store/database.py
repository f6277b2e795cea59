"""The connection to entered state: SQLite in the database folder, or whatever BACKLIGHT_STATE_URL names.

On SQLite every write is one BEGIN IMMEDIATE transaction with synchronous=FULL: writers queue instead of failing,
and what was acknowledged survives a killed process and a power cut.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from analytics.store.errors import BadStoreUrl, StoreUnavailable

FILE = "state.sqlite"
BUSY_SECONDS = 10
_DIALECTS = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Database:
    """One place with entered state. Threads may share it."""

    engine: Engine

    @property
    def place(self) -> str:
        """Where the state is, for people; without a password."""
        url = self.engine.url
        return url.database or "memory" if self.engine.dialect.name == "sqlite" else url.render_as_string()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the write lock from its start, and is on disk when this ends."""
        with self._told(), self.engine.connect() as connection:
            connection.execution_options(backlight_writes=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip()
            raise StoreUnavailable(self.place, cause.splitlines()[0]) from error


def connect(folder: Path, url: str | None) -> Database:
    """The database of `url`, else `state.sqlite` in `folder`."""
    address = _parsed(url) if url else _file_in(folder)
    try:
        engine = create_engine(address)
    except ImportError as error:
        raise BadStoreUrl(f"needs a driver that is not installed ('{error.name}')") from error
    except NoSuchModuleError as error:
        raise BadStoreUrl("names a driver that SQLAlchemy does not know") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return Database(engine)


def _file_in(folder: Path) -> URL:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(str(folder), error.strerror or "no such folder") from error
    return URL.create("sqlite", database=str(folder.absolute() / FILE))


def _parsed(url: str) -> URL:
    try:
        address = make_url(url)
        known = address.get_backend_name() in _DIALECTS
    except (ArgumentError, ValueError) as error:
        raise BadStoreUrl("is not a database URL") from error
    if not known:
        raise BadStoreUrl("names a database that Backlight does not know")
    if address.database in (None, "", ":memory:"):
        raise BadStoreUrl("names no place to keep what people enter")
    return address


def _prepare(connection: SqliteConnection, _: object) -> None:
    # None: the driver begins nothing by itself, so that _begin decides how.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _use_wal(connection: SqliteConnection) -> None:
    # SQLite does not wait for busy_timeout here when two processes create the file at once.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except SqliteError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)
        else:
            return


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("backlight_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
