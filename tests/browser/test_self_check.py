"""The whole way of a team: answer, see the evidence, open tickets, make it an action, and measure it a month later."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.warehouse.import_options import ImportOptions
from analytics.warehouse.importer import import_exports
from tests.bench.server import serving
from tests.browser.tab import Tab, tab_on
from tests.browser.two_exports import CHASERS, STARTED, WEEKS_BEFORE, WEEKS_IN_ALL, export, opened_in_week

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
ANSWERS = {
    "backlog_stands_still": "Yes",
    "problems_return": "Don't know",
    "reporting_is_manual": "Yes",
    "users_chase": "No",
    "changes_break_things": "No",
    "starters_wait": "Don't know",
    "no_strategic_work": "Don't know",
}
WHO = "Ann Lee <b>![x](http://127.0.0.1:1/beacon)</b>"
REMEDY = find_questionnaire("diagnostic").statement("users_chase").remedy
NEXT_MONTH = "2026-07-27"


def imported(folder: Path, weeks: int) -> None:
    """Load the export of so many weeks, as a person does who comes with a newer one."""
    file = folder.parent / f"{weeks} weeks.csv"
    file.write_bytes(export(weeks))
    import_exports(folder, [file], ImportOptions(time_zone="UTC"))


@contextmanager
def on_day(browser: Browser, folder: Path, day: str, log: Path) -> Iterator[Tab]:
    """A tab on a server for which it is that day."""
    environment = {"BACKLIGHT_DATABASE": str(folder), "BACKLIGHT_TODAY": day}
    with serving(ROOT / "dashboard.py", environment, log) as address, tab_on(browser, address) as tab:
        yield tab
    assert "Traceback" not in log.read_text(), log.read_text()


def test_a_team_answers_sees_acts_and_measures(browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "database"
    imported(folder, WEEKS_BEFORE)
    with on_day(browser, folder, STARTED.isoformat(), tmp_path / "first.log") as tab:
        answers(tab)
        sees_the_evidence(tab)
        acts(tab)
    imported(folder, WEEKS_IN_ALL)
    with on_day(browser, folder, NEXT_MONTH, tmp_path / "second.log") as tab:
        measures(tab)


def answers(tab: Tab) -> None:
    """All seven, then the review, then hand them in."""
    tab.go("self_check")
    for place, (statement, answer) in enumerate(ANSWERS.items(), 1):
        tab.keyed(f"answer_diagnostic_{statement}").get_by_role("radio", name=answer, exact=True).click()
        tab.shows(f"{place} of 7 answered")
    tab.keyed("answer_role").get_by_role("radio").first.click()
    tab.press("Review and submit")
    tab.keyed("submit_answers").get_by_role("button").click()
    tab.shows("Thank you. Your answers are in. You ticked 2 of 7.")
    tab.shows("Specific gaps")
    tab.picture("self-check/thanks")


def sees_the_evidence(tab: Tab) -> None:
    """The tickets disagree on chasers, and show which they are."""
    tab.keyed("thanks_results").get_by_role("button").click()
    tab.shows("You ticked 2 of 7;")
    tab.picture("self-check/results")
    asked = CHASERS * WEEKS_BEFORE
    tab.shows(f"{asked} tickets ask about one that was there already")


def acts(tab: Tab) -> None:
    """Make it an action and begin it."""
    card = tab.keyed("said_users_chase")
    expect(card).to_contain_text("said and found disagree")
    card.get_by_role("button", name="The tickets", exact=True).click()
    expect(tab.part("stDialog")).to_contain_text(f"{CHASERS * WEEKS_BEFORE} ")
    tab.page.keyboard.press("Escape")
    expect(tab.part("stDialog")).to_have_count(0)
    card.get_by_role("link", name="Make it an action").click()
    tab.settled()
    expect(tab.page.get_by_label("What", exact=True)).to_have_value(REMEDY)
    tab.page.get_by_label("Who", exact=True).fill(WHO)
    tab.page.get_by_label("Promised change in %").fill("-13")
    tab.press("Add it")
    tab.shows(WHO)
    tab.press("Begin")
    tab.shows("Begun 1 Jun 2026")
    tab.picture("plan/begun")


def measures(tab: Tab) -> None:
    """Before and after, told by the page and counted again from the export."""
    tab.go(f"plan?{urlencode({'show': 'Did it work?'})}")
    tab.shows("1 action has begun with a KPI to move: 1 better")
    tab.picture("plan/did-it-work")
    before = mean(opened_in_week(week) for week in range(WEEKS_BEFORE))
    after = mean(opened_in_week(week) for week in range(WEEKS_BEFORE, WEEKS_IN_ALL))
    weeks, change = WEEKS_IN_ALL - WEEKS_BEFORE, round(after - before)
    assert change == -CHASERS
    tab.shows(f"Ticket volume was {after:.0f} on average in the {weeks} weeks since 1 Jun 2026, {change} against")
    tab.shows("Promised: -13 %")
    tab.shows("Less was promised, and so counts as better.")
