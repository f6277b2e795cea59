"""Text of an export in a real browser: shown as it stands, whatever it pretends to be."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.desk_export import HOSTILE
from tests.browser.tab import Tab
from tests.pages.desk_page import ticket
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.browser
# Enough to cross every bar of a chart, and to stay above each long enough for its tooltip.
STEPS = 12
_PLANTED = 'main img[src="x"], main [src*="127.0.0.1:1"], main [href*="127.0.0.1:1"]'
_LARGE = """pictures => pictures.map(picture => picture.getBoundingClientRect().toJSON())
  .filter(box => box.width > 150 && box.height > 80)"""


def _desk() -> list[dict[str, Any]]:
    """Two tickets a day; every text that a page can show is hostile."""
    texts = dict.fromkeys(("title", "category", "assignment_group", "channel", "service"), HOSTILE)
    return [ticket(day / 2, source=f"desk {HOSTILE}", ticket_type="incident", **texts) for day in range(1, 180)]


@pytest.mark.parametrize("path", ["", "tickets", "data", "definitions"])
def test_text_of_an_export_acts_on_no_page(tmp_path: Path, open_tab: OpenTab, path: str) -> None:
    snapshot_of(_desk(), tmp_path)
    with open_tab(tmp_path) as tab:
        tab.go(f"{path}?{urlencode({'category': HOSTILE, 'assignment_group': HOSTILE, 'service': HOSTILE})}")
        _look_everywhere(tab)
        tab.picture(f"hostile/{path or 'overview'}")


def test_what_hostile_text_counts_is_shown(tmp_path: Path, open_tab: OpenTab) -> None:
    snapshot_of(_desk(), tmp_path)
    with open_tab(tmp_path) as tab:
        tab.go(f"tickets?{urlencode({'category': HOSTILE})}")
        tab.shows(f"where category is {HOSTILE}")
        tab.page.get_by_role("combobox", name="Assignment group").click()
        expect(tab.page.get_by_role("option", name=HOSTILE)).to_be_visible()
        tab.picture("hostile/options")


def _look_everywhere(tab: Tab) -> None:
    """Hover over every picture, so that tooltips come up; nothing planted may have become an element."""
    tab.settled()
    pictures = tab.page.locator("canvas, svg")
    for box in pictures.evaluate_all(_LARGE):
        for step in range(STEPS * STEPS):
            down, across = divmod(step, STEPS)
            tab.page.mouse.move(
                box["x"] + box["width"] * (across + 0.5) / STEPS, box["y"] + box["height"] * (down + 0.5) / STEPS
            )
        expect(tab.page.locator(_PLANTED)).to_have_count(0)
