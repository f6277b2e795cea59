"""A browser tab on a Backlight server: it waits for what a person would wait for, and notes what must never happen."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect, sync_playwright

from tests.browser.desk_export import ZONE
from tests.chromium import find

ARTIFACTS = Path(__file__).parents[1] / "artifacts"
PATIENCE = 30_000
MOST_SHOTS = 25
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
# Schemes of addresses that lead nowhere outside the page.
INSIDE = ("data", "blob", "about")
# Below a page's own address Streamlit looks for a server in vain before it asks the right one: not found, and expected.
PROBED = re.compile(
    r"/(ask|explore|backlog|flow|resolution|forecast|self_check|plan|tickets|sql|definitions|data|settings)"
    r"/_stcore/(health|host-config)$"
)

expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Tab:
    """A page on the server at `address`; `faults` collects requests elsewhere, errors and alerts."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str = "") -> None:
        """Open a page by its address, as a new visitor does."""
        self.page.goto(f"{self.address}/{path}")
        self.settled()

    def settled(self) -> None:
        """Wait until the script has run to its end."""
        self.part("stApp").and_(self.page.locator('[data-test-script-state="notRunning"]')).wait_for()

    def part(self, kind: str) -> Locator:
        """Streamlit's elements of a kind."""
        return self.page.get_by_test_id(kind)

    def keyed(self, key: str) -> Locator:
        """The element that has this key in the code."""
        return self.page.locator(f".st-key-{key}")

    def press(self, label: str) -> None:
        """The button that says exactly this."""
        self.page.get_by_role("button", name=label, exact=True).click()

    def menu(self, title: str) -> None:
        """Go to another page by the navigation."""
        self.part("stTopNavLink").filter(has_text=title).click()

    def shows(self, text: str) -> None:
        """Wait for a text that is to come up somewhere."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def shows_cards(self, values: Sequence[str]) -> None:
        """Wait until the five cards have these values."""
        expect(self.part("stMetricValue")).to_have_text(list(values))
        self.settled()

    def cells(self, number: int = 0) -> Locator:
        """Cells of a table, which is a picture that has them beside it for screen readers."""
        return self.part("stDataFrame").nth(number).locator('[role="gridcell"]')

    def picture(self, name: str) -> None:
        """Keep a screenshot of the page at rest; on the way, see that it shows no fault with its insides."""
        self.settled()
        assert "Traceback" not in self.page.locator("body").inner_text()
        expect(self.part("stException")).to_have_count(0)
        expect(self.part("stSkeleton").filter(visible=True)).to_have_count(0)
        before = b""
        for _ in range(MOST_SHOTS):
            shot = self.page.screenshot(animations="disabled")
            if shot == before:
                break
            before = shot
        (ARTIFACTS / f"{name}.png").parent.mkdir(parents=True, exist_ok=True)
        (ARTIFACTS / f"{name}.png").write_bytes(shot)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        yield browser
        browser.close()


@contextmanager
def tab_on(browser: Browser, address: str, **options: Any) -> Iterator[Tab]:
    """A tab with nothing in its past; `options` are those of Playwright's `new_context`."""
    chosen = {"viewport": {"width": 1440, "height": 1000}, "color_scheme": "light"} | options
    context = browser.new_context(timezone_id=ZONE, locale="en-GB", **chosen)
    context.set_default_timeout(PATIENCE)
    tab = Tab(context.new_page(), address)
    _watch(tab)
    try:
        yield tab
    finally:
        context.close()
    assert not tab.faults, "\n".join(tab.faults)


def _watch(tab: Tab) -> None:
    tab.page.on("request", lambda request: _note_elsewhere(tab, request.url))
    tab.page.on("websocket", lambda socket: _note_elsewhere(tab, socket.url))
    tab.page.on("pageerror", lambda error: tab.faults.append(f"page error: {error}"))
    tab.page.on("console", lambda said: _note_error(tab, said))
    # An open dialog stops the page: whatever it says, it is a fault.
    tab.page.on("dialog", lambda dialog: (tab.faults.append(f"a dialog: {dialog.message}"), dialog.dismiss()))


def _note_error(tab: Tab, said: ConsoleMessage) -> None:
    where = said.location.get("url", "")
    if said.type == "error" and not PROBED.search(where):
        tab.faults.append(f"console: {said.text} {where}")


def _note_elsewhere(tab: Tab, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in INSIDE and parts.netloc != urlsplit(tab.address).netloc:
        tab.faults.append(f"a request elsewhere: {url}")
