"""What if? on a page: changes in the address, added, removed, saved, compared, deleted and taken back; inert names."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import open_store
from tests.forecast.scenario_desk import what_if_tickets
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, words
from tests.warehouse_of import snapshot_of

SCRIPT = """
from streamlit.runtime.pages_manager import PagesManager
PagesManager.uses_pages_directory = False
from pages.components.page import data_page
from pages.components.filter_bar import filter_bar
from pages.components.scenario_section import scenario_section
data_page(lambda engine: scenario_section(filter_bar(engine), engine))
"""
# The options of a select box are plain text; the browser test looks.
PLAIN = {"selectbox"}
REPORTS = "inflow:category=Reports:-50%"
FREEZE = "freeze:2026-06-01..2026-06-14:0%"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk whose third category has a hostile name."""
    folder = tmp_path_factory.mktemp("desk")
    tickets = what_if_tickets()
    for ticket in tickets:
        ticket["category"] = HOSTILE if ticket["category"] == "Web" else ticket["category"]
    snapshot_of(tickets, folder)
    return folder


@pytest.fixture(autouse=True)
def folder(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    st.cache_resource.clear()
    yield tmp_path / "own"
    st.cache_resource.clear()


def run(**address: str | list[str]) -> AppTest:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    for name, value in address.items():
        app.query_params[name] = value
    return checked(app.run())


def checked(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def charts(app: AppTest) -> list[Any]:
    return list(app.get("plotly_chart"))


def asked_for(app: AppTest, name: str) -> list[str]:
    found: Any = app.query_params.get(name, [])
    return [found] if isinstance(found, str) else list(found)


def test_without_changes_it_is_the_present_course() -> None:
    app = run()
    assert "Nothing is changed yet: on the present course the backlog is about " in words(app)
    assert len(charts(app)) == 1
    assert "present course" not in charts(app)[0].proto.spec
    assert "Save a scenario, and it can be compared here" in words(app)


def test_changes_in_the_address_are_drawn_against_the_present_course() -> None:
    app = run(what_if=[REPORTS, FREEZE, "inflow:nonsense", "freeze:x"])
    assert "With these changes the backlog is about" in words(app)
    assert "Inflow of category 'Reports' down by 50 % from now on. 52 came in the last 13 weeks" in words(app)
    assert "present course" in charts(app)[0].proto.spec
    assert "30 days" in charts(app)[0].proto.spec


def test_a_change_is_added_and_removed_and_the_address_follows() -> None:
    app = run()
    app.selectbox(key="what_if_value_category").select("Reports")
    app.number_input(key="what_if_percent").set_value(-50.0)
    checked(app.button(key="what_if_add").click().run())
    assert asked_for(app, "what_if") == [REPORTS]
    assert "With this change the backlog is about" in words(app)
    checked(app.button(key="what_if_remove_0").click().run())
    assert asked_for(app, "what_if") == []
    assert "Nothing is changed yet" in words(app)


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        ("People in a group", "people:Desk:+2"),
        ("A freeze", "freeze:2026-05-11..2026-05-24:0%"),
        ("The most frequent simple types automated", "automation:50%"),
    ],
)
def test_every_kind_can_be_added(kind: str, link: str) -> None:
    app = run()
    checked(app.selectbox(key="what_if_kind").select(kind).run())
    checked(app.button(key="what_if_add").click().run())
    assert asked_for(app, "what_if") == [link]


def test_a_rate_that_is_not_known_is_asked_for() -> None:
    app = run(what_if="people:Net: +1:+2")
    assert "Not counted: 'Net: +1' gains 2 people from now on: fewer than 5 people are active" in words(app)
    app = run(what_if="people:Net: +1:+2*3")
    assert "3.0 tickets a person and week, 6 a week in all." in words(app)


