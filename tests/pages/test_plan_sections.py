"""The plan's own tabs: actions made, changed, met by others' changes; effects; the page to print; inert texts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.plan.today import VARIABLE
from analytics.store import Store, open_store
from analytics.store.actions import Action
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, words
from tests.warehouse_of import snapshot_of

SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
PagesManager.uses_pages_directory = False
from pages.components.page import data_page
from pages.components.filter_bar import filter_bar
from pages.components.actions_section import actions_section
from pages.components.effects_section import effects_section
from pages.components.plan_export_section import plan_export_section
import streamlit as st
def show(engine):
    view = filter_bar(engine)
    tab = st.query_params.get("tab", "actions")
    {"actions": actions_section, "effects": effects_section, "export": plan_export_section}[tab](view, engine)
data_page(show)
"""
# Fields, and the options of a select box: plain text.
PLAIN = {"text_area", "text_input", "selectbox"}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(busy_desk(), folder)
    return folder


@pytest.fixture(autouse=True)
def store(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The state store of a folder of its own; the day is 10 July 2026."""
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    monkeypatch.setenv(VARIABLE, "2026-07-10")
    st.cache_resource.clear()
    yield open_store(tmp_path / "own")
    st.cache_resource.clear()


def run(**address: str | list[str]) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    return checked(next(button for button in app.button if button.label == label).click().run())


def field(app: AppTest, kind: str, label: str, key: str) -> Any:
    found: list[Any] = list(app.get(kind))
    return next(one for one in found if one.label == label and str(one.key).startswith(key))


def enter(app: AppTest, kind: str, label: str, key: str, value: object) -> None:
    field(app, kind, label, key).set_value(value)


def test_a_statement_brings_its_remedy_kpi_team_and_day(store: Store) -> None:
    app = run(statement="no_clear_owner", team="Network", origin="problem 3")
    enter(app, "text_input", "Who", "new_action", "Ada")
    assert "Added as number 1, under 'Planned'." in words(press(app, "Add it"))
    (kept,) = store.actions.all()
    action = kept.entered
    assert action.what.startswith("Give every aged ticket a person")
    assert (action.who, action.kpi, action.statement) == ("Ada", "backlog", "no_clear_owner")
    assert (action.filters, action.origin) == ('{"assignment_group": ["Network"]}', "problem 3")
    assert action.follow_up_on == date(2026, 8, 9)


def test_nothing_is_said_calmly_and_an_empty_action_is_refused(store: Store) -> None:
    app = run()
    assert "begin with one action" in words(app)
    assert "The action is empty" in words(press(app, "Add it"))
    assert store.actions.all() == ()
    assert "There is no action to judge yet." in words(run(tab="effects"))
    assert "The plan is still empty" in words(run(tab="export"))


def test_a_status_goes_on_with_its_day_and_the_change_is_in_the_history(store: Store) -> None:
    number = store.actions.add(Action("Do it", due_on=date(2026, 7, 1)))
    app = run()
    assert "overdue by 9 days" in words(app)
    app = press(press(app, "Begin"), "Done")
    action = store.actions.one(number).entered
    assert (action.status, action.started_on, action.done_on) == ("done", date(2026, 7, 10), date(2026, 7, 10))
    assert "1 action: 1 done; nothing is overdue." in words(app)
    assert len(store.actions.changes(number)) == 3


def test_of_two_edits_at_once_none_is_lost(store: Store) -> None:
    number = store.actions.add(Action("Do it", who="Ada"))
    app, key = press(run(), "Change"), f"edit_action_{number}"
    store.actions.change(number, 1, who="Grace", how="By phone")
    enter(app, "text_input", "Who", key, "Linus")
    enter(app, "text_area", "What", key, "Do it each week")
    app = press(app, "Save")
    said = words(app)
    assert "Theirs: Grace\nYours:  Linus" in said
    assert "Theirs: By phone" in said
    assert store.actions.one(number).entered.who == "Grace"
    assert field(app, "text_area", "What", key).value == "Do it each week"
    assert field(app, "text_input", "How", key).value == "By phone"
    press(app, "Save mine")
    action = store.actions.one(number).entered
    assert (action.what, action.who, action.how) == ("Do it each week", "Linus", "By phone")


def test_edits_of_other_fields_are_joined_before_they_are_saved(store: Store) -> None:
    number = store.actions.add(Action("Do it"))
    app, key = press(run(), "Change"), f"edit_action_{number}"
    store.actions.change(number, 1, due_on=date(2026, 9, 1))
    enter(app, "text_input", "Who", key, "Linus")
    press(press(app, "Save"), "Save mine")
    action = store.actions.one(number).entered
    assert (action.who, action.due_on) == ("Linus", date(2026, 9, 1))


@pytest.mark.parametrize("tab", ["actions", "effects", "export"])
def test_what_people_typed_is_inert(store: Store, tab: str) -> None:
    for _ in range(2):
        number = store.actions.add(
            Action(HOSTILE, who=HOSTILE, how=HOSTILE, origin=HOSTILE, status="under way", kpi="mttr",
                   started_on=date(2026, 5, 1), statement="users_chase", promised_percent=-20)
        )  # fmt: skip
        store.actions.comment(number, HOSTILE)
    app = run(tab=tab)
    assert HOSTILE in str([getattr(element, "proto", "") for element in app.main]).replace("\\n", "\n")
    assert not set(markdown_places(app, HOSTILE)) - PLAIN


def test_an_effect_is_said_with_its_promise_and_its_overlap(store: Store) -> None:
    for _ in range(2):
        store.actions.add(
            Action("Do it", status="under way", kpi="mttr", started_on=date(2026, 4, 6), promised_percent=-20)
        )
    said = words(run(tab="effects"))
    assert "2 actions have begun with a KPI to move" in said
    assert "Mean time to resolve" in said
    assert "Promised: -20 %" in said
    assert "their effects cannot be told apart" in said
    # A month before the start of the data's end the same action is too early to tell.
    assert "Too early to tell" in words(run(tab="effects", period="Dates", dates=["2026-03-01", "2026-04-20"]))
