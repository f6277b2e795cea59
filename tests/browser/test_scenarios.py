"""What if? in a real browser: a change added by hand, saved, compared, and kept by the link; texts that cannot act."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Serve
from tests.browser.desk_export import HOSTILE
from tests.browser.tab import Tab, tab_on
from tests.forecast.scenario_desk import what_if_tickets
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.browser
WHAT_IF = {"show": "What if?"}
NAME = "![x](http://127.0.0.1:1/beacon) <b>plan</b>"


@pytest.fixture
def tab(browser: Browser, serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    folder = tmp_path_factory.mktemp("scenarios")
    snapshot_of([_hostile(ticket) for ticket in what_if_tickets()], folder)
    with serve(folder) as address, tab_on(browser, address, viewport={"width": 1280, "height": 1400}) as opened:
        yield opened


def _hostile(ticket: dict[str, Any]) -> dict[str, Any]:
    return ticket | {"category": HOSTILE if ticket["category"] == "Web" else ticket["category"]}


def test_a_change_is_added_saved_and_compared_and_the_link_holds_it(tab: Tab) -> None:
    tab.go(f"forecast?{urlencode(WHAT_IF)}")
    tab.shows("Nothing is changed yet: on the present course the backlog is about")
    tab.page.get_by_role("button", name="Add a change").click()
    tab.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Add").click()
    tab.shows("With this change the backlog is about")
    tab.page.keyboard.press("Escape")
    tab.settled()
    assert "what_if=inflow" in tab.page.url
    tab.page.get_by_role("button", name="Save", exact=False).first.click()
    tab.page.get_by_label("Name").fill(NAME)
    tab.page.get_by_test_id("stPopoverBody").get_by_role("button", name="Save").click()
    tab.shows("Saved.")
    tab.page.keyboard.press("Escape")
    tab.go(f"{tab.page.url.removeprefix(tab.address).lstrip('/')}&{urlencode({'compare': NAME})}")
    tab.shows("With this change the backlog is about")
    expect(tab.cells().filter(has_text=NAME).first).to_be_attached()
    expect(tab.part("stPlotlyChart")).to_have_count(2)
    expect(tab.page.locator('[src*="127.0.0.1:1/"], [href*="127.0.0.1:1/"]')).to_have_count(0)
    assert not tab.faults
    tab.picture("forecast/what-if")
