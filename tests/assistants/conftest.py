"""A server on the small desk, shared by a file of tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistants.assistant import Assistant
from tests.assistants.small_desk import small_desk
from tests.warehouse_of import snapshot_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database folder of the small desk."""
    made = tmp_path_factory.mktemp("assistants")
    snapshot_of(small_desk(), made)
    return made


@pytest.fixture(scope="module")
def log(folder: Path) -> Path:
    """What the server writes to stderr."""
    return folder / "log.txt"


@pytest.fixture(scope="module")
def assistant(folder: Path, log: Path) -> Iterator[Assistant]:
    """A conversation with a server on the small desk."""
    with log.open("w") as written, Assistant(folder, written) as talking:
        yield talking
