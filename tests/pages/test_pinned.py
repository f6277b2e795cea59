"""Pinned views on the Overview: each with its number, whichever page it was saved on, and taken off there too."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analytics.ask.question_address import question_of
from analytics.store import open_store
from pages.components.explore_address import explore_address, explore_question
from tests.pages.desk_page import busy_desk, run_page, words
from tests.pages.section_page import sound
from tests.warehouse_of import snapshot_of

AS_OF = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    snapshot_of(busy_desk(), tmp_path)
    yield
    st.cache_resource.clear()


def pin(folder: Path, page: str, address: dict[str, list[str]]) -> None:
    store = open_store(folder)
    store.saved_views.save("Kept", page, address, pinned=True)
    store.close()


def test_a_view_of_explore_shows_its_number(tmp_path: Path) -> None:
    pin(tmp_path, "explore", {"kpi": ["volume"], "period": ["All"], "order": ["change"], "assignment_group": ["Desk"]})
    overview = sound(run_page("overview"))
    assert "Kept" in words(overview)
    assert overview.metric[-1].value == "180"  # two on each of 90 days
    assert any("explore" in str(link.proto) for link in overview.get("page_link"))


def test_a_pivot_of_explore_shows_its_first_rows(tmp_path: Path) -> None:
    pin(tmp_path, "explore", {"period": ["All"], "kpi": ["volume"], "by": ["assignment_group"], "show": ["Pivot"]})
    shown = sound(run_page("overview")).dataframe[-1]
    by_group = dict(zip(shown.value["Assignment group"], shown.value["Ticket volume"], strict=True))
    assert by_group["Network"] == 180
    assert "localized" in shown.proto.columns  # as on the Ask page


def test_one_of_tickets_says_what_it_is(tmp_path: Path) -> None:
    pin(tmp_path, "tickets", {"kpi": ["volume"]})
    assert "A list of tickets" in words(sound(run_page("overview")))


def test_one_that_cannot_be_read_is_calm_and_can_be_taken_off(tmp_path: Path) -> None:
    pin(tmp_path, "explore", {"kpi": ["gone"], "period": ["Dates"], "dates": ["yesterday"]})
    overview = sound(run_page("overview"))
    assert "cannot be read any more" in words(overview)
    next(button for button in overview.button if button.label == "Unpin").click().run()
    assert "Pinned" not in words(sound(overview))
    (kept,) = open_store(tmp_path).saved_views.all()
    assert (kept.name, kept.pinned_at) == ("Kept", None)


@pytest.mark.parametrize(
    "asked",
    [
        {"kpi": ["volume"]},
        {"kpi": ["mttr"], "period": ["last 90 days"], "category": ["Disk", ""]},
        {"kpi": ["backlog"], "period": ["this quarter"], "not_category": ["Disk"], "bound": ["reassignment_count>1"]},
        {"kpi": ["volume"], "from": ["2026-04-02"], "to": ["2026-05-02"], "title": ["vpn"]},
        {"kpi": ["volume"], "by": ["assignment_group", "priority"]},
    ],
)
def test_the_way_to_explore_and_back_is_the_same_question(asked: dict[str, list[str]]) -> None:
    question = question_of(asked, AS_OF)
    back = explore_question(explore_address(question, AS_OF), AS_OF)
    assert (back.kpi, back.filters, back.by) == (question.kpi, question.filters, question.by)


def test_without_a_period_it_is_the_bars_usual_one() -> None:
    assert explore_question({"kpi": ["volume"]}, AS_OF).period == "last 90 days"
