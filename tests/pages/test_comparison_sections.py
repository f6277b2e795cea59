"""Case mix, what moved MTTR, and business hours on a page: their sentences, inert names, and a change of calendar."""

import time
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analytics.business_hours import calendar_in_force
from analytics.warehouse.business_calendar import shipped_calendar
from analytics.warehouse.engine import open_engine
from tests.pages.desk_page import AS_OF, HOSTILE, busy_desk, markdown_places, ticket, words
from tests.warehouse_of import Ticket, snapshot_of


def _run(name: str, call: str = "filter_bar(engine), engine", **address: str) -> AppTest:
    script = f"""
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section({call}))
"""
    app = AppTest.from_string(script, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def _loaded(tickets: list[Ticket], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(tickets, folder)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(folder))


def _rival_groups() -> list[Ticket]:
    """The group with the hostile name takes four times as long for either category."""
    return [
        ticket(day, hours * (4 if group == HOSTILE else 1) + number, assignment_group=group, category=category)
        for day in range(1, 21) for number in (0, 1)
        for category, hours in (("Mail", 4), ("SAP", 12)) for group in (HOSTILE, "Desk")
    ]  # fmt: skip


def test_the_slow_group_is_named_and_its_name_stays_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _loaded(_rival_groups(), tmp_path, monkeypatch)
    app = _run("case_mix")
    assert not app.exception
    assert f"With category taken out, {HOSTILE} is the slowest: typically" in words(app)
    assert not [place for place in markdown_places(app, HOSTILE) if place != "popover"]


def test_what_moved_the_mean_is_split_by_what_the_address_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _loaded([*busy_desk(), ticket(400, 1)], tmp_path, monkeypatch)
    app = _run("mttr_change", moved_by="ticket_type")
    assert not app.exception
    # Of the newest 90 days every second day's second ticket took 30 hours.
    assert "Against the 90 days before, the mean time to resolve rose from 10.0 h to 15." in words(app)
    assert "from tickets of the same ticket type taking more time" in words(app)
    by_default = _run("mttr_change", moved_by="site")  # not recorded here
    assert [box.value for box in by_default.selectbox] == ["assignment_group"]


def test_names_in_what_moved_the_mean_stay_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older = [dict(t, opened_at=t["opened_at"] - timedelta(days=90), resolved_at=t["resolved_at"] - timedelta(days=92))
             for t in _rival_groups() if t["resolved_at"] - t["opened_at"] > timedelta(hours=50)]  # fmt: skip
    _loaded([*_rival_groups(), ticket(400, 1), *(t for t in older if t["opened_at"] <= t["resolved_at"])],
            tmp_path, monkeypatch)  # fmt: skip
    app = _run("mttr_change")
    assert not app.exception
    assert not [place for place in markdown_places(app, HOSTILE) if place != "popover"]


@pytest.mark.parametrize(
    ("section", "says"),
    [("case_mix", "Cannot tell who is slower"), ("mttr_change", "Cannot tell what moved the mean time to resolve")],
)
def test_where_nothing_is_resolved_a_sentence_says_so(
    section: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _loaded([ticket(3, None), ticket(0, None)], tmp_path, monkeypatch)
    app = _run(section)
    assert not app.exception
    assert says in words(app)


@pytest.fixture
def hours_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    _loaded([*busy_desk()], tmp_path, monkeypatch)
    return _run("business_hours", "engine")


def _box(app: AppTest, label: str) -> object:
    return next(box for box in [*app.selectbox, *app.text_input] if box.label == label)


def test_the_calendar_in_force_and_its_closed_days_are_shown(hours_page: AppTest) -> None:
    assert not hours_page.exception
    assert "Counted now: Monday to Friday, 08:00 to 18:00, no public holidays." in words(hours_page)
    assert f"Closed days in {AS_OF.year}" in words(hours_page)


def test_hours_that_cannot_be_meant_change_nothing(hours_page: AppTest, tmp_path: Path) -> None:
    _box(hours_page, "Opening hours").set_value("18:00-08:00")  # type: ignore[attr-defined]
    app = hours_page.button[-1].click().run()
    assert "Business hours 18:00-08:00 end before they start" in words(app)
    assert _in_force(tmp_path) == shipped_calendar()


def test_another_country_is_counted_anew_by_a_process_of_its_own(hours_page: AppTest, tmp_path: Path) -> None:
    _box(hours_page, "Public holidays of").set_value("GB")  # type: ignore[attr-defined]
    app = hours_page.run()
    _box(app, "Part of the country").set_value("SCT")  # type: ignore[attr-defined]
    app = app.button[-1].click().run()
    run = app.session_state["business_hours_run"]
    assert "Counting business hours anew" in str([status.label for status in app.status])
    deadline = time.monotonic() + 60
    while not run.done and time.monotonic() < deadline:
        time.sleep(0.1)
    app = app.run()
    assert (
        "Counted now: Monday to Friday, 08:00 to 18:00, closed on the public holidays of United Kingdom (SCT)."
        in words(app)
    )
    assert "Saint Andrew's Day" in str([frame.value for frame in app.dataframe])
    assert _in_force(tmp_path).subdivision == "SCT"


def _in_force(folder: Path) -> object:
    engine = open_engine(folder)
    found = calendar_in_force(engine)
    engine.close()
    return found
