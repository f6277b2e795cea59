"""The filters stay from page to page, over back and forward, and are gone once they are reset."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.browser.conftest import Serve
from tests.browser.desk_export import ZONE, export
from tests.browser.tab import Tab, tab_on

pytestmark = pytest.mark.browser
FILTERED = re.compile(r"\?(?=.*period=12\+months)(?=.*assignment_group=Network)")
START = "flow?assignment_group=Network&period=12+months"
WITHOUT_A_BAR = ("Definitions", "Data", "Settings")


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("desk")
    (folder / "incidents.csv").write_bytes(export())
    import_exports(folder / "database", [folder / "incidents.csv"], ImportOptions(time_zone=ZONE))
    with serve(folder / "database") as opened:
        yield opened


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    """Flow of one group over 12 months, opened by a link."""
    with tab_on(browser, address) as opened:
        opened.go(START)
        _is_filtered(opened, "flow")
        yield opened


def _is_filtered(tab: Tab, path: str) -> None:
    expect(tab.page).to_have_url(re.compile(rf"/{path}{FILTERED.pattern}"))
    expect(tab.page.get_by_role("radio", name="12 months")).to_have_attribute("aria-checked", "true")
    expect(tab.page.locator(".st-key-assignment_group")).to_contain_text("Network")
    tab.settled()


def _is_unfiltered(tab: Tab, path: str) -> None:
    expect(tab.page).to_have_url(re.compile(rf"/{path}$"))
    expect(tab.page.get_by_role("radio", name="90 days")).to_have_attribute("aria-checked", "true")
    expect(tab.page.locator(".st-key-assignment_group")).not_to_contain_text("Network")
    tab.settled()


def test_they_stay_on_every_page_that_has_them(tab: Tab) -> None:
    for title in ("Backlog", "Resolution", "Tickets", "Overview", "Flow"):
        tab.menu(title)
        _is_filtered(tab, "" if title == "Overview" else title.casefold())


def test_they_stay_over_pages_that_have_none(tab: Tab) -> None:
    for title in WITHOUT_A_BAR:
        tab.menu(title)
        expect(tab.page).to_have_url(re.compile(rf"/{title.casefold()}$"))
        tab.settled()
    tab.menu("Flow")
    _is_filtered(tab, "flow")


def test_back_and_forward_keep_them(tab: Tab) -> None:
    tab.menu("Backlog")
    _is_filtered(tab, "backlog")
    tab.page.go_back()
    # Streamlit may keep the address as the navigation had emptied it: the filters are put in again.
    expect(tab.page).to_have_url(FILTERED)
    if "/backlog" in tab.page.url:
        _is_filtered(tab, "backlog")
        tab.page.go_back()
    _is_filtered(tab, "flow")
    tab.page.go_forward()
    _is_filtered(tab, "backlog")


def test_reset_is_for_all_pages_until_one_goes_back(tab: Tab) -> None:
    tab.menu("Backlog")
    _is_filtered(tab, "backlog")
    tab.press("Reset")
    _is_unfiltered(tab, "backlog")
    tab.page.go_back()
    _is_filtered(tab, "backlog")
    tab.page.go_forward()
    _is_unfiltered(tab, "backlog")
    for title in ("Flow", "Backlog"):
        tab.menu(title)
        _is_unfiltered(tab, title.casefold())


def test_a_link_with_filters_wins_over_those_that_were_kept(tab: Tab) -> None:
    tab.menu("Backlog")
    _is_filtered(tab, "backlog")
    tab.go("flow?priority=1")  # as typed: the page is loaded anew
    expect(tab.page.locator(".st-key-priority")).to_contain_text("1")
    expect(tab.page).to_have_url(re.compile(r"/flow\?priority=1$"))
    tab.menu("Resolution")
    expect(tab.page).to_have_url(re.compile(r"/resolution\?priority=1$"))
    tab.settled()
