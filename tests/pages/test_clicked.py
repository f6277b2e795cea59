"""A click on a chart: new, seen already, or on the same point again."""

from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from pages.components.clicked import clicked

BAR = {"x": "Opened", "customdata": ["opened"]}
OTHER = {"x": "Resolved", "customdata": ["resolved"]}


class _Page:
    """A page whose runs follow each other; `shown` are the points selected in the chart of a run."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.state: dict[str, Any] = {}
        self.asked: dict[str, list[str]] = {}
        patch.setattr(st, "session_state", self.state)
        patch.setattr(st, "query_params", self.asked)
        patch.setattr("pages.components.clicked.asked_texts", lambda name: self.asked[name])

    def run(self, *shown: dict[str, Any]) -> dict[str, Any] | None:
        self.run_without_the_chart()
        return clicked(SimpleNamespace(selection=SimpleNamespace(points=list(shown))), "chart")

    def run_without_the_chart(self) -> None:
        self.state["page_runs"] = self.state.get("page_runs", 0) + 1


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> _Page:
    return _Page(monkeypatch)


def test_a_click_counts_once(page: _Page) -> None:
    assert page.run() is None
    assert page.run(BAR) == BAR
    assert page.run(BAR) is None
    assert page.run(OTHER) == OTHER


def test_a_click_on_the_selected_point_counts_again(page: _Page) -> None:
    page.run(BAR)
    page.run(BAR)
    assert page.run() == BAR
    assert page.run() is None
    assert page.run(BAR) == BAR


def test_a_selection_that_went_with_another_filter_is_no_click(page: _Page) -> None:
    page.run(BAR)
    page.asked["period"] = ["30 days"]
    assert page.run(BAR) is None
    assert page.run() is None


def test_a_selection_that_went_while_the_chart_was_away_is_no_click(page: _Page) -> None:
    page.run(BAR)
    page.run_without_the_chart()
    assert page.run() is None
