"""The sections on age and ownership, run without a browser over small desks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, ticket, words
from tests.warehouse_of import snapshot_of

SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
PagesManager.uses_pages_directory = False
from pages.components.ageing_section import ageing_section
from pages.components.filter_bar import filter_bar
from pages.components.ownership_section import ownership_section
from pages.components.page import data_page

def show(engine):
    view = filter_bar(engine)
    ageing_section(view, engine)
    ownership_section(view, engine)

data_page(show)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield tmp_path
    st.cache_resource.clear()


def _run(folder: Path, tickets: list[dict[str, Any]], **address: str) -> AppTest:
    snapshot_of(tickets, folder)
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def _held(**more: Any) -> list[dict[str, Any]]:
    old = [ticket(40 + number, None, updated_at=None, assignment_group="Desk", **more) for number in range(6)]
    return [*busy_desk(), *old]


def test_both_answer_in_a_sentence_and_offer_the_tickets(folder: Path) -> None:
    app = _run(folder, _held(assignee="Ada"), age_by="priority", silent_days="20")
    said = words(app)
    assert "11 of 11 tickets open now (100 %) are older than 30.0 h" in said
    assert "have no clear owner" in said
    assert "Ada" not in said
    assert app.number_input(key="silent_days").value == 20
    labels = [button.label for button in app.button]
    assert any("past the 95 % line" in label for label in labels)
    assert any(label.startswith("Unassigned (") for label in labels)


def test_bands_are_entered_kept_and_refused_in_a_sentence(folder: Path) -> None:
    app = _run(folder, _held())
    save = next(button for button in app.button if button.label == "Save the bands")
    app.text_input[0].set_value("5, 2")
    save.click().run()
    assert "cannot be age bands" in words(app)
    app.text_input[0].set_value("7, 60")
    next(button for button in app.button if button.label == "Save the bands").click().run()
    assert "cannot be age bands" not in words(app)
    assert app.text_input[0].value == "7, 60"


@pytest.mark.parametrize("kind", ["no assignees", "nothing open", "too few ended", "nothing matches"])
def test_what_is_missing_is_said_calmly(folder: Path, kind: str) -> None:
    tickets, address, expected = {
        "no assignees": (_held(), {}, "cannot be told: the export has no assignees"),
        "nothing open": ([ticket(day) for day in range(1, 40)], {}, "No tickets are open now."),
        "too few ended": ([ticket(5, None)], {}, "How old is unusual cannot be told"),
        "nothing matches": (_held(), {"period": "Dates", "dates": "2020-01-01"}, "No tickets are open at the end of"),
    }[kind]
    assert expected in words(_run(folder, tickets, **address))


def test_hostile_text_of_an_export_is_never_read_as_markdown(folder: Path) -> None:
    tickets = [*_held(assignee="Ada"), *(ticket(50, None, assignment_group=HOSTILE, title=HOSTILE) for _ in range(9))]
    app = _run(folder, tickets, age_by="assignment_group")
    assert HOSTILE in words(app)
    assert not markdown_places(app, HOSTILE)
