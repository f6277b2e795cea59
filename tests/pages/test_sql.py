"""The SQL page: a link only fills the box, a person runs it, and whatever comes back is shown without acting on it."""

import sys
import time
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.sql_examples import sql_examples
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.warehouse_of import snapshot_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="SQL runs on Linux only")
PATIENCE = 90


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    snapshot_of([*busy_desk(), ticket(3, category=HOSTILE, assignee="Ann Example")], tmp_path)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def _run(app: AppTest, statement: str | None = None) -> AppTest:
    """Press Run and look again until the statement is done."""
    if statement is not None:
        app.text_area[0].set_value(statement)
    next(button for button in app.button if button.label == "Run").click()
    app.run()
    deadline = time.monotonic() + PATIENCE
    while "sql_run" in app.session_state and time.monotonic() < deadline:
        time.sleep(0.2)
        app.run()
    assert not app.exception
    return app


def test_a_link_fills_the_box_and_runs_nothing() -> None:
    app = run_page("sql", sql="SELECT 1 AS one", rows="100", seconds="5")
    assert app.text_area[0].value == "SELECT 1 AS one"
    assert [app.session_state[key] for key in ("sql_rows", "sql_seconds")] == ["100", "5"]
    assert "Nothing was run yet" in words(app)
    assert "sql_outcome" not in app.session_state


def test_a_bad_link_is_no_failure() -> None:
    app = run_page("sql", sql="x" * 50_000, rows="-1", seconds="many")
    assert not app.exception
    assert [app.session_state[key] for key in ("sql_rows", "sql_seconds")] == ["1000", "10"]


def test_a_person_runs_it_and_the_address_holds_it() -> None:
    app = run_page("sql", seconds="60")
    _run(app, "SELECT priority, count(*) AS n FROM tickets GROUP BY 1")
    (found,) = [frame.value for frame in app.dataframe if "n" in frame.value]
    assert int(found["n"].sum()) == 367
    assert "SELECT priority, count(*) AS n FROM tickets GROUP BY 1" in app.query_params["sql"]
    assert "1 row" in words(app)
    assert list(app.get("download_button"))


def test_an_example_fills_the_box() -> None:
    app = run_page("sql")
    chosen = sql_examples()[3]
    app.selectbox(key="sql_example").set_value(chosen.title).run()
    assert app.text_area[0].value == chosen.statement


def test_hostile_cells_and_column_names_stay_text() -> None:
    app = run_page("sql", seconds="60")
    _run(app, f"SELECT category AS \"{HOSTILE}\" FROM tickets WHERE category LIKE '![%'")
    assert HOSTILE in words(app)
    assert set(markdown_places(app, HOSTILE)) <= {"text_area"}


def test_a_refusal_names_its_reason() -> None:
    app = _run(run_page("sql", seconds="60"), "SELECT * FROM '/etc/hosts'")
    assert "The statement was not run" in words(app)
    assert "files cannot be read" in words(app)


def test_names_are_said_to_be_concealed_and_are() -> None:
    app = run_page("sql", seconds="60")
    assert "Names of persons are concealed" in words(app)
    _run(app, "SELECT count(assignee) AS named FROM tickets")
    assert "Ann Example" not in words(app)
    (found,) = [frame.value for frame in app.dataframe if "named" in frame.value]
    assert list(found["named"]) == [0]


def test_the_dictionary_names_every_permitted_table() -> None:
    app = run_page("sql")
    tables = app.selectbox(key="sql_table").options
    assert tables == ["tickets", "ticket_events", "stays", "calendar", "imports", "facts"]
    for table in tables:
        app.selectbox(key="sql_table").set_value(table).run()
        assert not app.exception
        assert len(app.dataframe[0].value)
