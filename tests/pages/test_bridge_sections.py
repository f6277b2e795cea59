"""Why the backlog changed, where it lies and how it flows: the sections with data, with little, and with none."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, ticket, words
from tests.warehouse_of import snapshot_of

Load = Callable[[Iterable[dict[str, Any]]], None]
SECTIONS = ("bridge", "accumulation", "cumulative_flow")
SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
PagesManager.uses_pages_directory = False
from pages.components.page import data_page
from pages.components.filter_bar import filter_bar
from pages.components.{name}_section import {name}_section
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load(tickets)`: they are what the sections show."""
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield lambda tickets: snapshot_of(tickets, tmp_path) and None
    st.cache_resource.clear()


def run(name: str, **address: str) -> AppTest:
    app = AppTest.from_string(SCRIPT.format(name=name), default_timeout=60)
    for parameter, value in address.items():
        app.query_params[parameter] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_the_bridge_is_told_in_words_and_drawn(load: Load) -> None:
    load(busy_desk())
    app = run("bridge")
    # 90 days back from the as-of day; the five open tickets came in them.
    assert "The backlog grew by" in words(app)
    assert charts(app) == 2
    assert "tickets used" in words(app)
    assert app.selectbox(key="bridge_by").value == "assignment_group"


def test_another_dimension_can_be_chosen_and_is_kept_in_the_address(load: Load) -> None:
    load(busy_desk())
    app = run("bridge")
    other = app.selectbox(key="bridge_by").options[1].removeprefix("By ").replace(" ", "_")
    app.selectbox(key="bridge_by").select(other).run()
    assert not app.exception
    assert app.query_params["bridge_by"] in (other, [other])


def test_parts_that_cannot_be_told_are_said(load: Load) -> None:
    load(busy_desk())
    app = run("bridge", period="All")
    assert "Demand, throughput and carry-over cannot be told: the data starts on" in words(app)
    assert "Demand" not in app.dataframe[0].value.columns


def test_the_map_falls_back_to_dimensions_that_are_filled(load: Load) -> None:
    load(busy_desk())
    app = run("accumulation")
    assert app.selectbox(key="map_rows").value == "assignment_group"
    assert "5 tickets are open at the end of 30 Jun 2026" in words(app)


@pytest.mark.parametrize("picture", ["Heat map", "Treemap"])
@pytest.mark.parametrize("measure", ["tickets", "median_age_days", "change"])
def test_every_map_is_drawn(load: Load, picture: str, measure: str) -> None:
    load([ticket(day, None, category=f"C{day % 4}", priority=day % 3 + 1) for day in range(40)])
    app = run("accumulation", map_measure=measure, map_picture=picture, map_rows="category", map_columns="priority")
    assert charts(app) == 1
    assert "40 tickets are open" in words(app)


def test_the_same_dimension_twice_is_no_map(load: Load) -> None:
    load(busy_desk())
    app = run("accumulation", map_rows="assignment_group", map_columns="assignment_group")
    assert "Choose two different dimensions." in words(app)


def test_the_flow_without_a_history_says_what_would_bring_it(load: Load) -> None:
    load(busy_desk())
    app = run("cumulative_flow")
    assert "no ticket here has a history of its status" in words(app)
    assert "whole weeks" in words(app)
    # The open tickets are one band, which the first picture has already.
    assert charts(app) == 2


@pytest.mark.parametrize("name", SECTIONS)
def test_nothing_selected_is_said_calmly(load: Load, name: str) -> None:
    load(busy_desk())
    app = run(name, period="Dates", dates="2020-01-01")
    assert charts(app) == 0
    assert "No ticket" in words(app)


@pytest.mark.parametrize("name", SECTIONS)
def test_one_ticket_is_shown_for_what_it_is(load: Load, name: str) -> None:
    load([ticket(3)])
    assert run(name, period="30 days")


@pytest.mark.parametrize("name", SECTIONS)
def test_text_of_an_export_never_reaches_markdown(load: Load, name: str) -> None:
    hostile = [ticket(day, None, category=HOSTILE, service=HOSTILE[::-1]) for day in range(1, 9)]
    load([*busy_desk(), *hostile])
    app = run(name)
    assert markdown_places(app, HOSTILE[2:14]) == []
