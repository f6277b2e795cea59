"""What the business can build on a page: candidates taken on, changed by several people, builders and sessions."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import Store, open_store
from analytics.store.handed_work import Builder, HandedWork, WorkSession
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, words
from tests.pages.section_page import section_app, sound
from tests.plan.test_citizen_work import OTHERS, requests
from tests.warehouse_of import snapshot_of


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of([*requests(f"Report {HOSTILE}"), *requests("Data export"), *OTHERS], folder)
    return folder


@pytest.fixture(autouse=True)
def store(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    st.cache_resource.clear()
    yield open_store(tmp_path / "own")
    st.cache_resource.clear()


def _form_button(app: AppTest, form: str) -> AppTest:
    (button,) = [one for one in app.button if str(one.key).startswith(f"FormSubmitter:{form}-")]
    return sound(button.click().run())


def test_candidates_stand_with_their_facts_and_a_guess_of_their_risk() -> None:
    app = section_app("handed_work")
    said = words(app)
    assert "2 kinds of requests could be built by the business under guard-rails" in said
    assert "A claim from an article, not measured here" in said
    assert "risk, in part a guess from its words" in said or "not known:" in said
    assert "Nobody is named yet." in said
    assert "Requests that outlived their purpose" in said
    assert markdown_places(app, HOSTILE) == []


def test_a_candidate_is_taken_on_once(store: Store) -> None:
    app = section_app("handed_work")
    sound(app.button(key="take_0").click().run())
    (kept,) = store.handed_work.all()
    assert kept.entered.step == "identify"
    assert kept.entered.risk_reasons != "{}"
    assert [one.key for one in app.button if str(one.key).startswith("take_")] == ["take_1"]
    assert "step 1 of 5, identify" in words(app)
    assert markdown_places(app, HOSTILE) == []


def test_a_piece_of_work_moves_on_and_its_risk_follows_the_answers(store: Store) -> None:
    number = store.handed_work.add(HandedWork("Reports", "medium"))
    app = section_app("handed_work")
    sound(app.button(key=f"edit_handed_work_{number}").click().run())
    app.selectbox(key=f"handed_step_{number}").select("prototype")
    for name in ("personal_data", "money", "writes_to_production", "many_users"):
        app.selectbox(key=f"handed_{name}_{number}").select("no")
    app.selectbox(key=f"handed_reversible_{number}").select("yes")
    app.text_input(key=f"handed_who_{number}").set_value(HOSTILE)
    app.date_input(key=f"handed_due_{number}").set_value(date(2026, 8, 1))
    _form_button(app, f"handed_form_{number}")
    kept = store.handed_work.one(number)
    assert (kept.version, kept.entered.step, kept.entered.risk) == (2, "prototype", "low")
    assert (kept.entered.who, kept.entered.due_on) == (HOSTILE, date(2026, 8, 1))
    assert "step 2 of 5, prototype" in words(app)
    assert "Low risk: nothing speaks against it." in words(app)
    assert markdown_places(app, HOSTILE) == []


def test_a_change_that_somebody_else_made_first_is_never_overwritten_unseen(store: Store) -> None:
    number = store.handed_work.add(HandedWork("Reports", "medium"))
    app = section_app("handed_work")
    sound(app.button(key=f"edit_handed_work_{number}").click().run())
    app.text_input(key=f"handed_who_{number}").set_value("Grace")
    store.handed_work.change(number, 1, who="Ada", how="By hand")
    _form_button(app, f"handed_form_{number}")
    assert "Somebody else was first" in words(app)
    assert store.handed_work.one(number).entered.who == "Ada"
    assert "Who: Ada" in words(app)
    _form_button(app, f"handed_form_{number}")
    kept = store.handed_work.one(number)
    assert (kept.version, kept.entered.who) == (3, "Grace")


def test_something_of_ones_own_is_added_and_an_empty_one_is_refused(store: Store) -> None:
    app = section_app("handed_work")
    _form_button(app, "handed_own")
    assert "The title is empty" in words(app)
    (field,) = [one for one in app.text_input if one.label == "What is it about?"]
    field.set_value(HOSTILE)
    _form_button(app, "handed_own")
    assert [kept.entered.title for kept in store.handed_work.all()] == [HOSTILE]
    assert markdown_places(app, HOSTILE) == []


def test_builders_are_added_changed_and_removed(store: Store) -> None:
    app = section_app("handed_work")
    app.text_input(key="builder_unit_new").set_value("Sales")
    app.text_input(key="builder_name_new").set_value(HOSTILE)
    _form_button(app, "builder_new")
    (kept,) = store.builders.all()
    assert kept.entered == Builder("Sales", HOSTILE)
    sound(app.button(key=f"edit_builder_{kept.id}").click().run())
    app.text_area(key=f"builder_limits_{kept.id}").set_value("No personal data")
    _form_button(app, f"builder_form_{kept.id}")
    assert store.builders.one(kept.id).entered.boundaries == "No personal data"
    assert markdown_places(app, HOSTILE) == []
    sound(app.button(key=f"builder_remove_{kept.id}").click().run())
    assert store.builders.all() == ()


def test_a_session_is_prepared_from_the_backlog_kept_and_given_minutes(store: Store) -> None:
    store.handed_work.add(HandedWork("Reports", "medium", who="Ada"))
    app = section_app("handed_work", patch="import streamlit as st\nst.session_state.setdefault('session_new', True)")
    (agenda,) = [field for field in app.text_area if field.label == "Agenda"]
    assert "   - Reports: step 1 of 5, identify" in str(agenda.value)
    _form_button(app, "session_form")
    (kept,) = store.work_sessions.all()
    assert kept.entered.agenda.startswith("Work session on ")
    assert "Who: Ada" in kept.entered.minutes
    assert kept.entered.follow_up_on is not None
    sound(app.button(key=f"edit_session_{kept.id}").click().run())
    app.text_area(key=f"minutes_{kept.id}").set_value(HOSTILE)
    _form_button(app, f"session_form_{kept.id}")
    assert store.work_sessions.one(kept.id).entered.minutes == HOSTILE
    assert markdown_places(app, HOSTILE) == []


def test_a_follow_up_before_the_session_is_refused(store: Store) -> None:
    number = store.work_sessions.add(WorkSession(date(2026, 6, 1), "1. Look"))
    app = section_app("handed_work")
    sound(app.button(key=f"edit_session_{number}").click().run())
    app.date_input(key=f"session_again_{number}").set_value(date(2026, 5, 1))
    _form_button(app, f"session_form_{number}")
    assert "is before the session" in words(app)
    assert store.work_sessions.one(number).version == 1


def test_without_requests_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(busy_desk(), tmp_path / "incidents")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "incidents"))
    said = words(section_app("handed_work"))
    assert "no request of the last 182 days is recorded" in said
    assert "Import an export that tells requests from incidents" in said
