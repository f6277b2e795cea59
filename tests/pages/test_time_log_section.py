"""Where does time go? on a page: logged by hand and by file, replaced, removed and taken back; and answer times."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.diagnostic.known import LoggedTime
from analytics.diagnostic.time_shares import aims_of, time_shares
from analytics.store import open_store
from analytics.store.time_log import LoggedWeek
from pages.charts.time_log import time_log_figure
from pages.components import answer_clock
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, words
from tests.warehouse_of import snapshot_of

MONDAY = date(2026, 11, 16)
SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
PagesManager.uses_pages_directory = False
from pages.components.page import data_page
from pages.components.filter_bar import filter_bar
from pages.components.time_log_section import time_log_section
data_page(lambda engine: time_log_section(filter_bar(engine), engine))
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(busy_desk(), folder)
    return folder


@pytest.fixture(autouse=True)
def folder(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    st.cache_resource.clear()
    yield tmp_path / "own"
    st.cache_resource.clear()


def run() -> AppTest:
    return checked(AppTest.from_string(SCRIPT, default_timeout=60).run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def weeks(folder: Path) -> tuple[LoggedWeek, ...]:
    store = open_store(folder)
    try:
        return store.time_log.weeks()
    finally:
        store.close()


def log(app: AppTest, *hours: float) -> AppTest:
    """Enter a week and save it."""
    app.date_input(key="time_log_day").set_value(date(2026, 11, 18))
    for work, value in zip(("operational", "tactical", "strategic"), hours, strict=True):
        app.number_input(key=f"time_log_{work}").set_value(value)
    return checked(next(one for one in app.button if one.label == "Save the week").click().run())


def test_an_empty_log_says_what_to_do() -> None:
    said = words(run())
    assert "No week is logged yet: log 4, and they show whether there is time for strategic work." in said
    assert "None yet: begin with the last one." in said


def test_a_week_is_logged_replaced_removed_and_taken_back(folder: Path) -> None:
    app = log(run(), 32.0, 6.0, 2.0)
    assert weeks(folder) == (LoggedWeek(MONDAY, 32, 6, 2),)
    assert "80 % operational, 15 % tactical and 5 % strategic, of 40 hours in 1 logged week" in words(app)
    assert "Logged the week of 16 Nov 2026." in words(app)
    app = log(app, 30.0, 6.0, 4.0)
    assert weeks(folder) == (LoggedWeek(MONDAY, 30, 6, 4),)
    assert "Replaced the week of 16 Nov 2026." in words(app)
    checked(app.button(key="time_log_undo").click().run())
    assert weeks(folder) == (LoggedWeek(MONDAY, 32, 6, 2),)
    app = checked(app.button(key="time_log_remove_2026-11-16").click().run())
    assert weeks(folder) == ()
    assert "Removed the week of 16 Nov 2026." in words(app)
    checked(app.button(key="time_log_undo").click().run())
    assert weeks(folder) == (LoggedWeek(MONDAY, 32, 6, 2),)


def test_no_hours_are_refused_in_one_sentence(folder: Path) -> None:
    app = log(run(), 0.0, 0.0, 0.0)
    assert "The week of 16 Nov 2026 has no hours: enter more than 0 and at most 168" in words(app)
    assert weeks(folder) == ()


def test_a_change_made_elsewhere_is_not_taken_back(folder: Path) -> None:
    app = log(run(), 32.0, 6.0, 2.0)
    store = open_store(folder)
    store.time_log.save([LoggedWeek(MONDAY, 1, 1, 1)], replace=True)
    store.close()
    app = checked(app.button(key="time_log_undo").click().run())
    assert "Somebody else has changed this time log" in words(app)
    assert weeks(folder) == (LoggedWeek(MONDAY, 1, 1, 1),)


def test_a_file_is_imported_and_taken_back(folder: Path) -> None:
    app = log(run(), 32.0, 6.0, 2.0)
    text = "week,operational,tactical,strategic\n2026-11-16,1,1,1\n2026-11-09,30,5,5\n2026-11-02,30,5,5\n"
    app = checked(app.file_uploader[0].upload("log.csv", text.encode(), "text/csv").run())
    app = checked(app.button(key="time_log_import").click().run())
    assert [week.total for week in weeks(folder)] == [40, 40, 40]
    assert "Logged 2 weeks." in words(app)
    checked(app.button(key="time_log_undo").click().run())
    assert weeks(folder) == (LoggedWeek(MONDAY, 32, 6, 2),)


def test_a_hostile_file_is_quoted_in_inert_elements_only(folder: Path) -> None:
    text = f"week,operational,tactical,strategic\n{HOSTILE[:30]},1,1,1\n"
    app = run()
    app = checked(app.file_uploader[0].upload("log.csv", text.encode(), "text/csv").run())
    app = checked(app.button(key="time_log_import").click().run())
    assert HOSTILE[:30] in words(app)
    assert not markdown_places(app, HOSTILE[:30])
    assert weeks(folder) == ()


def test_the_picture_has_a_bar_a_week_and_what_is_wanted() -> None:
    weeks = [(MONDAY, (30.0, 6.0, 4.0)), (date(2026, 11, 9), (20.0, 20.0, 0.0))]
    entries = [
        LoggedTime(week, work, each)
        for week, hours in weeks
        for work, each in zip(("operational", "tactical", "strategic"), hours, strict=True)
    ]
    figure = time_log_figure(time_shares(entries), aims_of(0.7, 0.1))
    assert [trace.name for trace in figure.data] == ["operational", "tactical", "strategic"]
    assert list(figure.data[0].y) == ["wanted", "9 Nov 2026", "16 Nov 2026"]
    assert [list(trace.x) for trace in figure.data] == [
        [0.7, 20 / 40, 30 / 40], [pytest.approx(0.2), 20 / 40, 6 / 40], [0.1, 0, 4 / 40],
    ]  # fmt: skip
    assert [shape.x0 for shape in figure.layout.shapes] == [0.7, pytest.approx(0.9)]


def test_each_page_with_data_leaves_one_answer_time(folder: Path) -> None:
    app = run_page("tickets")
    checked(app)
    app.run()
    answer_clock._KEEPER.submit(lambda: None).result(timeout=30)
    store = open_store(folder)
    kept = store.answer_times.seconds()
    store.close()
    assert len(kept) == 2
    assert all(seconds > 0 for seconds in kept)


def test_a_page_that_fails_leaves_none_and_a_store_that_fails_harms_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError), answer_clock.answer_clock("overview"):
        _ = 1 // 0
    answer_clock._KEEPER.submit(lambda: None).result(timeout=30)
    assert answer_clock.store().answer_times.seconds() == ()
    monkeypatch.setattr(answer_clock, "store", _no_store)
    with answer_clock.answer_clock("overview"):
        drawn = True
    assert drawn


def _no_store() -> None:
    raise answer_clock.BacklightError("no store")
