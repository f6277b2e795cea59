"""The Tickets page: the rows behind a number under the link's filters, all of them in the download."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analytics.store import open_store
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_link_brings_kpi_filters_and_period(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", kpi="backlog", period="All")
    assert not app.exception
    assert app.selectbox[0].value == "backlog"
    assert "5 tickets open at any time, counted in Backlog." in words(app)
    assert len(app.dataframe[0].value) == 5


def test_the_tickets_left_out_are_a_click_away(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", kpi="mttr", period="All", rows="Left out")
    assert "left out of Mean time to resolve" in words(app)
    assert len(app.dataframe[0].value) == 5


def test_names_of_people_are_concealed_until_somebody_shows_them(tmp_path: Path) -> None:
    snapshot_of([ticket(day, assignee="Ann Example") for day in range(1, 9)], tmp_path)
    assert "assignee" not in run_page("tickets").dataframe[0].value
    st.cache_resource.clear()
    store = open_store(tmp_path)
    store.set_setting("show_names", "yes")
    store.close()
    assert "Ann Example" in set(run_page("tickets").dataframe[0].value["assignee"])


@pytest.mark.parametrize("address", [{"kpi": "nonsense"}, {"rows": "bogus"}, {"category": "Nonsense"}])
def test_a_broken_link_still_shows_tickets(tmp_path: Path, address: dict[str, str]) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", **address)
    assert not app.exception
    assert not app.error
    assert len(app.dataframe) == 1


def test_no_tickets_is_said(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", period="Dates", dates=["2020-01-01", "2020-01-02"])
    assert not app.exception
    assert "No tickets here" in words(app)


def test_text_from_an_export_reaches_nothing_that_reads_markdown(tmp_path: Path) -> None:
    snapshot_of([ticket(day, title=HOSTILE, category=HOSTILE) for day in range(1, 9)], tmp_path)
    app = run_page("tickets", category=HOSTILE)
    assert not app.exception
    assert markdown_places(app, "127.0.0.1:9/x.png") == []
