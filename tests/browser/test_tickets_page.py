"""The Tickets page in a browser: from a number to its tickets, to one of them, to a file, and all the way back."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from playwright.sync_api import Browser, expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import Serve
from tests.browser.desk_export import HOSTILE
from tests.browser.tab import Tab, tab_on
from tests.flow.event_log import desk_of_log

pytestmark = pytest.mark.browser
TICKETS = 40
FORMULA = "=1+1 vpn"
STEPS = (("08", "New", "Service Desk"), ("09", "Awaiting User Info", "Network"), ("12", "Active", "Service Desk"))
# Beside the head of the table: the box of the first row, and a column's head, where the picture has them.
HEAD, FIRST_ROW = 16, 52


def _title(ticket: int) -> str:
    return {3: FORMULA, 6: f"vpn {HOSTILE}".replace("|", "/")}.get(ticket, ("printer", "VPN", "mail")[ticket % 3])


VPN = sorted(f"INC{ticket:07d}" for ticket in range(1, TICKETS + 1) if "vpn" in _title(ticket).lower())
LOG = "\n".join(
    [
        "ticket | updated | state | group | short_description",
        *(
            f"{ticket} | 2026-03-{1 + ticket % 28:02d} {hour}:00 | {state} | {group} | {_title(ticket)}"
            for ticket in range(1, TICKETS + 1)
            for hour, state, group in (*STEPS, (f"{13 + ticket % 9}", "Resolved", "Service Desk"))
        ),
    ]
)


@pytest.fixture(scope="module")
def address(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("log")
    desk_of_log(LOG, folder).engine.close()
    with serve(folder / "db") as opened:
        yield opened


def test_from_a_number_to_one_ticket_to_a_file_and_back(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        _a_number_leads_to_its_tickets(tab)
        _a_search_narrows_them(tab)
        _columns_are_chosen(tab)
        _a_head_sorts_all_of_them(tab)
        _every_file_has_what_is_on_screen(tab)
        _a_row_opens_its_ticket(tab)
        _the_way_back_is_the_way_there(tab)


def _a_number_leads_to_its_tickets(tab: Tab) -> None:
    tab.go()
    tab.page.locator(".st-key-card_volume").get_by_role("link", name=f"{TICKETS} tickets").click()
    tab.shows(f"{TICKETS} tickets opened from")
    tab.picture("tickets/list")


def _a_search_narrows_them(tab: Tab) -> None:
    box = tab.page.get_by_placeholder("Search in titles")
    box.fill("vpn")
    box.press("Enter")
    tab.shows("with 'vpn' in the title.")
    expect(tab.page).to_have_url(re.compile(r"[?&]title=vpn(&|$)"))
    tab.settled()


def _columns_are_chosen(tab: Tab) -> None:
    tab.part("stPopoverButton").filter(has_text="Columns").click()
    box = tab.page.get_by_role("combobox", name="Columns, in the order they are shown")
    box.fill("Opened (day)")
    tab.page.get_by_role("option", name="Opened (day)", exact=True).click()
    expect(tab.page).to_have_url(re.compile(r"columns=opened_on(&|$)"))
    tab.picture("tickets/columns")
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")


def _table(tab: Tab) -> tuple[float, float]:
    box = tab.part("stDataFrame").locator("canvas").first.bounding_box()
    assert box
    return box["x"], box["y"]


def _a_head_sorts_all_of_them(tab: Tab) -> None:
    tab.settled()
    x, y = _table(tab)
    for order in ("ticket_id", "-ticket_id"):
        tab.page.mouse.click(x + 90, y + HEAD)
        expect(tab.page).to_have_url(re.compile(rf"[?&]sort={order}(&|$)"))
        tab.settled()
    expect(tab.cells().filter(has_text=re.compile(r"^INC")).first).to_have_text(VPN[-1])


def _every_file_has_what_is_on_screen(tab: Tab) -> None:
    rows = list(csv.DictReader(io.StringIO(_download(tab, f"Download all {len(VPN)} as CSV").decode("utf-8-sig"))))
    assert [row["ticket_id"] for row in rows] == VPN[::-1]
    assert f"'{FORMULA}" in {row["title"] for row in rows}
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(_download(tab, "XLSX"))).get_sheet_by_name("Tickets").to_python()
    assert sheet[0][-1] == "Opened (day)"
    assert [row[0] for row in sheet[1:]] == VPN[::-1]
    table = pq.read_table(io.BytesIO(_download(tab, "Parquet")))
    assert table["ticket_id"].to_pylist() == VPN[::-1]
    assert table.column_names == list(rows[0])
    assert FORMULA in table["title"].to_pylist()


def _download(tab: Tab, label: str) -> bytes:
    with tab.page.expect_download() as waiting:
        tab.press(label)
    return Path(waiting.value.path()).read_bytes()


def _a_row_opens_its_ticket(tab: Tab) -> None:
    x, y = _table(tab)
    tab.page.mouse.click(x + 18, y + FIRST_ROW)
    tab.shows(f"{VPN[-1]}  ·  ServiceNow")
    tab.shows("Handed from one group to another twice in its history.")
    expect(tab.part("stPlotlyChart").locator(".main-svg").first).to_be_visible()
    expect(tab.cells().filter(has_text="Network").first).to_be_attached()
    tab.picture("tickets/one")
    tab.press("Next")
    tab.shows(f"2 of {len(VPN)}")
    tab.shows(f"{VPN[-2]}  ·  ServiceNow")
    tab.page.reload()
    tab.shows(f"{VPN[-2]}  ·  ServiceNow")


def _the_way_back_is_the_way_there(tab: Tab) -> None:
    tab.page.go_back()
    tab.shows(f"{VPN[-1]}  ·  ServiceNow")
    tab.press("All tickets of the list")
    tab.shows("with 'vpn' in the title.")
    expect(tab.page).to_have_url(re.compile(r"sort=-ticket_id"))
    for _ in range(7):
        tab.page.go_back()
        tab.settled()
        if "/tickets" not in tab.page.url:
            break
    expect(tab.part("stMetric").first).to_be_visible()


def test_tickets_opened_from_a_picture_have_a_page_of_their_own(browser: Browser, address: str) -> None:
    with tab_on(browser, address) as tab:
        tab.go("flow")
        table = tab.page.locator(".st-key-ping_pong")
        table.scroll_into_view_if_needed()
        box = table.locator("canvas").first.bounding_box()
        assert box
        tab.page.mouse.click(box["x"] + 16, box["y"] + FIRST_ROW)
        words = f"{TICKETS} tickets that went back and forth between"
        expect(tab.page.get_by_role("dialog").get_by_text(words)).to_be_visible()
        tab.press("Open as a page")
        expect(tab.page).to_have_url(re.compile(r"/tickets\?selection=[0-9a-f]{16}$"))
        tab.shows("the filters do not apply to them")
        tab.shows(words)
        link = tab.page.url
        tab.picture("tickets/of-a-picture")
    with tab_on(browser, address) as other:
        other.page.goto(link)
        other.shows(words)
        other.press("Back to all tickets")
        other.shows("counted in Ticket volume")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["tickets?not_assignment_group=Desk&bound=reassignment_count>1", f"tickets?ticket={VPN[0]}"]
)
def test_it_is_whole_at_every_width(browser: Browser, address: str, path: str, scheme: str) -> None:
    with tab_on(browser, address, color_scheme=scheme, viewport={"width": 1280, "height": 900}) as tab:
        tab.go(path)
        for width in (1920, 390, 1280):
            tab.page.set_viewport_size({"width": width, "height": 900})
            tab.settled()
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width
            tab.picture(f"tickets/{'one' if 'ticket=' in path else 'list'}-{scheme}-{width}")
