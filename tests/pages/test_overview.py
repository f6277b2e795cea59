"""The Overview: what it says with data, with little, and with none, and that links never break it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.warehouse_of import snapshot_of

Load = Callable[[Iterable[dict[str, Any]]], None]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """`load(tickets)`: they are what the pages show."""
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield lambda tickets: snapshot_of(tickets, tmp_path) and None
    st.cache_resource.clear()


def _cards(app: AppTest) -> dict[str, tuple[str, str]]:
    return {metric.label: (metric.value, metric.delta) for metric in app.metric}


def test_the_five_kpis_are_on_one_screen(load: Load) -> None:
    load(busy_desk())
    app = run_page("overview")
    assert not app.exception
    assert not app.error
    # 90 days back from the as-of day: 2 + 2 * 90 tickets opened, of which five are still open.
    assert _cards(app)["Backlog"][0] == "5"
    assert list(_cards(app)) == [
        "Mean time to resolve", "First contact resolution", "SLA adherence", "Ticket volume", "Backlog",
    ]  # fmt: skip
    assert "points, worse" in _cards(app)["SLA adherence"][1]
    assert "Changes are against the 90 days before." in words(app)
    assert "Target: at least 90 %, missed" in words(app)


def test_without_data_it_says_how_to_start(load: Load) -> None:  # noqa: ARG001 - an empty folder
    app = run_page("overview")
    assert not app.exception
    assert "python -m analytics demo" in words(app)
    assert not app.metric


def test_one_ticket_is_too_few_to_judge(load: Load) -> None:
    load([ticket(3)])
    app = run_page("overview")
    assert not app.exception
    assert "too few" in _cards(app)["Mean time to resolve"][0]
    assert _cards(app)["Ticket volume"][0] == "1"


def test_a_desk_without_due_times_cannot_tell_and_says_why(load: Load) -> None:
    load([ticket(days) for days in range(1, 30)])
    app = run_page("overview")
    assert "cannot tell" in _cards(app)["SLA adherence"][0]
    assert "No target known (29 tickets)" in "\n".join(element.value for element in app.caption)


def test_a_filter_that_leaves_nothing_says_so(load: Load) -> None:
    load(busy_desk())
    app = run_page("overview", period="Dates", dates=["2020-01-01", "2020-01-31"])
    assert not app.exception
    assert "No tickets meet these filters" in words(app)


@pytest.mark.parametrize(
    "address",
    [
        {"period": "bogus"},
        {"period": "Dates", "dates": ["x", "9999-12-31", "0001-01-01"]},
        {"period": "Dates", "dates": ["2026-06-30", "2026-06-01"]},
        {"category": ["Nonsense", "Mail", "Mail"], "priority": ["9", "x", "3"]},
        {"assignee": "me", "more_filters": "1"},
    ],
)
def test_a_broken_link_still_shows_the_overview(load: Load, address: dict[str, Any]) -> None:
    load(busy_desk())
    app = run_page("overview", **address)
    assert not app.exception
    assert not app.error
    assert len(app.metric) == 5


def test_what_a_link_names_in_vain_is_said(load: Load) -> None:
    load(busy_desk())
    app = run_page("overview", category=["Nonsense", "Mail"])
    assert any("category 'Nonsense'" in text.value for text in app.text)
    assert next(widget for widget in app.multiselect if widget.label == "Category").value == ["Mail"]


def test_a_filter_chosen_goes_into_the_address(load: Load) -> None:
    load(busy_desk())
    app = run_page("overview")
    next(widget for widget in app.multiselect if widget.label == "Assignment group").select("Desk").run()
    assert app.query_params["assignment_group"] in ("Desk", ["Desk"])
    next(button for button in app.button if button.label == "Reset").click().run()
    assert "assignment_group" not in app.query_params


def test_how_is_this_computed_traces_the_number(load: Load) -> None:
    load(busy_desk())
    app = run_page("overview")
    next(button for button in app.button if button.key == "how_sla_adherence").click().run()
    assert not app.exception
    code = "\n".join(element.value for element in app.code)
    assert "tickets judged from 2026-04-02 to 2026-06-30" in code
    assert "count(*) FILTER (WHERE sla_met)" in code


def test_text_from_an_export_reaches_nothing_that_reads_markdown(load: Load) -> None:
    load([ticket(day, category=HOSTILE, assignment_group=HOSTILE, source=HOSTILE) for day in range(1, 40)])
    app = run_page("overview", category=HOSTILE, assignment_group=HOSTILE)
    assert not app.exception
    assert "http://127.0.0.1:9" in words(app)
    assert set(markdown_places(app, "127.0.0.1:9/x.png")) <= {"page_link"}
