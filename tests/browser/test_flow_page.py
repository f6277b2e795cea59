"""The Flow page's tabs and the Settings page: whole at every width, in light and dark, and down to the tickets."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Serve
from tests.browser.tab import Tab, tab_on
from tests.flow.event_log import desk_of_log

pytestmark = pytest.mark.browser
WIDTHS = (1920, 390, 1280)  # the last one has room for the navigation
TICKETS = 40
STEPS = (
    ("08", "New", "Service Desk", 3),
    ("09", "Awaiting User Info", "Workplace Services", 2),
    ("12", "Active", "Service Desk", 2),
    ("15", "Resolved", "Service Desk", 2),
)
LOG = "\n".join(
    [
        "ticket | updated | state | group | priority",
        *(
            f"{ticket} | 2026-03-{1 + ticket % 28:02d} {hour}:00 | {state} | {group} | {priority}"
            for ticket in range(1, TICKETS + 1)
            for hour, state, group, priority in STEPS
        ),
    ]
)
# What each tab answers with. Of the seven hours open, three were on hold.
TABS = {
    "Hand-offs": f"100.0 % of the {TICKETS} tickets opened were handed to another group at least once; {TICKETS} of",
    "Where tickets wait": f"Tickets were on hold for {3 / 7 * 100:.1f} % of their open time.",
    "Time in the system": f"85 % of the {TICKETS} tickets that were resolved took at most 7.0 h",
    "Changes of priority": f"100.0 % of the {TICKETS} tickets opened had their priority changed, 1.0 times each",
}


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("log")
    desk_of_log(LOG, folder).engine.close()
    with serve(folder / "db") as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_is_whole_at_every_width(browser: Browser, address: str, scheme: str) -> None:
    with tab_on(browser, address, color_scheme=scheme, viewport={"width": 1280, "height": 900}) as tab:
        tab.go("flow")
        for name, sentence in TABS.items():
            tab.page.get_by_role("tab", name=name, exact=True).click()
            tab.shows(sentence)
            _is_whole_at_every_width(tab, f"{scheme}-{name.casefold().replace(' ', '-')}")
        tab.menu("Settings")
        tab.shows("Nothing is shown in money until it is set")
        tab.shows("Counted now: Monday to Friday, 08:00 to 18:00")
        _is_whole_at_every_width(tab, f"{scheme}-settings")


def test_a_row_of_ping_pong_leads_to_its_tickets(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("flow")
        tab.shows(
            f"All {TICKETS} returns were between Service Desk and Workplace Services, on {TICKETS} tickets, 5.0 days"
        )
        table = tab.page.locator(".st-key-ping_pong")
        table.scroll_into_view_if_needed()
        expect(table.locator('[role="gridcell"]').nth(4)).to_have_text(str(TICKETS * 3))  # hours away, as a number
        # The table is a picture: its first row's box is clicked where it is drawn.
        box = table.locator("canvas").first.bounding_box()
        assert box
        tab.page.mouse.click(box["x"] + 16, box["y"] + 52)
        dialog = tab.page.get_by_role("dialog")
        words = f"{TICKETS} tickets that went back and forth between Service Desk and Workplace Services."
        expect(dialog.get_by_text(words)).to_be_visible()
        expect(dialog.locator('[role="gridcell"]').filter(has_text="INC00000").first).to_be_attached()
        tab.picture("flow/tickets-of-a-pair")


def test_a_cost_is_set_and_taken_away_on_the_settings_page(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("settings")
        box = tab.page.get_by_role("spinbutton", name="Cost of an hour, in your currency")
        for entered, said in (("45", "An hour of work costs 45.00."), ("0", "Not set.")):
            box.fill(entered)
            tab.press("Save")
            tab.shows(said)
            expect(box).to_have_value(f"{entered}.00")
            tab.settled()


def _is_whole_at_every_width(tab: Tab, name: str) -> None:
    for width in WIDTHS:
        tab.page.set_viewport_size({"width": width, "height": 900})
        tab.settled()
        expect(tab.part("stException")).to_have_count(0)
        assert tab.page.evaluate("document.scrollingElement.scrollWidth <= window.innerWidth"), f"{name} at {width}"
        inner = tab.part("stMain").evaluate("main => main.scrollWidth <= main.clientWidth")
        assert inner, f"{name} at {width}"
