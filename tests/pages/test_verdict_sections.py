"""The verdict and the trend on a page: their sentences, the split in the address, notes, and inert texts."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from tests.flow.streams import tickets_of
from tests.pages.desk_page import HOSTILE, markdown_places, words
from tests.warehouse_of import snapshot_of

TICKETS = [
    *tickets_of([(12, 10)] * 40, assignment_group=HOSTILE),
    *tickets_of([(3, 3)] * 40, assignment_group="Desk"),
]


def _app(name: str) -> AppTest:
    script = f"""
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    return AppTest.from_string(script, default_timeout=60)


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def _loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(TICKETS, folder)
    return folder


@pytest.fixture
def folder(_loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copytree(_loaded, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_verdict_has_a_word_a_sentence_and_the_capacity() -> None:
    app = _app("verdict").run()
    assert not app.exception
    assert not app.error
    said = words(app)
    assert "Growing by 2.0 tickets a week" in said
    assert "over the last 12 weeks." in said
    assert "At capacity: 13 tickets ended a week" in said
    assert ":material/trending_up: Growing" in said


@pytest.mark.usefixtures("folder")
def test_the_trend_is_the_backlog() -> None:
    app = _app("backlog_trend").run()
    assert not app.exception
    assert f"{40 * 2} tickets are open at the end of 6 Oct 2024, " in words(app)
    assert "At the end of each day." in words(app)


@pytest.mark.usefixtures("folder")
def test_the_split_is_in_the_address_and_its_values_are_inert() -> None:
    app = _app("backlog_trend")
    app.query_params["split"] = "assignment_group"
    app.run()
    assert not app.exception
    assert "The areas add up to the whole." in words(app)
    assert not markdown_places(app, "127.0.0.1:9")
    app.selectbox(key="split").set_value("not split").run()
    assert "split" not in app.query_params
    assert "The areas add up to the whole." not in words(app)


@pytest.mark.usefixtures("folder")
def test_an_unknown_split_is_none() -> None:
    app = _app("backlog_trend")
    app.query_params["split"] = "assignee"
    app.run()
    assert not app.exception
    assert "The areas add up" not in words(app)


def test_notes_are_added_listed_and_removed(folder: Path) -> None:
    app = _app("backlog_trend").run()
    app.text_input[0].set_value(HOSTILE)
    app.date_input[-1].set_value(date(2024, 7, 1))
    next(button for button in app.button if button.label == "Add").click().run()
    assert not app.exception
    store = open_store(folder)
    assert [(note.day, note.text) for note in store.annotations()] == [(date(2024, 7, 1), HOSTILE)]
    assert f"1 Jul 2024: {HOSTILE}" in words(app)
    assert not markdown_places(app, "127.0.0.1:9")
    next(button for button in app.button if button.label == "Remove").click().run()
    assert not store.annotations()
    store.close()


def test_an_empty_note_is_refused_in_words(folder: Path) -> None:
    app = _app("backlog_trend").run()
    next(button for button in app.button if button.label == "Add").click().run()
    assert not app.exception
    assert "empty" in words(app)
    store = open_store(folder)
    assert not store.annotations()
    store.close()


@pytest.mark.parametrize("name", ["verdict", "backlog_trend"])
def test_a_handful_of_tickets_gets_calm_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(tickets_of([(1, 1)]), tmp_path)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    app = _app(name).run()
    assert not app.exception
    assert not app.error
    assert name != "verdict" or "Cannot tell" in words(app)
