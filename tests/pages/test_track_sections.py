"""Who is needed when, and whether an earlier forecast is on track, on a page: sentences, inert names, keep, remove."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from tests.cli.command_line import CommandLine
from tests.forecast.odd_desks import MONDAY, stream
from tests.pages.desk_page import HOSTILE, markdown_places, words
from tests.warehouse_of import snapshot_of

CUT = (MONDAY.date() + timedelta(weeks=50)).isoformat()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loaded")
    snapshot_of(stream(56, 30), made)
    return made


@pytest.fixture
def folder(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A desk of its own for each test, for it writes."""
    own = Path(shutil.copytree(loaded, tmp_path / "own"))
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(own))
    # The server's store is the one that it opened first.
    st.cache_resource.clear()
    yield own
    st.cache_resource.clear()


def _run(name: str, **address: str) -> AppTest:
    script = f"""
from streamlit.runtime.pages_manager import PagesManager
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.{name}_section import {name}_section
PagesManager.uses_pages_directory = False
data_page(lambda engine: {name}_section(filter_bar(engine), engine))
"""
    app = AppTest.from_string(script, default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = value
    return app.run()


def test_the_week_is_drawn_and_said(folder: Path) -> None:
    app = _run("staffing")
    assert not app.exception
    assert "tickets, and" in words(app)
    assert "Business hours are outlined: Monday to Friday, 08:00 to 18:00" in words(app)
    assert folder.is_dir()


@pytest.mark.parametrize("measure", ["arrivals", "departures", "gap", "nonsense"])
def test_what_is_coloured_stands_in_the_address(folder: Path, measure: str) -> None:
    app = _run("staffing", staffing_by=measure)
    assert not app.exception
    assert app.session_state["staffing_by"] == (measure if measure != "nonsense" else "gap")
    assert folder.is_dir()


def test_days_without_a_time_are_drawn_by_weekday(folder: Path) -> None:
    midnight = [
        ticket | {name: at.replace(hour=0, minute=0, second=0, microsecond=0) for name, at in ticket.items()
                  if name.endswith("_at")}
        for ticket in stream(56, 30)
    ]  # fmt: skip
    snapshot_of(midnight, folder)
    app = _run("staffing")
    assert not app.exception
    assert "Cannot tell the hour: the export has days only." in words(app)
    assert "No business day brings clearly more than leaves in it." in words(app)
    assert "on each day of a usual week. Business hours: Monday to Friday" in words(app)


def test_where_there_is_no_sound_week_a_sentence_says_so(folder: Path) -> None:
    snapshot_of(stream(1, 5), folder)
    for name in ("staffing", "track"):
        app = _run(name)
        assert not app.exception
    assert "No forecast of these tickets is kept yet" in words(app)
    assert "Keep the present one" not in words(app)
    assert "No forecast: " in words(app)


def test_the_desk_s_forecast_of_the_week_is_kept_once(folder: Path) -> None:
    assert "Nothing has come yet to score" in words(_run("track"))
    _run("track")
    kept = open_store(folder).kept_forecasts()
    assert [(one.by_itself, one.forecast.filters) for one in kept] == [(True, "{}")]


def test_an_earlier_forecast_is_shown_with_its_verdict_and_a_hostile_name_stays_text(folder: Path) -> None:
    document = CommandLine(folder)("track", "--keep", HOSTILE, "--to", CUT, "--json").document
    app = _run("track")
    assert not app.exception
    assert document["forecasts"][0]["sentence"] in words(app)
    assert "6 of its 13 weeks have come." in words(app)
    # The options of a selectbox are plain text.
    assert set(markdown_places(app, HOSTILE)) <= {"selectbox"}


def test_one_is_kept_under_a_name_removed_and_put_back(folder: Path) -> None:
    app = _run("track")
    app.text_input[0].set_value("Plan")
    _button(app, "Keep").click()
    app = app.run()
    assert not app.exception
    named = [one for one in open_store(folder).kept_forecasts() if one.name == "Plan"]
    assert len(named) == 1
    assert str(named[0].id) in app.query_params["kept"]
    _button(app, "Remove").click()
    app = app.run()
    assert "Removed: Plan" in words(app)
    assert open_store(folder).kept_forecasts()[0].removed
    _button(app, "Put it back").click()
    app = app.run()
    assert not any(one.removed for one in open_store(folder).kept_forecasts())


def test_forecasts_of_the_same_name_and_day_are_told_apart(folder: Path) -> None:
    cli = CommandLine(folder)
    numbers = [cli("track", "--keep", "Plan", "--to", CUT, "--json").document["kept"] for _ in range(2)]
    app = _run("track", kept=str(numbers[0]))
    options = app.selectbox(key="kept").options
    assert len(options) == len(set(options)) == 3
    app.selectbox(key="kept").set_value(str(numbers[1])).run()
    _button(app, "Remove").click()
    app = app.run()
    assert [one.id for one in open_store(folder).kept_forecasts() if one.removed] == [numbers[1]]


def test_an_empty_name_is_refused_in_a_sentence(folder: Path) -> None:
    app = _run("track")
    _button(app, "Keep").click()
    app = app.run()
    assert "The name is empty" in words(app)
    assert [one.by_itself for one in open_store(folder).kept_forecasts()] == [True]


def _button(app: AppTest, label: str) -> object:
    return next(button for button in app.button if button.label == label)
