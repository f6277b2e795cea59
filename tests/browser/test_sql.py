"""The SQL page in a real browser: a link runs nothing, the keyboard runs it, and Cancel ends what would not end."""

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Serve
from tests.browser.tab import Tab, tab_on
from tests.pages.desk_page import busy_desk
from tests.warehouse_of import snapshot_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="SQL runs on Linux only"),
]
_SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .every(box => box.scrollWidth <= box.clientWidth)"""


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("sql")
    snapshot_of(busy_desk(), folder)
    with serve(folder) as opened:
        yield opened


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    with tab_on(browser, address, viewport={"width": 1280, "height": 900}) as opened:
        yield opened


def _type(tab: Tab, statement: str) -> None:
    box = tab.page.locator(".st-key-sql_text textarea")
    box.fill(statement)
    box.press("Control+Enter")


def test_a_link_waits_for_a_person_and_the_keyboard_runs_it(tab: Tab) -> None:
    tab.go("sql?sql=SELECT+count(*)+AS+how_many+FROM+tickets&seconds=60")
    tab.shows("Nothing was run yet")
    tab.page.locator(".st-key-sql_text textarea").press("Control+Enter")
    tab.shows("1 row")
    expect(tab.part("stDownloadButton")).to_be_visible()
    for width in (390, 1280):
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.page.wait_for_function(_SIDEWAYS)
        tab.picture(f"sql/result-{width}")


def test_what_would_never_end_is_cancelled_and_back_brings_the_statement_before(tab: Tab) -> None:
    tab.go("sql?seconds=60")
    _type(tab, "SELECT 1 AS first_one")
    tab.shows("1 row")
    _type(tab, "SELECT count(*) FROM range(1000000000000)")
    tab.keyed("sql_cancel").get_by_role("button").click()
    tab.shows("The statement was cancelled.")
    tab.page.go_back()
    expect(tab.page.locator(".st-key-sql_text textarea")).to_have_value("SELECT 1 AS first_one")


def test_a_refusal_is_told_in_the_page(tab: Tab) -> None:
    tab.go("sql?seconds=60")
    _type(tab, "SELECT * FROM '/etc/hosts'")
    tab.shows("The statement was not run")
    tab.shows("files cannot be read.")
