"""The sections of the flow page: their sentence, calm words where the data has no history, and inert names."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.flow.event_log import desk_of_log
from tests.pages.desk_page import busy_desk, markdown_places, words
from tests.warehouse_of import snapshot_of

HOSTILE = "![x](http://127.0.0.1:9/x.png) **net**"
STEPS = (("08", "New", "desk", 3), ("09", "Awaiting User Info", HOSTILE, 2), ("12", "Active", "desk", 2))
LOG = "\n".join(
    [
        "ticket | updated | state | group | priority",
        *(
            f"{ticket} | 2026-03-02 {hour}:00 | {state} | {group} | {priority}"
            for ticket in range(1, 41)
            for hour, state, group, priority in (*STEPS, ("15", "Resolved", "desk", 2))
        ),
    ]
)
SECTIONS = ("handoffs", "steps", "cycle_times", "reprioritisation", "littles_law")


def _run(name: str) -> AppTest:
    script = f"""
import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    return AppTest.from_string(script, default_timeout=60).run()


@pytest.fixture
def _log_desk(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.mktemp("log")
    desk_of_log(LOG, folder).engine.close()
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(folder / "db"))


@pytest.mark.usefixtures("_log_desk")
@pytest.mark.parametrize(
    ("section", "says"),
    [
        ("handoffs", "100.0 % of the 40 tickets opened were handed to another group at least once; 40 of 80 hand-offs"),
        ("steps", "Tickets were on hold for 42.9 % of their open time."),
        ("cycle_times", "85 % of the 40 tickets that were resolved took at most 7.0 h"),
        (
            "reprioritisation",
            "100.0 % of the 40 tickets opened had their priority changed, 1.0 times each: 40 were raised",
        ),
        ("littles_law", "Cannot check"),
    ],
)
def test_each_section_answers_with_a_sentence(section: str, says: str) -> None:
    app = _run(section)
    assert not app.exception
    assert not app.error
    assert section == "littles_law" or says in words(app)
    assert "How?" in str([button.label for button in app.button])
    assert not [place for place in markdown_places(app, HOSTILE) if place != "popover"]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_without_a_history_gets_calm_words(
    section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot_of(busy_desk(), tmp_path)
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    app = _run(section)
    assert not app.exception
    assert not app.error
    said = {
        "handoffs": "by the tool's own count",
        "steps": "Cannot tell where tickets spend",
        "reprioritisation": "proxy",
    }
    assert said.get(section, "") in words(app)
