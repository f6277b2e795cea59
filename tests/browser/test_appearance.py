"""The pages in the dark, in a narrow window, and for whoever comes straight to one of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.browser.conftest import OpenTab, Serve
from tests.browser.desk_export import ALL, ZONE, export
from tests.browser.tab import Tab, tab_on

pytestmark = pytest.mark.browser
PAGES = (
    "Overview",
    "Ask",
    "Explore",
    "Backlog",
    "Flow",
    "Resolution",
    "Forecast",
    "Self-check",
    "Plan",
    "Tickets",
    "SQL",
    "Definitions",
    "Data",
    "Settings",
)


@pytest.fixture(scope="module")
def loaded(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the export."""
    folder = tmp_path_factory.mktemp("loaded")
    file = folder / "incidents.csv"
    file.write_bytes(export())
    import_exports(folder / "database", [file], ImportOptions(time_zone=ZONE))
    with serve(folder / "database") as address:
        yield address


@pytest.mark.parametrize("path", ["definitions", "tickets", "data"])
def test_a_server_whose_first_visitor_comes_straight_to_a_page_draws_the_whole_frame(
    tmp_path: Path, open_tab: OpenTab, path: str
) -> None:
    with open_tab(tmp_path / "database") as tab:
        tab.go(path)
        _has_the_frame(tab)
        tab.picture(f"first-visit/{path}")
        tab.menu("Overview")
        tab.shows("See why the backlog grows")
        _has_the_frame(tab)


def test_the_dark_theme_follows_the_browser(browser: Browser, loaded: str) -> None:
    with tab_on(browser, loaded, color_scheme="dark") as tab:
        tab.go()
        tab.shows_cards(ALL.cards())
        expect(tab.part("stApp")).to_have_css("background-color", "rgb(18, 22, 27)")
        tab.picture("dark")


@pytest.mark.parametrize("path", ["", "tickets", "definitions", "data", "data?part=Import"])
def test_in_a_narrow_window_nothing_is_beyond_its_edge(browser: Browser, loaded: str, path: str) -> None:
    with tab_on(browser, loaded, viewport={"width": 900, "height": 1000}) as tab:
        tab.go(path)
        tab.picture(f"narrow/{re.sub('[^a-z]+', '-', path.casefold()) or 'overview'}")
        assert tab.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth")
        assert tab.part("stMetricValue").evaluate_all(_CUT_OFF) == []


# The texts that end in an ellipsis because their box is too small.
_CUT_OFF = """boxes => boxes.flatMap(box => [box, ...box.querySelectorAll('*')])
  .filter(box => box.scrollWidth > box.clientWidth && getComputedStyle(box).textOverflow === 'ellipsis')
  .map(box => box.innerText)"""


def _has_the_frame(tab: Tab) -> None:
    links = tab.part("stTopNavLink")
    expect(links).to_have_count(len(PAGES))
    for link, title in zip(links.all(), PAGES, strict=True):
        expect(link).to_contain_text(title)
