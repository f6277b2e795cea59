"""A real Chromium that says when a page has been drawn: all cards, all charts, and nothing moving any more."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.chromium import find

QUIET = 300
PATIENCE = 60_000
PROBE = (Path(__file__).parent / "probe.js").read_text()
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """What a page has when it is complete."""

    cards: int
    charts: int


@contextmanager
def fresh_browser() -> Iterator[BrowserContext]:
    """A browser that has never been anywhere: a new process on an empty profile."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find(), args=list(ARGUMENTS), viewport={"width": 1440, "height": 1000}
        )
        context.add_init_script(PROBE)
        try:
            yield context
        finally:
            context.close()


def look(context: BrowserContext, address: str) -> Shown:
    """What the page shows once it has been still for two seconds."""
    page = context.new_page()
    page.goto(address)
    _settled(page, Shown(1, 0), 0, 2_000)
    shown = Shown(**page.evaluate("probe.shown()"))
    page.close()
    return shown


def visit(context: BrowserContext, address: str, shown: Shown) -> tuple[Page, float]:
    """A new tab on the page, and the seconds until it was complete."""
    page = context.new_page()
    page.goto(address, wait_until="commit")
    return page, _settled(page, shown, 0) / 1000


def choose(page: Page, shown: Shown, label: str, value: str) -> float:
    """Add `value` to the multiselect `label`; the seconds from the key until every card and chart was drawn again."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(value)
    page.get_by_role("option", name=value).wait_for()
    return _after(page, shown, "Enter")


def take_back(page: Page, shown: Shown) -> float:
    """Take the last value out of the multiselect that has the focus; the seconds until all was drawn again."""
    return _after(page, shown, "Backspace")


def _after(page: Page, shown: Shown, key: str) -> float:
    before = page.evaluate("performance.now()")
    page.keyboard.press(key)
    drawn = _settled(page, shown, before)
    return (drawn - float(page.evaluate("probe.asked"))) / 1000


def _settled(page: Page, shown: Shown, since: float, quiet: int = QUIET) -> float:
    wanted = {"count": shown.cards + shown.charts, "since": since, "quiet": quiet}
    page.wait_for_function("window.probe && window.probe.settled !== undefined", timeout=PATIENCE)
    handle = page.wait_for_function("wanted => probe.settled(wanted)", arg=wanted, polling=50, timeout=PATIENCE)
    return float(handle.json_value())
