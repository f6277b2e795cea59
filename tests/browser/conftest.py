"""A real Chromium, and real servers on databases of their own."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.bench.server import serving
from tests.browser.tab import Tab, chromium, tab_on
from tests.chromium import HOW, NONE, find

ROOT = Path(__file__).parents[2]
Serve = Callable[[Path], AbstractContextManager[str]]
OpenTab = Callable[..., AbstractContextManager[Tab]]


# Not for the whole session: while it is open, asyncio refuses a second loop to the tests that come after.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without one these tests are left out."""
    if find() in (None, NONE):
        pytest.skip(HOW)
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Serve:
    """`serve(database)`: the address of a dashboard on that folder, whose log must hold no fault in the end."""

    @contextmanager
    def serving_it(database: Path) -> Iterator[str]:
        log = tmp_path_factory.mktemp("server") / "log"
        with serving(ROOT / "dashboard.py", {"BACKLIGHT_DATABASE": str(database)}, log) as address:
            yield address
        assert "Traceback" not in log.read_text(), log.read_text()

    return serving_it


@pytest.fixture
def open_tab(browser: Browser, serve: Serve) -> OpenTab:
    """`open_tab(database)`: a tab on a server of its own; further options are those of the browser's context."""

    @contextmanager
    def opened(database: Path, **options: Any) -> Iterator[Tab]:
        with serve(database) as address, tab_on(browser, address, **options) as tab:
            yield tab

    return opened
