"""Terms of a question on the Tickets page: what filter bar and KPI do not say, seen, counted and taken away."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from tests.pages.desk_page import busy_desk, run_page, words
from tests.pages.ticket_page import address_of, button
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_question_s_further_terms_are_controls_and_count(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", kpi="mttr", period="All", not_assignment_group="Desk", bound="resolution_hours>20")
    assert "where assignment group is not Desk and time to resolve is over 20 h" in words(app)
    shown = app.dataframe[0].value
    assert set(shown["assignment_group"]) == {"Network"}
    assert shown["resolution_hours"].min() == 30
    controls = {box.label: box.value for box in app.multiselect if box.label in ("Group is not", "Limits")}
    assert controls == {"Group is not": ["Desk"], "Limits": ["resolution_hours>20"]}
    button(app, "Remove these").click().run()
    assert address_of(app) == {"kpi": ["mttr"], "period": ["All"]}
    assert len(app.dataframe[0].value) == 361


def test_one_of_a_question_s_terms_can_be_taken_away(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", period="All", not_priority=["1", "3"], bound=["reassignment_count>0", "reopen_count>0"])
    limits = next(box for box in app.multiselect if box.label == "Limits")
    limits.set_value(["reassignment_count>0"]).run()
    assert address_of(app)["bound"] == ["reassignment_count>0"]
    assert address_of(app)["not_priority"] == ["1", "3"]


def test_what_cannot_be_read_is_said_and_left_out(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", period="All", not_priority="9", not_assignee="Ann", bound=["nonsense", "opened_on<1"])
    said = words(app)
    for part in ("left out", "not_priority '9'", "not_assignee 'Ann'", "bound 'nonsense'", "bound 'opened_on<1'"):
        assert part in said
    assert "366 tickets opened at any time" in said


@pytest.mark.parametrize(
    ("asked", "period", "dates"),
    [
        ({"from": "2026-06-01", "to": "2026-06-08"}, ["Dates"], ["2026-06-01", "2026-06-07"]),
        ({"period": "last month"}, ["Dates"], ["2026-05-01", "2026-05-31"]),
        ({"period": "last 30 days"}, ["30 days"], None),
        ({"from": "2026-06-01"}, ["Dates"], ["2026-06-01", "2026-06-30"]),
    ],
)
def test_a_question_s_period_becomes_the_bar_s(
    tmp_path: Path, asked: dict[str, str], period: Sequence[str], dates: Sequence[str] | None
) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", **asked)
    assert not app.exception
    address = address_of(app)
    assert (address.get("period"), address.get("dates")) == (period, dates)
    assert not {"from", "to"} & set(address)


@pytest.mark.parametrize(
    "asked", [{"from": "nonsense"}, {"from": "2026-06-08", "to": "2026-06-01"}, {"period": "soon"}]
)
def test_a_period_that_cannot_be_read_is_said(tmp_path: Path, asked: dict[str, str]) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", **asked)
    assert not app.exception
    assert not app.error
    assert "cannot be read; it is left out" in words(app)
    assert len(app.dataframe) == 1
