"""An answer on the Ask page: each fact once, the tickets asked for, and periods as people write them."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import busy_desk, run_page, words
from tests.pages.section_page import asked_for, sound
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    snapshot_of(busy_desk(), tmp_path)
    yield
    st.cache_resource.clear()


def page(**address: str | list[str]) -> AppTest:
    return sound(run_page("ask", **address))


@pytest.mark.parametrize("question", ["SLA last month", "mttr", "backlog"])
def test_the_day_that_time_is_relative_to_is_said_once(question: str) -> None:
    said = words(page(q=question))
    for repeated in ("Time is relative", "All time: the data", "No period was named", "used. As of"):
        assert repeated not in said


def test_what_no_sentence_says_is_still_said() -> None:
    assert "No ticket can be in that period" in words(page(q="volume in 1999"))


def test_which_tickets_is_answered_with_the_tickets() -> None:
    app = page(kpi="backlog", intent="tickets")
    # Five are open in the desk, and one was opened and resolved at the as-of time.
    assert [metric.value for metric in app.metric] == ["5"]
    assert len(app.dataframe[0].value) == 5
    assert "Tick a row to open its ticket" in words(app)


def test_of_many_tickets_the_first_are_listed_and_the_link_has_all() -> None:
    app = page(kpi="volume", intent="tickets")
    assert [metric.value for metric in app.metric] == ["366"]
    assert len(app.dataframe[0].value) == 100
    assert "The first 100" in words(app)


def test_no_ticket_is_no_table() -> None:
    app = page(kpi="volume", intent="tickets", **{"from": "1999-01-01", "to": "2000-01-01"})
    assert not app.dataframe


@pytest.mark.parametrize(
    ("grain", "written"), [("day", r"\d{4}-\d\d-\d\d"), ("week", r"week of \d{4}-\d\d-\d\d"), ("month", r"\w{3} \d{4}")]
)
def test_periods_are_days_without_a_time(grain: str, written: str) -> None:
    table = page(kpi="volume", grain=grain, period="last month").dataframe[0].value
    assert table["Period"].str.fullmatch(written).all()


def test_a_definition_has_no_period_to_choose() -> None:
    app = page(kpi="fcr", intent="definition")
    assert "chip_period" not in {box.key for box in app.selectbox}
    assert {box.key for box in app.selectbox} >= {"chip_kpi", "chip_intent"}


@pytest.mark.parametrize("name", ["definitions", "data", "settings", "backlog", "tickets"])
def test_a_question_can_be_asked_on_other_pages_too(name: str) -> None:
    app = sound(run_page(name))
    app.text_input(key="ask_small_text").set_value("backlog")
    app.button(key="FormSubmitter:ask_small-").click().run()
    assert sound(app).selectbox(key="chip_kpi").value == "backlog"
    assert asked_for(app, "q") == ["backlog"]
