"""The Resolution page in the browser: every tab at three widths in both themes, a month's tickets, a baseline reset."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from analytics.demo import write_exports
from analytics.store import open_store
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.browser.conftest import Serve
from tests.browser.tab import Tab, tab_on

pytestmark = pytest.mark.browser
TICKETS = 1_500
WIDTHS = (1280, 1920, 390)
# What the main sentence of each tab says on the simulated desk.
SENTENCES = {
    "Time to resolve": r"^Of the tickets opened in \w+ \d{4}",
    "What moved it": r"^Against the 90 days before, the mean time to resolve",
    "Groups, like with like": r"^With .* taken out",
    "SLA adherence": r"met the resolution target",
    "About to breach": r"open tickets? (is|are) not yet due",
    "First contact": r"^First contact resolution is \d+\.\d %",
    "Signal or noise": r"weekly figures",
}
_BEYOND = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a small simulated desk."""
    made = tmp_path_factory.mktemp("resolution")
    import_exports(made / "database", write_exports(made, TICKETS, 7), ImportOptions())
    return made / "database"


@pytest.fixture(scope="module")
def address(serve: Serve, folder: Path) -> Iterator[str]:
    """The address of a server that has it."""
    with serve(folder) as served:
        yield served


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_tab_answers_and_fits_at_every_width(browser: Browser, address: str, scheme: str) -> None:
    with tab_on(browser, address, color_scheme=scheme) as tab:
        tab.go("resolution")
        for name, sentence in SENTENCES.items():
            tab.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            _open(tab, name)
            for width in WIDTHS:
                tab.page.set_viewport_size({"width": width, "height": 900})
                expect(tab.page.get_by_text(re.compile(sentence)).first).to_be_visible()
                assert tab.page.evaluate(_BEYOND) <= 0, f"{name} at {width}"
            expect(tab.part("stException")).to_have_count(0)
            expect(tab.part("stAlert")).to_have_count(0)


def test_a_month_shows_its_open_tickets_and_back_leads_to_the_tab_before(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("resolution")
        bars = tab.part("stPlotlyChart").first.locator(".barlayer .point")
        expect(bars.first).to_be_visible()
        box = tab.part("stPlotlyChart").first.locator(".barlayer .point path").last.bounding_box()
        assert box
        tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        dialog = tab.page.get_by_role("dialog")
        expect(dialog.get_by_text(re.compile(r"^\d+ tickets opened in \w+ \d{4} are still open"))).to_be_visible()
        tab.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        _open(tab, "SLA adherence")
        expect(tab.page).to_have_url(re.compile(r"show=SLA"))
        tab.page.go_back()
        expect(tab.page.get_by_text(re.compile(SENTENCES["Time to resolve"])).first).to_be_visible()


def test_a_baseline_is_reset_with_a_note_and_the_reset_undone(browser: Browser, address: str, folder: Path) -> None:
    with tab_on(browser, address) as tab:
        tab.go("resolution?show=Signal+or+noise")
        tab.page.get_by_role("button", name="Baseline").first.click()
        tab.page.get_by_role("textbox", name="Note").fill("A new tool")
        tab.page.get_by_role("button", name="Reset the baseline here").click()
        undo = tab.page.get_by_role("button", name="Undo this reset")
        expect(undo).to_be_visible()
        tab.shows("A new tool")
        (kept,) = open_store(folder).baselines()
        assert (kept.kpi, kept.note, kept.undone) == ("mttr", "A new tool", False)
        undo.click()
        expect(undo).to_have_count(0)
        tab.settled()
        assert open_store(folder).baselines()[0].undone


def _open(tab: Tab, name: str) -> None:
    tab.page.get_by_role("tab", name=name, exact=True).click()
    tab.settled()
