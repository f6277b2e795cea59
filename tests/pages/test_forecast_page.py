"""The Forecast page without a browser: shown, refused, empty, split by values that an export wrote, and by its link."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.flow.streams import tickets_of
from tests.pages.desk_page import HOSTILE, markdown_places, run_page, words
from tests.warehouse_of import snapshot_of

WEEKS = 70
# Two in three weeks bring as many as end; the third brings more, or fewer.
BUSY = [(20 + week % 3, 20 + week % 2) for week in range(WEEKS)]
OpenPage = Callable[..., AppTest]
GOOD, WORK = "How good is it?", "How does it work?"
DESKS = {
    "busy": [*tickets_of(BUSY, assignment_group=HOSTILE), *tickets_of([(5, 4)] * WEEKS, assignment_group="Desk")],
    "young": tickets_of([(12, 10)] * 6, assignment_group="Desk"),
}


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folders = {name: tmp_path_factory.mktemp(name) for name in DESKS}
    for name, folder in folders.items():
        snapshot_of(DESKS[name], folder)
    return folders


@pytest.fixture
def open_page(loaded: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """`open_page(desk, **address)`: the page, drawn without a fault."""

    def opened(name: str, **address: str) -> AppTest:
        copytree(loaded[name], tmp_path / name, dirs_exist_ok=True)
        monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / name))
        app = run_page("forecast", **address)
        assert not app.exception
        assert not app.error
        return app

    return opened


def _charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


def test_the_first_tab_says_where_the_backlog_goes_and_draws_three_fans(open_page: OpenPage) -> None:
    app = open_page("busy")
    said = words(app)
    assert "backlog" in said.casefold()
    assert "in the next 13 weeks" in said
    assert _charts(app) == 3


def test_the_horizon_and_the_steps_are_in_the_address(open_page: OpenPage) -> None:
    app = open_page("busy", horizon="8")
    assert "in the next 8 weeks" in words(app)
    app.segmented_control(key="horizon").set_value("4").run()
    assert app.query_params["horizon"] == "4"
    assert "in the next 4 weeks" in words(app)
    app.segmented_control(key="grain").set_value("day").run()
    assert app.query_params["grain"] == "day"
    assert "horizon" not in app.query_params
    assert "28 days" in words(app)


@pytest.mark.parametrize("address", [{"horizon": "7"}, {"horizon": "x", "grain": "month"}, {"horizon": "91"}])
def test_a_link_that_asks_for_what_is_not_offered_gets_13_weeks(open_page: OpenPage, address: dict[str, str]) -> None:
    assert "in the next 13 weeks" in words(open_page("busy", **address))


def test_the_values_of_a_split_are_inert(open_page: OpenPage) -> None:
    app = open_page("busy", ahead_by="assignment_group")
    assert "values of assignment group" in words(app)
    frame = app.dataframe[0].value
    assert set(frame["value"]) == {HOSTILE, "Desk"}
    assert dict(zip(frame["value"], frame["open"], strict=True))["Desk"] == WEEKS * (5 - 4)
    assert not markdown_places(app, "127.0.0.1:9")
    app.selectbox(key="ahead_by").set_value("not split").run()
    assert "ahead_by" not in app.query_params
    assert not app.dataframe


def test_a_refusal_is_one_calm_sentence_with_what_would_help_and_the_past(open_page: OpenPage) -> None:
    for tab in ("What lies ahead?", GOOD, WORK):
        app = open_page("young", show=tab)
        assert "No forecast: it takes 13 whole weeks of sound records, and there are " in words(app)
        if tab == "What lies ahead?":
            assert "What would help: " in words(app)
            assert _charts(app) == 3


def test_before_the_records_begin_nothing_is_forecast(open_page: OpenPage) -> None:
    early = {"period": "Dates", "dates": "2020-01-01"}
    app = open_page("busy", **early)
    assert "No forecast: no tickets match the filters before the end of the period." in words(app)
    assert _charts(app) == 0


def test_the_back_test_says_it_in_words_and_replays_any_origin(open_page: OpenPage) -> None:
    app = open_page("busy", show=GOOD, series="inflow")
    said = words(app)
    assert "past dates and up to 13 weeks ahead, the forecast of what comes in was" in said
    slider = app.select_slider(key="origin")
    days = list(slider.options)
    slider.set_value(days[0]).run()
    assert not app.exception
    assert f"On {days[0]} we would have said" in words(app)
    origin = app.query_params["origin"]
    again = open_page("busy", show=GOOD, series="inflow", origin=origin)
    assert f"On {days[0]} we would have said" in words(again)
    scores = again.dataframe[-1].value
    assert list(scores["series"]) == ["What comes in", "What goes out", "What is open"]


def test_the_model_is_explained_with_the_numbers_of_the_desk(open_page: OpenPage) -> None:
    app = open_page("busy", show=WORK)
    said = words(app)
    assert "tickets come in a week." in said
    assert "What it cannot know" in said
    assert "Calendar profile times level." in said
    days = open_page("busy", show=WORK, grain="day")
    assert "Weekday and holiday profile times level." in words(days)
