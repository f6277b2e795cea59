"""The main path, as a person takes it: from nothing to numbers that can be traced, and back to nothing.

Each step leaves its picture in tests/artifacts/main-path/.
"""

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.desk_export import ALL, FORMULA, HOSTILE, REJECTED_LINE, ROWS, ZONE, export, of_group
from tests.browser.tab import Tab

pytestmark = pytest.mark.browser
GROUP = "Network"
THEIRS = of_group(GROUP)


def test_from_an_export_to_traceable_numbers_and_back(tmp_path: Path, open_tab: OpenTab) -> None:
    with open_tab(tmp_path / "database") as tab:
        _nothing_is_loaded(tab)
        _what_is_recognised_is_shown_before_the_import(tab)
        _the_report_accounts_for_every_row(tab)
        _the_cards_have_the_numbers(tab)
        _a_filter_narrows_them(tab)
        _the_address_keeps_the_filter(tab)
        _a_number_is_explained(tab)
        _a_card_leads_to_its_tickets(tab)
        _the_download_has_them_all(tab)
        _the_definitions_are_a_click_away(tab)
        _undo_brings_back_nothing(tab)


def _nothing_is_loaded(tab: Tab) -> None:
    tab.go()
    tab.shows("See why the backlog grows")
    expect(tab.part("stMetric")).to_have_count(0)
    _picture(tab, "01-nothing-loaded")
    tab.press("Load an export")
    tab.shows("Ticket exports")
    assert tab.page.url.endswith("/data")


def _what_is_recognised_is_shown_before_the_import(tab: Tab) -> None:
    file = {"name": "incidents.csv", "mimeType": "text/csv", "buffer": export()}
    tab.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    tab.shows("ServiceNow list export")
    tab.shows(f"{len(ROWS) + 2} rows")
    expect(tab.cells().filter(has_text="sla_due")).to_have_count(1)
    expect(tab.page.get_by_role("combobox", name="Time zone")).to_have_value(ZONE)
    expect(tab.page.get_by_role("button", name="Import 1 file")).to_be_enabled()
    _picture(tab, "02-recognised")


def _the_report_accounts_for_every_row(tab: Tab) -> None:
    tab.press("Import 1 file")
    tab.shows(f"{len(ROWS) + 2} rows read = {len(ROWS)} tickets + 1 merged + 1 rejected")
    expect(tab.cells(1).nth(0)).to_have_text(str(REJECTED_LINE))
    expect(tab.cells(1).nth(1)).to_contain_text("'never'")
    _picture(tab, "03-report")


def _the_cards_have_the_numbers(tab: Tab) -> None:
    tab.menu("Overview")
    tab.shows_cards(ALL.cards())
    expect(tab.part("stMetricLabel")).to_have_text(
        ["Mean time to resolve", "First contact resolution", "SLA adherence", "Ticket volume", "Backlog"]
    )
    _picture(tab, "04-overview")


def _a_filter_narrows_them(tab: Tab) -> None:
    assert THEIRS.cards() != ALL.cards()
    box = tab.page.get_by_role("combobox", name="Assignment group")
    box.click()
    box.fill(GROUP)
    tab.page.get_by_role("option", name=GROUP, exact=True).click()
    tab.shows_cards(THEIRS.cards())
    tab.page.keyboard.press("Escape")
    _picture(tab, "05-one-group")


def _the_address_keeps_the_filter(tab: Tab) -> None:
    filtered = re.compile(rf"[?&]assignment_group={GROUP}$")
    expect(tab.page).to_have_url(filtered)
    tab.page.reload()
    tab.shows_cards(THEIRS.cards())
    expect(tab.page).to_have_url(filtered)
    tab.page.go_back()
    tab.shows_cards(ALL.cards())
    expect(tab.page).not_to_have_url(filtered)
    tab.page.go_forward()
    tab.shows_cards(THEIRS.cards())
    _picture(tab, "06-after-reload-back-and-forward")


def _a_number_is_explained(tab: Tab) -> None:
    tab.page.locator(".st-key-card_mttr").get_by_role("button", name="How?").click()
    dialog = tab.page.get_by_role("dialog")
    for words in ("Mean calendar hours from opened to resolved", f"where assignment group is {GROUP}"):
        expect(dialog.get_by_text(words).first).to_be_visible()
    expect(dialog.get_by_text(f"/ {len(THEIRS.resolved())}")).to_be_visible()
    left_out = (text for why, n in THEIRS.left_out_of_mttr().items() if n for text in (f"left out: {why}", str(n)))
    expect(dialog.locator('[role="gridcell"]')).to_have_text(["used", str(len(THEIRS.resolved())), *left_out])
    dialog.get_by_text("The statement that was run").click()
    expect(dialog.get_by_text("sum(resolution_hours) AS mttr_numerator")).to_be_visible()
    _picture(tab, "07-explained")
    tab.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def _a_card_leads_to_its_tickets(tab: Tab) -> None:
    count = len(THEIRS.opened())
    tab.page.locator(".st-key-card_volume").get_by_role("link", name=f"{count} tickets").click()
    tab.shows(f"{count} tickets opened from")
    tab.shows(f"where assignment group is {GROUP}, counted in Ticket volume.")
    expect(tab.page).to_have_url(re.compile(rf"/tickets\?(?=.*assignment_group={GROUP})(?=.*kpi=volume)"))
    _picture(tab, "08-tickets")


def _the_download_has_them_all(tab: Tab) -> None:
    with tab.page.expect_download() as waiting:
        tab.press(f"Download all {len(THEIRS.opened())} as CSV")
    with Path(waiting.value.path()).open(encoding="utf-8-sig", newline="") as file:
        titles = {row["ticket_id"]: row["title"] for row in csv.DictReader(file)}
    written = {row.number: row.title for row in THEIRS.opened()}
    assert {HOSTILE, FORMULA} <= set(written.values())
    assert titles == {number: f"'{title}" if title == FORMULA else title for number, title in written.items()}


def _the_definitions_are_a_click_away(tab: Tab) -> None:
    tab.menu("Definitions")
    tab.shows("What every number means")
    tab.page.get_by_text("SLA adherence").first.click()
    tab.shows("Met / (met + breached) of the resolution target")
    expect(tab.page).to_have_url(re.compile(r"kpi=sla_adherence"))
    _picture(tab, "09-definitions")


def _undo_brings_back_nothing(tab: Tab) -> None:
    tab.menu("Data")
    tab.press("Undo the last import")
    dialog = tab.page.get_by_role("dialog")
    expect(dialog.get_by_text("incidents.csv")).to_be_visible()
    _picture(tab, "10-undo")
    dialog.get_by_role("button", name="Undo", exact=True).click()
    tab.shows("The last import is undone.")
    tab.menu("Overview")
    tab.shows("See why the backlog grows")
    _picture(tab, "11-nothing-loaded-again")


def _picture(tab: Tab, name: str) -> None:
    tab.picture(f"main-path/{name}")