def test_automation_shows_its_types_and_the_claim_as_a_hypothesis() -> None:
    app = run(what_if="automation:50%")
    assert "A hypothesis from articles, not measured here" in words(app)
    (table,) = [frame.value for frame in app.dataframe if "Chosen" in frame.value.columns]
    assert table["Chosen"].tolist() == [True, True, False]
    assert set(markdown_places(app, HOSTILE)) <= PLAIN


def test_fewer_arrivals_lower_the_backlog_and_the_elasticity_is_kept_in_the_address() -> None:
    app = run(what_if="inflow:category=Mail:-25%")
    assert re.search(r"1 fewer than on the present course|as on the present course", words(app))
    checked(app.number_input(key="elasticity").set_value(0.25).run())
    assert asked_for(app, "elasticity") == ["0.25"]
    assert "more than on the present course" not in words(app)
    usual = run().number_input(key="elasticity").value
    for wrong in ("7", "-0.1", "nan", "much"):
        assert run(elasticity=wrong).number_input(key="elasticity").value == usual


def test_scenarios_are_saved_replaced_only_when_asked_deleted_and_taken_back(folder: Path) -> None:
    app, store = run(what_if=REPORTS), open_store(folder)
    app.text_input(key="scenario_name").set_value(HOSTILE[:60])
    checked(_save(app))
    (kept,) = store.scenarios()
    assert kept.name == HOSTILE[:60]
    again = run(what_if=FREEZE)
    again.text_input(key="scenario_name").set_value(HOSTILE[:60])
    checked(_save(again))
    assert store.scenarios() == (kept,)
    assert "Another scenario is kept under this name." in words(again)
    checked(again.button(key="scenario_replace").click().run())
    assert '"kind": "freeze"' in store.scenarios()[0].changes
    key = next(button.key for button in again.button if (button.key or "").startswith("delete_"))
    checked(again.button(key=key).click().run())
    assert store.scenarios() == ()
    assert "is deleted." in words(again)
    checked(again.button(key="scenario_undo").click().run())
    assert [one.name for one in store.scenarios()] == [HOSTILE[:60]]
    assert set(markdown_places(again, HOSTILE[:60])) <= PLAIN


def _save(app: AppTest) -> AppTest:
    return next(button for button in app.button if button.label == "Save").click().run()


def test_a_saved_one_is_opened_into_the_address(folder: Path) -> None:
    open_store(folder).save_scenario("plan", '[{"kind": "automation", "share": 0.3}]')
    app = run()
    key = next(button.key for button in app.button if (button.key or "").startswith("open_"))
    checked(app.button(key=key).click().run())
    assert asked_for(app, "what_if") == ["automation:30%"]


def test_up_to_four_are_compared_with_the_present_course(folder: Path) -> None:
    store = open_store(folder)
    store.save_scenario("fewer", '[{"kind": "inflow", "dimension": "category", "value": "Reports", "percent": -50}]')
    store.save_scenario(HOSTILE[:60], '[{"kind": "freeze", "start": "2026-06-01", "last": "2026-06-14"}]')
    store.save_scenario("broken", "{")
    app = run(compare=["fewer", HOSTILE[:60], "gone"])
    assert len(charts(app)) == 2
    table = app.dataframe[-1].value
    assert table["Scenario"].tolist() == ["Present course", "fewer", HOSTILE[:60]]
    assert table["Then against the present course"].tolist()[0] == ""
    assert table["Then against the present course"].tolist()[1].startswith("-")
    assert table["Then against the present course"].tolist()[2].startswith("+")
    assert set(markdown_places(app, HOSTILE[:30])) <= PLAIN
    app = run(compare=["broken"])
    assert "The changes of this scenario cannot be read: delete it and enter it anew." in words(app)


def test_a_desk_without_a_forecast_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    snapshot_of(busy_desk()[:20], tmp_path)
    app = run(what_if=REPORTS)
    assert "What a change would do cannot be said. No forecast: " in words(app)
    assert charts(app) == []
    st.cache_resource.clear()
