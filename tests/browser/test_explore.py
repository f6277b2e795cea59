"""Explore in a real browser: click a row, narrow, compare, sort by change, pivot, go back, and send the link on."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Serve
from tests.browser.tab import Tab, tab_on
from tests.pages.desk_page import HOSTILE, ticket
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.browser
WIDTHS = (1920, 390, 1280)  # the last one has room for the navigation
# Pixels from a table's top to the middle of its first row, and from one row to the next.
FIRST_ROW, ROW = 52, 32
DESK, NETWORK = 40, 60
# What each tab says; of the tickets of the 90 days, and of those before.
SAYS = {"Leaderboards": "Click a period", "Pivot": "Click a cell", "What differs": "beyond chance"}


def _desk() -> list[dict[str, Any]]:
    """Network takes ten times as long as Desk and doubled; one name is hostile."""
    rows = [
        ticket(days, hours, assignment_group=group, category=category, ticket_type="incident")
        for group, hours, category, now, before in (
            ("Desk", 3, "Mail", DESK, 40),
            ("Network", 30, "Line", NETWORK, 30),
            (HOSTILE, 3, "Mail", 8, 8),
        )
        for count, since in ((now, 1), (before, 91))
        for days in range(since, since + count)
    ]
    return [*rows, ticket(200), ticket(1 / 8, 3, assignment_group="Desk")]


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("explore")
    snapshot_of(_desk(), folder)
    with serve(folder) as opened:
        yield opened


def test_from_a_row_to_the_tickets_and_back(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("explore?kpi=mttr")
        tab.shows("Mean time to resolve")
        _click_row(tab, tab.part("stDataFrame").first, 0)
        actions = tab.keyed("actions_assignment_group")
        expect(actions.get_by_text("Network", exact=True)).to_be_visible()
        actions.get_by_role("button", name="Only this").click()
        expect(tab.part("stMetricValue")).to_have_text("30.0 h")
        assert _asked(tab)["assignment_group"] == ["Network"]
        tab.picture("explore/narrowed")

        tab.page.get_by_role("radio", name="Risen most").click()
        _wait_for(tab, "order", ["change desc"])
        tab.page.go_back()
        _wait_for(tab, "order", None)
        expect(tab.part("stMetricValue")).to_have_text("30.0 h")
        tab.page.go_back()
        _wait_for(tab, "assignment_group", None)
        expect(tab.part("stMetricValue")).not_to_have_text("30.0 h")
        tab.page.go_forward()
        _wait_for(tab, "assignment_group", ["Network"])
        expect(tab.part("stMetricValue")).to_have_text("30.0 h")
        tab.settled()
        tab.keyed("explore_headline").get_by_text("Tickets", exact=True).click()
        tab.shows("where assignment group is Network")
        tab.picture("explore/tickets")


def test_a_value_compared_with_the_rest_and_the_link_sent_on(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("explore?kpi=mttr")
        tab.shows("Mean time to resolve")
        _click_row(tab, tab.part("stDataFrame").first, 0)
        tab.keyed("actions_assignment_group").get_by_role("button", name="Compare with the rest").click()
        tab.shows("All tickets: typically 30.0 h, 3.0 h in the rest")
        tab.picture("explore/what-differs")
        link = tab.page.url
    with tab_on(browser, address) as other:
        other.page.goto(link)
        other.settled()
        other.shows("All tickets: typically 30.0 h, 3.0 h in the rest")


def test_a_cell_of_the_pivot_leads_to_its_tickets(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("explore?show=Pivot&by=assignment_group&by=category")
        tab.shows("Click a cell")
        table = tab.part("stDataFrame").first
        expect(table.locator('[role="gridcell"]').filter(has_text="Network").first).to_be_attached()
        box = table.locator("canvas").first.bounding_box()
        assert box
        tab.page.mouse.click(box["x"] + 260, box["y"] + FIRST_ROW)
        line = tab.keyed("picked_pivot")
        expect(line.get_by_text("Network, Line")).to_be_visible()
        line.get_by_role("button", name="Look").click()
        dialog = tab.page.get_by_role("dialog")
        expect(dialog.get_by_text(f"{NETWORK} tickets opened")).to_be_visible()
        tab.picture("explore/cell")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_is_whole_at_every_width(browser: Browser, address: str, scheme: str) -> None:
    with tab_on(browser, address, color_scheme=scheme, viewport={"width": 1280, "height": 900}) as tab:
        tab.go("explore?kpi=mttr")
        for name, said in SAYS.items():
            tab.page.get_by_role("tab", name=name, exact=True).click()
            tab.shows(said)
            for width in WIDTHS:
                tab.page.set_viewport_size({"width": width, "height": 900})
                tab.settled()
                expect(tab.part("stException")).to_have_count(0)
                inner = tab.part("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
                assert inner, f"{name} at {width}"
            tab.picture(f"explore/{scheme}-{name.casefold().replace(' ', '-')}")


def _click_row(tab: Tab, table: Locator, row: int) -> None:
    """A table is a picture: its row is clicked where it is drawn."""
    expect(table.locator('[role="gridcell"]').first).to_be_attached()
    tab.settled()
    box = table.locator("canvas").first.bounding_box()
    assert box
    tab.page.mouse.click(box["x"] + 60, box["y"] + FIRST_ROW + row * ROW)


def _asked(tab: Tab) -> dict[str, list[str]]:
    return parse_qs(urlsplit(tab.page.url).query)


def _wait_for(tab: Tab, name: str, texts: list[str] | None) -> None:
    tab.page.wait_for_function(
        "([name, texts]) => new URLSearchParams(location.search).getAll(name).join('|') === texts.join('|')",
        arg=[name, texts or []],
    )
    tab.settled()
