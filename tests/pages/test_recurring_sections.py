"""What returns, and its problem records, on the pages: found, owned, dismissed, edited by two, and inert."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.diagnostic.recurrence.group_definition import GroupDefinition
from analytics.store import open_store
from analytics.store.problem_records import ProblemRecord, ProblemRecords
from tests.diagnostic.printers import AS_OF, faulty_printer, newest, quiet_printers
from tests.pages.desk_page import HOSTILE, markdown_places, words
from tests.warehouse_of import snapshot_of

ITEM = f"PRN {HOSTILE}"
DEFINITION = GroupDefinition("item", "Printing", configuration_item=ITEM)
TODAY = AS_OF.date()
TICKETS = [*quiet_printers(), *faulty_printer(item=ITEM, title=HOSTILE, assignment_group="Desk"), newest()]


def _app(name: str, **address: str) -> AppTest:
    script = f"""
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
# A page is linked to only where there is a navigation.
st.page_link = lambda *_, **__: None
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    app = AppTest.from_string(script, default_timeout=120)
    for key, value in address.items():
        app.query_params[key] = value
    return app


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(st, "page_link", st.page_link)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(TICKETS, folder)
    return folder


@pytest.fixture
def problems(_loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProblemRecords:
    copytree(_loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    return open_store(tmp_path).problems


def _record(problems: ProblemRecords, **more: object) -> int:
    fields = {"opened_on": TODAY, "root_cause_due_on": TODAY + timedelta(days=7), "filters": DEFINITION.json}
    return problems.add(ProblemRecord(DEFINITION.key, HOSTILE, "Ada", **(fields | more)))  # type: ignore[arg-type]


def test_what_returns_is_said_drawn_and_inert(problems: ProblemRecords) -> None:
    app = _app("recurring").run()
    assert not app.exception
    assert app.markdown[0].value.startswith("**1 thing broke again and again")
    assert "8 tickets" in app.markdown[0].value
    # The value of a text field is shown as it is.
    assert set(markdown_places(app, "127.0.0.1:9")) <= {"text_input"}
    assert problems.all() == ()


def test_a_record_needs_a_person_and_has_five_business_days(problems: ProblemRecords) -> None:
    app = _app("recurring").run()
    for refused in ("Desk", "Print team", ""):
        app.text_input(key=f"problem_owner_{DEFINITION.key}").set_value(refused)
        app = next(button for button in app.button if button.label == "Open the record").click().run()
        assert "one person" in words(app)
        assert problems.all() == ()
    app.text_input(key=f"problem_owner_{DEFINITION.key}").set_value("Ada Lovelace")
    app = next(button for button in app.button if button.label == "Open the record").click().run()
    assert not app.exception
    (kept,) = problems.all()
    assert (kept.entered.owner, kept.entered.group_key, kept.entered.filters) == (
        "Ada Lovelace", DEFINITION.key, DEFINITION.json,
    )  # fmt: skip
    days = (kept.entered.root_cause_due_on - kept.entered.opened_on).days
    assert days >= 6 if kept.entered.opened_on.weekday() < 5 else days >= 5
    assert "has a problem record" in app.markdown[0].value


def test_a_group_is_dismissed_for_a_reason_and_brought_back(problems: ProblemRecords) -> None:
    app = _app("recurring").run()
    app.text_input(key=f"dismiss_reason_{DEFINITION.key}").set_value("It is being replaced")
    app = next(button for button in app.button if button.label == "Dismiss it").click().run()
    assert [one.reason for one in problems.dismissed()] == ["It is being replaced"]
    assert "1 group was dismissed" in app.markdown[0].value
    assert "It is being replaced" in words(app)
    app = app.button(key=f"bring_back_{DEFINITION.key}").click().run()
    assert problems.dismissed() == ()
    assert "1 thing broke" in app.markdown[0].value


def test_records_show_who_owns_them_and_whether_it_stayed_gone(problems: ProblemRecords) -> None:
    _record(problems, status="fixed", fixed_on=TODAY - timedelta(days=60))
    _record(problems, root_cause_due_on=TODAY)
    app = _app("problem_records").run()
    assert not app.exception
    shown = words(app)
    assert "1 problem record is open here, 1 with the root cause overdue; 1 fixed" in shown
    assert "It came back: 6 tickets in 60 days since the fix" in shown
    assert markdown_places(app, "127.0.0.1:9") == []


def test_without_a_record_the_way_to_one_is_said(problems: ProblemRecords) -> None:
    assert problems.all() == ()
    app = _app("problem_records").run()
    assert "No problem record is open here" in words(app)
    assert "A record is opened from what returns" in words(app)


def test_of_two_who_change_one_record_the_second_is_told_and_loses_nothing(problems: ProblemRecords) -> None:
    number = _record(problems)
    app = _app("problem_records").run()
    app = app.button(key=f"edit_problem_{number}").click().run()
    app.text_area(key=f"problem_{number}_cause").set_value("Mine: the driver")
    problems.change(number, 1, root_cause="Theirs: the cable")
    app = next(button for button in app.button if button.label == "Save").click().run()
    shown = words(app)
    assert "Somebody else" in shown
    assert "Theirs: the cable" in shown
    assert app.text_area(key=f"problem_{number}_cause").value == "Mine: the driver"
    assert problems.one(number).entered.root_cause == "Theirs: the cable"
    app = next(button for button in app.button if button.label == "Save").click().run()
    assert problems.one(number).entered.root_cause == "Mine: the driver"
    assert [change.version for change in problems.changes(number)] == [1, 2, 3]
