"""When will it be under a number, on a page: the sentence, the levers, the mix, the address, and calm refusals."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.flow.streams import tickets_of
from tests.forecast.seasonal_desk import seasonal_tickets
from tests.pages.desk_page import HOSTILE, markdown_places, words
from tests.warehouse_of import snapshot_of

SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
from pages.components.clearing_section import clearing_section
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
PagesManager.uses_pages_directory = False
data_page(lambda engine: clearing_section(filter_bar(engine), engine))
"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(seasonal_tickets((HOSTILE, HOSTILE, "Mail")), folder)
    return folder


def _run(folder: Path, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(folder))
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def test_the_answer_the_levers_and_the_mix(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(loaded, monkeypatch, open_target="140", open_by="2025-06-01", sure="90")
    assert " The chance that at most 140 are open on 1 Jun 2025 is " in words(app)
    assert "with a chance of 90 %, by one change alone:" in words(app)
    assert [slider.label for slider in app.slider] == [
        "Fewer arrivals", app.slider[1].label, "Faster handling",
    ]  # fmt: skip
    assert "are one person's" in app.slider[1].label
    assert "Move the sliders" in words(app)
    assert next((field.label, field.value) for field in app.number_input) == ("At most so many open", 140)


def test_a_slider_changes_the_chance_and_the_address(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(loaded, monkeypatch, open_target="140", open_by="2025-06-01")
    app.slider[1].set_value(20).run()
    assert not app.exception
    assert app.query_params["more_closures"] == "20"
    changed = next(text for text in words(app).splitlines() if text.startswith("So the chance"))
    assert "against" in changed
    assert "20 more closures a week are the work of about" in changed
    app.button("try_fewer_arrivals").click().run()
    assert not app.exception
    assert "more_closures" not in app.query_params
    assert int(app.query_params["fewer_arrivals"]) == app.slider[0].value > 0


def test_a_link_holds_the_mix_and_the_elasticity(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(loaded, monkeypatch, fewer_arrivals="15", faster_handling="9999", elasticity="0.4", more_closures="x")
    assert [slider.value for slider in app.slider] == [15, 0, 200]
    assert next(field.value for field in app.number_input if field.label == "Elasticity of closures") == 0.4


def test_a_day_that_cannot_be_asked_for_is_said(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(loaded, monkeypatch, open_by="2020-01-01", open_target="-4", sure="7")
    assert "This link asks for 1 Jan 2020" in words(app)
    assert "open on 20 Jul 2025 is" in words(app)


def test_values_of_an_export_are_inert(loaded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _run(loaded, monkeypatch, open_target="140", open_by="2025-06-01")
    assert HOSTILE in words(app)
    assert not markdown_places(app, HOSTILE)


def test_what_cannot_be_forecast_gets_calm_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(tickets_of([(3, 3)] * 6), tmp_path)
    app = _run(tmp_path, monkeypatch)
    assert "No forecast: it takes 13 whole weeks" in words(app)
    assert not app.slider


def test_without_bands_there_is_no_chance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of(tickets_of([(20 + week % 5, 20 + week % 3) for week in range(30)]), tmp_path)
    app = _run(tmp_path, monkeypatch)
    assert "No chance is given" in words(app) or "is not forecast" in words(app)
    assert not app.slider
