"""Text of an export in a real browser: shown as it stands, whatever it pretends to be."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Serve
from tests.browser.desk_export import HOSTILE
from tests.browser.tab import Tab, tab_on
from tests.pages.desk_page import ticket
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.browser
# Enough to cross every bar of a chart, and to stay above each long enough for its tooltip.
STEPS = 10
_PLANTED = 'img[src="x"], [src*="127.0.0.1:1/"], [href*="127.0.0.1:1/"]'
_LARGE = """pictures => pictures.map(picture => picture.getBoundingClientRect().toJSON())
  .filter(box => box.width > 150 && box.height > 80)"""


def _desk() -> list[dict[str, Any]]:
    """Two tickets a day; every text that a page can show is hostile."""
    texts = dict.fromkeys(("title", "category", "assignment_group", "channel", "service"), HOSTILE)
    return [ticket(day / 2, source=f"desk {HOSTILE}", ticket_type="incident", **texts) for day in range(1, 180)]


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the hostile desk."""
    folder = tmp_path_factory.mktemp("hostile")
    snapshot_of(_desk(), folder)
    with serve(folder) as found:
        yield found


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("", {}),
        ("tickets", {}),
        ("tickets", {"not_channel": HOSTILE, "title": HOSTILE}),
        ("data", {}),
        ("sql", {}),
        ("definitions", {}),
        ("explore", {"not_channel": HOSTILE, "title": HOSTILE}),
        ("explore", {"show": "Pivot", "by": ["assignment_group", "category"]}),
        ("ask", {"q": f"volume of {HOSTILE} by group"}),
        ("ask", {"q": HOSTILE, "kpi": "volume", "by": "assignment_group", "not_channel": HOSTILE, "title": HOSTILE}),
        ("ask", {"kpi": "volume", "by": ["assignment_group", "category"], "intent": "measure"}),
        ("ask", {"kpi": "volume", "intent": "tickets"}),
        ("ask", {}),
    ],
)
def test_text_of_an_export_acts_on_no_page(
    browser: Browser, address: str, path: str, more: dict[str, str | list[str]]
) -> None:
    values = {"category": HOSTILE, "assignment_group": HOSTILE, "service": HOSTILE} if "q" not in more else {}
    with tab_on(browser, address) as tab:
        tab.go(f"{path}?{urlencode(values | more, doseq=True)}")
        _look_everywhere(tab, tab.part("stMain"))
        tab.picture(f"hostile/{path or 'overview'}{'-'.join(['', *more])}")


def test_nor_in_a_pinned_question_nor_in_its_name(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("ask?kpi=volume&by=assignment_group")
        tab.page.get_by_role("button", name="Save or pin").click()
        tab.page.get_by_role("textbox", name="Name").fill(HOSTILE)
        tab.page.get_by_text("Pin to the Overview").click()
        tab.press("Save")
        tab.shows("Saved. It is on the Overview.")
        tab.page.keyboard.press("Escape")
        tab.menu("Overview")
        tab.shows("Pinned questions")
        _look_everywhere(tab, tab.part("stMain"))
        tab.picture("hostile/pinned")


def test_nor_in_a_chart_that_is_opened(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go()
        tab.press("Open a chart")
        tab.page.get_by_text("Volume by category").last.click()
        dialog = tab.page.get_by_role("dialog")
        expect(dialog.locator(".main-svg").first).to_be_visible()
        _look_everywhere(tab, dialog)
        tab.picture("hostile/chart")


def test_what_hostile_text_counts_is_shown(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go(f"tickets?{urlencode({'category': HOSTILE})}")
        tab.shows(f"where category is {HOSTILE}")
        tab.page.get_by_role("combobox", name="Assignment group").click()
        expect(tab.page.get_by_role("option", name=HOSTILE)).to_be_visible()
        tab.picture("hostile/options")


def _look_everywhere(tab: Tab, place: Locator) -> None:
    """Hover over every picture, so that tooltips come up; nothing planted may have become an element."""
    tab.settled()
    pictures = place.locator("canvas, svg.main-svg:first-of-type")
    for box in pictures.evaluate_all(_LARGE):
        for step in range(STEPS * STEPS):
            down, across = divmod(step, STEPS)
            tab.page.mouse.move(
                box["x"] + box["width"] * (across + 0.5) / STEPS, box["y"] + box["height"] * (down + 0.5) / STEPS
            )
        expect(tab.page.locator(_PLANTED)).to_have_count(0)
