"""What the first question needs is there before it is asked: gathered once per snapshot, behind the page's back."""

import functools
import threading
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analytics.errors import BacklightError
from pages.components import asked_question, warm_words
from tests.pages.desk_page import busy_desk, run_page, words
from tests.pages.section_page import sound
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    monkeypatch.setattr(warm_words, "SOON", 0.0)
    _gathered()  # of the tests before this one
    st.cache_resource.clear()
    snapshot_of(busy_desk(), tmp_path)
    yield
    st.cache_resource.clear()


def _gathered() -> None:
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()


def test_the_words_are_there_before_the_first_question(monkeypatch: pytest.MonkeyPatch) -> None:
    gathered = []
    real = asked_question.vocabulary

    @functools.wraps(real)
    def counted(engine: Any) -> Any:
        gathered.append(real(engine))
        return gathered[-1]

    monkeypatch.setattr(asked_question, "vocabulary", counted)
    sound(run_page("overview"))
    _gathered()
    assert len(gathered) == 1
    assert "lexicon" in vars(gathered[0])  # indexed too, which takes longest
    sound(run_page("ask", q="SLA by group"))
    sound(run_page("overview"))
    _gathered()
    assert len(gathered) == 1


def test_a_failure_there_spoils_no_page(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Any) -> Any:
        raise BacklightError("no words")

    monkeypatch.setattr(asked_question, "vocabulary", failing)
    app = sound(run_page("overview"))
    _gathered()
    assert "Service desk overview" in words(app)
    assert "could not be gathered" in caplog.text
