"""The Backlog page in a real browser: every tab at every width and in both themes, and what a click leads to."""

import re
from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.browser.conftest import Serve
from tests.browser.desk_export import ALL, AS_OF, ZONE, export, of_group
from tests.browser.tab import Tab, tab_on

pytestmark = pytest.mark.browser
OPEN = len(ALL.open())
LAST_DAY = f"{AS_OF:%-d %b %Y}"
# What each tab says first.
TABS = {
    "Is it growing?": f"{OPEN} tickets are open at the end of {LAST_DAY}",
    "Why did it change?": f" to {OPEN}).",
    "Where does it lie?": f"{OPEN} tickets are open at the end of {LAST_DAY}",
    "How old is it?": f"of {OPEN} tickets open now",
    "Who moves it?": "the export has no assignees",
    "How does it flow?": f"{len(ALL.opened())} tickets arrived",
}
# Width, height and theme.
VIEWS: tuple[tuple[int, int, Literal["light", "dark"]], ...] = (
    (1280, 900, "light"),
    (1920, 1000, "light"),
    (1920, 1000, "dark"),
    (390, 844, "dark"),
    (390, 844, "light"),
)
MAP = "backlog?show=Where+does+it+lie%3F&map_rows=assignment_group&map_columns=category"
_SIDEWAYS = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
  .map(box => box.scrollWidth - box.clientWidth)"""


@pytest.fixture(scope="module")
def loaded(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has the export."""
    folder = tmp_path_factory.mktemp("backlog")
    file = folder / "incidents.csv"
    file.write_bytes(export())
    import_exports(folder / "database", [file], ImportOptions(time_zone=ZONE))
    with serve(folder / "database") as address:
        yield address


@pytest.fixture
def tab(browser: Browser, loaded: str) -> Iterator[Tab]:
    """A tab of 1280 by 900."""
    with tab_on(browser, loaded, viewport={"width": 1280, "height": 900}) as opened:
        yield opened


@pytest.mark.parametrize("name", TABS)
def test_every_tab_answers_at_every_width_and_in_both_themes(tab: Tab, name: str) -> None:
    tab.go("backlog")
    tab.page.get_by_role("tab", name=name).click()
    tab.shows(TABS[name])
    for width, height, scheme in VIEWS:
        tab.page.set_viewport_size({"width": width, "height": height})
        tab.page.emulate_media(color_scheme=scheme)
        _is_whole(tab, TABS[name])
    tab.picture(f"backlog/{re.sub('[^a-z]+', '-', name.casefold()).strip('-')}")


def test_the_filters_and_their_reset_are_one_row(tab: Tab) -> None:
    tab.go("backlog")
    box = tab.page.locator(".st-key-filters").bounding_box()
    assert box is not None
    assert box["height"] < 60


def test_a_bar_of_the_bridge_leads_to_its_tickets_as_often_as_it_is_clicked(tab: Tab) -> None:
    tab.go("backlog?show=Why+did+it+change%3F")
    dialog = tab.page.get_by_role("dialog")
    for _ in range(2):
        tab.page.locator(".st-key-bridge_waterfall .waterfalllayer .point path").nth(1).click(force=True)
        expect(dialog.get_by_text(f"{len(ALL.opened())} tickets opened in the period")).to_be_visible()
        expect(dialog.locator('[role="gridcell"]').first).to_contain_text("INC00")
        tab.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
    tab.page.get_by_text("30 days", exact=True).click()
    expect(tab.page).to_have_url(re.compile("period=30"))
    tab.settled()
    expect(dialog).to_have_count(0)


def test_a_figure_says_how_it_is_computed(tab: Tab) -> None:
    tab.go("backlog?show=Why+did+it+change%3F")
    tab.page.locator(".st-key-how_bridge").get_by_role("button").click()
    dialog = tab.page.get_by_role("dialog")
    expect(dialog.get_by_text("How is this computed? Bridge")).to_be_visible()
    expect(dialog.get_by_text("The statement that was run")).to_be_visible()


def test_a_note_is_added_marked_and_removed(tab: Tab) -> None:
    tab.go("backlog")
    tab.page.get_by_role("button", name="Add a note").click()
    tab.page.get_by_role("textbox", name="What happened?").fill("moved to another tool")
    tab.part("stFormSubmitButton").filter(has_text="Add").get_by_role("button").click()
    notes = tab.page.get_by_role("button", name="Notes (1)")
    expect(notes).to_be_visible()
    expect(tab.page.locator(".st-key-backlog_trend .legendtext").filter(has_text="note")).to_be_visible()
    tab.page.keyboard.press("Escape")
    notes.click()
    tab.shows(f"{LAST_DAY}: moved to another tool")
    tab.page.get_by_role("button", name="Remove").click()
    expect(notes).to_have_count(0)


def test_a_cell_of_the_map_narrows_the_page_and_back_widens_it(tab: Tab) -> None:
    tab.go(MAP)
    everything = f"{OPEN} tickets are open at the end of {LAST_DAY}"
    tab.shows(everything)
    group = tab.page.locator('.js-plotly-plot [class="ytick"] text').first.text_content()
    assert group
    cell = tab.page.locator(".js-plotly-plot .scatterlayer .point").first
    cell.hover(force=True)
    cell.click(force=True)
    expect(tab.page).to_have_url(re.compile("assignment_group=.*category=Password"))
    tab.shows(f"{len(of_group(group).open())} tickets are open at the end of {LAST_DAY}, too few")
    assert f"assignment_group={group.replace(' ', '+')}" in tab.page.url
    expect(tab.part("stMultiSelect").filter(has_text=group)).to_be_visible()
    tab.page.go_back()
    expect(tab.page).not_to_have_url(re.compile("category="))
    tab.shows(everything)


def _is_whole(tab: Tab, sentence: str) -> None:
    """The sentence stands there, nothing has failed or is still to come, and nothing is beyond the edge."""
    tab.settled()
    expect(tab.page.get_by_text(sentence).first).to_be_visible()
    expect(tab.part("stException")).to_have_count(0)
    expect(tab.part("stSkeleton").filter(visible=True)).to_have_count(0)
    assert "could not be drawn" not in tab.page.locator("body").inner_text()
    tab.page.wait_for_function(f"({_SIDEWAYS})().every(beyond => beyond <= 0)")
