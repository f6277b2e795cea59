"""Every test of the store that takes `url` or `open_here` runs twice: on SQLite, and on a real PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.store import Store, open_store
from analytics.store.database import Database, connect
from tests.postgresql import HOW, LEFT_OUT, NONE, CannotStart, Server, find, running
from tests.store.entered import fill

Open = Callable[[], Store]
NewUrl = Callable[[], str]
DIALECTS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL of the tests' own; without one they are skipped, with the reason."""
    programs = find()
    if programs in (None, NONE):
        pytest.skip(LEFT_OUT if programs else HOW)
    pytest.importorskip("psycopg", reason="There is no psycopg, so the store's tests run on SQLite alone.")
    started = running(Path(programs))
    try:
        server = started.__enter__()
    except CannotStart as error:
        pytest.skip(f"PostgreSQL cannot run here, so the store's tests run on SQLite alone ({error}).")
    yield server
    started.__exit__(None, None, None)


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """The database that a test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def url(dialect: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    return new_url(dialect, request, tmp_path / "state.sqlite")


@pytest.fixture
def open_here(url: str, tmp_path: Path) -> Iterator[Open]:
    """`open_here()`: the store of this test, opened once more."""
    opened: list[Store] = []

    def open_it() -> Store:
        opened.append(open_store(tmp_path, url))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()


@pytest.fixture
def store(open_here: Open) -> Store:
    """The store of this test."""
    return open_here()


@pytest.fixture
def unmade(url: str, tmp_path: Path) -> Iterator[Database]:
    """The database of this test before it has tables."""
    database = connect(tmp_path, url)
    yield database
    database.engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "backup.zip"


@pytest.fixture
def backed_up(tmp_path: Path, file: Path) -> tuple[Path, Store]:
    """A backup with something in every table, and the SQLite store it came from."""
    store = open_store(tmp_path / "source")
    fill(store)
    store.back_up(file)
    return file, store


def new_url(dialect: str, request: pytest.FixtureRequest, file: Path) -> str:
    """An empty database of one kind: on SQLite this file."""
    if dialect == "sqlite":
        return f"sqlite:///{file}"
    server: Server = request.getfixturevalue("postgresql")
    return server.new_database()
