"""Tickets opened from a picture, as a page: by the words of the picture, and honest once the data has changed."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from tests.pages.desk_page import busy_desk, run_page, ticket, words
from tests.pages.ticket_page import address_of, button, keep
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_kept_selection_is_shown_by_its_words_and_no_filter_applies(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    digest = keep(tmp_path, "priority = :p AND assignment_group = :g", "tickets kept from a picture", p=3, g="Desk")
    app = run_page("tickets", selection=digest, assignment_group="Network", period="30 days", title="")
    assert not app.exception
    assert "180 tickets kept from a picture." in words(app)
    assert "filters do not apply" in words(app)
    assert not app.selectbox("sort").value
    assert [box.label for box in app.multiselect] == []
    button(app, "Back to all tickets").click().run()
    assert "selection" not in address_of(app)
    assert "counted in Ticket volume" in words(app)


def test_an_unknown_selection_is_said(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", selection="0123456789abcdef")
    assert not app.exception
    assert not app.error
    assert "were not kept here" in words(app)


def test_a_selection_by_place_is_refused_once_the_data_has_changed(tmp_path: Path) -> None:
    snapshot = snapshot_of(busy_desk(), tmp_path)
    digest = keep(tmp_path, "ticket_key = :ticket_key", "ticket", ticket_key=3, kept_snapshot=snapshot.name)
    assert len(run_page("tickets", selection=digest).dataframe[0].value) == 1
    snapshot_of([ticket(1), *busy_desk()], tmp_path)
    st.cache_resource.clear()
    app = run_page("tickets", selection=digest)
    assert not app.exception
    assert not app.dataframe
    assert "has changed since" in words(app)


def _dialog_page() -> None:
    from analytics.selection import Selection
    from pages.components.selection import show_selection
    from pages.components.warehouse import engine

    opened = engine()
    assert opened is not None
    show_selection(Selection("tickets of a picture", "priority = :p", {"p": 3}), opened)


def test_a_dialog_keeps_its_selection_only_when_the_page_is_asked_for(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    (tmp_path / "elsewhere").mkdir()
    digest = keep(tmp_path / "elsewhere", "priority = :p", "tickets of a picture", p=3)
    app = AppTest.from_function(_dialog_page, default_timeout=60).run()
    assert not app.exception
    assert "366 tickets of a picture." in words(app)
    store = open_store(tmp_path)
    assert store.kept_selections.find(digest) is None
    button(app, "Open as a page").click().run()  # the other page is not there without the navigation
    kept = store.kept_selections.find(digest)
    assert kept is not None
    assert (kept.words, kept.condition, dict(kept.parameters)) == ("tickets of a picture", "priority = :p", {"p": 3})
    store.close()
