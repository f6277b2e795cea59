"""The Forecast page in a real browser: whole at every width, and a link that keeps horizon, series and replay."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Serve
from tests.browser.tab import Tab, tab_on
from tests.flow.streams import tickets_of
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.browser
WEEKS = 80
WIDTHS = (1920, 390, 1280)  # the last one has room for the navigation
FLOW = [(20 + week % 3, 20 + week % 2) for week in range(WEEKS)]
TABS = {
    "What lies ahead?": "in the next 13 weeks",
    "How good is it?": "What we would have said",
    "How does it work?": "What it cannot know",
}
_SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .every(box => box.scrollWidth <= box.clientWidth)"""


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("forecast")
    snapshot_of(
        [*tickets_of(FLOW, assignment_group="Desk"), *tickets_of([(4, 4)] * WEEKS, assignment_group="Field")], folder
    )
    with serve(folder) as opened:
        yield opened


@pytest.fixture
def tab(browser: Browser, address: str) -> Iterator[Tab]:
    with tab_on(browser, address, viewport={"width": 1280, "height": 900}) as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_is_whole_at_every_width(browser: Browser, address: str, scheme: str) -> None:
    with tab_on(browser, address, color_scheme=scheme, viewport={"width": 1280, "height": 900}) as tab:
        tab.go("forecast")
        for name, sentence in TABS.items():
            tab.page.get_by_role("tab", name=name, exact=True).click()
            tab.shows(sentence)
            for width in WIDTHS:
                tab.page.set_viewport_size({"width": width, "height": 900})
                tab.page.wait_for_function(_SIDEWAYS)
            assert "could not be drawn" not in tab.page.locator("body").inner_text()
            tab.picture(f"forecast/{scheme}-{re.sub('[^a-z]+', '-', name.casefold()).strip('-')}")


def test_the_horizon_changes_the_fans_and_stays_in_the_link(tab: Tab) -> None:
    tab.go("forecast")
    tab.shows("in the next 13 weeks")
    tab.page.get_by_role("radio", name="4", exact=True).click()
    tab.shows("in the next 4 weeks")
    expect(tab.page).to_have_url(re.compile("horizon=4"))
    tab.page.reload()
    tab.shows("in the next 4 weeks")
    tab.page.get_by_role("radio", name="Days", exact=True).click()
    tab.shows("in the next 28 days")
    expect(tab.page).not_to_have_url(re.compile("horizon="))
    tab.page.go_back()
    tab.shows("in the next 4 weeks")


def test_the_replay_follows_the_slider_and_stays_in_the_link(tab: Tab) -> None:
    tab.go("forecast?show=How+good+is+it%3F&series=inflow")
    said = tab.page.get_by_text(re.compile("^On .* we would have said: about .* come in until"))
    expect(said).to_be_visible()
    newest = said.inner_text()
    tab.page.get_by_role("slider").focus()
    tab.page.keyboard.press("Home")
    expect(said).not_to_have_text(newest)
    expect(tab.page).to_have_url(re.compile("origin=20[0-9-]+"))
    tab.settled()
    oldest = said.inner_text()
    came = tab.page.locator(".st-key-replay .legendtext").filter(has_text="what came")
    expect(came).to_be_visible()
    tab.page.reload()
    expect(said).to_have_text(oldest)


def test_a_split_lists_its_values(tab: Tab) -> None:
    tab.go("forecast?ahead_by=assignment_group")
    tab.shows("Of the 2 values of assignment group")
    expect(tab.cells().filter(has_text="Field")).to_have_count(1)
    assert "ahead_by=assignment_group" in tab.page.url


def test_the_second_opinion_is_worked_out_when_it_is_opened(tab: Tab) -> None:
    tab.go("forecast?show=How+good+is+it%3F&series=inflow")
    tab.shows("A second opinion")
    expect(tab.page.get_by_text("A structural model with the calendar says")).to_have_count(0)
    tab.page.get_by_text("A second opinion", exact=True).click()
    tab.shows("A structural model with the calendar says")
    tab.shows("No season: it takes 104 whole weeks to tell one, and there are ")
