"""The connection to entered state: SQLite in the database folder, or whatever BACKLIGHT_STATE_URL names.

On SQLite every write is one BEGIN IMMEDIATE transaction with synchronous=FULL: writers queue instead of failing,
and what was acknowledged survives a killed process and a power cut. On PostgreSQL a write is one READ COMMITTED
transaction with synchronous_commit on; each holds a shared lock, so that whoever must be alone can wait for the others.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError as SqliteError
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, make_url, select
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from analytics.store.errors import BadStoreUrl, StoreUnavailable

FILE = "state.sqlite"
# How long a writer waits for others. SQLite serves them in no order: with 20 who never pause, 10 seconds were too few.
BUSY_SECONDS = 30
CONNECT_SECONDS = 10
_DRIVERS = {
    "sqlite": "sqlite", "sqlite+pysqlite": "sqlite",
    "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg",
}  # fmt: skip
# Any fixed number: those who write hold this lock of PostgreSQL together, who migrates or restores holds it alone.
_GATE = 7_215_340


@dataclass(frozen=True)
class Database:
    """One place with entered state. Threads may share it."""

    engine: Engine

    @property
    def is_postgresql(self) -> bool:
        """Whether this is PostgreSQL; else it is SQLite."""
        return self.engine.dialect.name == "postgresql"

    @property
    def place(self) -> str:
        """Where the state is, for people; without a password, wherever the address holds one."""
        url = self.engine.url
        if self.is_postgresql:
            return url.set(drivername="postgresql", query={}).render_as_string()
        return url.database or "memory"

    @property
    def file(self) -> Path | None:
        """The file of a SQLite database; None on PostgreSQL."""
        return None if self.is_postgresql else Path(self.engine.url.database or "")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout."""
        with self._told(), self.engine.connect() as connection:
            if self.is_postgresql:
                connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self, alone: bool = False) -> Iterator[Connection]:
        """A transaction that is on disk when this ends; `alone`: no other one writes from its start to its end.

        SQLite has one writer at a time in any case.
        """
        with self._told(), self.engine.connect() as connection:
            if self.is_postgresql:
                connection.execution_options(isolation_level="READ COMMITTED")
            connection.execution_options(backlight_writes=True)
            with connection.begin():
                if self.is_postgresql:
                    lock = func.pg_advisory_xact_lock if alone else func.pg_advisory_xact_lock_shared
                    connection.execute(select(lock(_GATE)))
                yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            cause = str(getattr(error, "orig", None) or error).strip() or type(error).__name__
            raise StoreUnavailable(self.place, cause.splitlines()[0]) from error


def connect(folder: Path, url: str | None) -> Database:
    """The database of `url`, else `state.sqlite` in `folder`."""
    address = _parsed(url) if url else _file_in(folder)
    try:
        engine = _engine(address)
    except ImportError as error:
        raise BadStoreUrl(
            f"needs a driver that is not installed ('{error.name}'; 'pip install \"psycopg[binary]\"')"
        ) from error
    return Database(engine)


def _engine(address: URL) -> Engine:
    if address.get_backend_name() == "postgresql":
        patience = {} if "connect_timeout" in address.query else {"connect_timeout": CONNECT_SECONDS}
        # A connection may have died since it was last used, with the server or on the way to it.
        engine = create_engine(address, pool_pre_ping=True, connect_args=patience)
        event.listen(engine, "connect", _prepare_postgresql)
    else:
        engine = create_engine(address)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _file_in(folder: Path) -> URL:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(str(folder), error.strerror or "no such folder") from error
    return URL.create("sqlite", database=str(folder.absolute() / FILE))


def _parsed(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise BadStoreUrl("is not a database URL") from error
    if address.drivername not in _DRIVERS:
        raise BadStoreUrl("names a database or driver that Backlight does not know")
    if address.database in (None, "", ":memory:"):
        raise BadStoreUrl("names no place to keep what people enter")
    return address.set(drivername=_DRIVERS[address.drivername])


def _prepare_postgresql(connection: Any, _: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit')")
        if cursor.fetchone()[0] == "off":
            cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


def _prepare_sqlite(connection: SqliteConnection, _: object) -> None:
    # None: the driver begins nothing by itself, so that _begin_sqlite decides how.
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


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("backlight_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
