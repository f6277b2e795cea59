"""What to automate on a page: candidates, the expected course, an action begun, its check, and a refused forecast."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st

from analytics.plan.inflow_check import origin_of
from analytics.plan.today import VARIABLE
from analytics.store import open_store
from analytics.store.actions import Action
from tests.forecast.scenario_desk import what_if_tickets
from tests.pages.desk_page import HOSTILE, markdown_places, ticket, words
from tests.pages.section_page import asked_for, section_app, sound
from tests.warehouse_of import snapshot_of


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk one of whose categories has a hostile name."""
    folder = tmp_path_factory.mktemp("desk")
    tickets = what_if_tickets()
    for row in tickets:
        row["category"] = HOSTILE if row["category"] == "Web" else row["category"]
    snapshot_of(tickets, folder)
    return folder


@pytest.fixture(autouse=True)
def folder(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    st.cache_resource.clear()
    yield tmp_path / "own"
    st.cache_resource.clear()


def test_the_candidates_stand_with_volume_effort_steadiness_and_what_they_would_do() -> None:
    app = section_app("automation")
    said = words(app)
    assert "frequent simple types make" in said
    (table,) = [frame.value for frame in app.dataframe if "Steady?" in frame.value.columns]
    assert len(table) == 2
    assert (table["Tickets a week"] > 0).all()
    assert not table["Backlog in 30 days"].eq("not known").any()
    assert "With this change the backlog is about" in said
    assert "A hypothesis from articles, not measured here" in said
    assert "present course" in app.get("plotly_chart")[0].proto.spec


def test_the_texts_of_the_export_are_inert() -> None:
    app = section_app("automation")
    (table,) = [frame.value for frame in app.dataframe if "Steady?" in frame.value.columns]
    assert HOSTILE in table.iloc[:, 0].tolist()
    assert markdown_places(app, HOSTILE) == []


def test_the_share_is_kept_in_the_address_and_a_larger_one_does_more() -> None:
    app = section_app("automation", automated="10")
    assert app.number_input(key="automated").value == 10
    small = words(app)
    sound(app.number_input(key="automated").set_value(90).run())
    assert asked_for(app, "automated") == ["90"]
    assert words(app) != small
    for wrong in ("0", "101", "x", "-5"):
        assert section_app("automation", automated=wrong).number_input(key="automated").value in (1, 50, 100)


def test_an_action_is_begun_with_what_it_is_about_and_a_day_to_look_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "2026-07-01")
    app = section_app("automation")
    (table,) = [frame.value for frame in app.dataframe if "Steady?" in frame.value.columns]
    sound(app.button(key="automation_action_0").click().run())
    assert asked_for(app, "show") == ["Who does what?"]
    assert asked_for(app, "origin") == [origin_of("category", table.iloc[0, 0])]
    assert asked_for(app, "what")[0].endswith(f": {table.iloc[0, 0]}")
    assert asked_for(app, "follow_up") == ["2026-07-31"]


def test_a_started_action_is_checked_and_one_that_is_not_says_so(folder: Path) -> None:
    actions = open_store(folder).actions
    actions.add(Action(HOSTILE, origin=origin_of("category", "Mail"), started_on=date(2026, 3, 2)))
    actions.add(Action("Later", origin=origin_of("category", "Mail")))
    actions.add(Action("Dropped", origin=origin_of("category", "Mail"), status="dropped"))
    actions.add(Action("Another", origin="problem 3"))
    app = section_app("automation")
    said = words(app)
    assert " a week before, " in said
    assert "in the 30 days since" in said
    assert "Not started yet" in said
    assert "Dropped" not in said
    assert "Another" not in said
    assert markdown_places(app, HOSTILE) == []


def test_where_nothing_can_be_forecast_the_candidates_still_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = [
        ticket(day, 5 + number, category=("Mail", "Net", "Web")[number % 3])
        for day in range(1, 31) for number in range(6)
    ]  # fmt: skip
    snapshot_of(short, tmp_path / "short")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "short"))
    app = section_app("automation")
    said = words(app)
    assert "frequent simple types make" in said
    assert "What automation would do to the backlog cannot be said." in said
    (table,) = [frame.value for frame in app.dataframe if "Steady?" in frame.value.columns]
    assert table["Backlog in 30 days"].eq("not known").all()


def test_without_types_it_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot_of([ticket(day) for day in range(1, 100)], tmp_path / "one")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "one"))
    said = words(section_app("automation"))
    assert "What to automate cannot be told. No types can be told apart" in said
    assert "would help." in said
