"""The self-check on a page: answered, kept as a draft, handed in, set beside the tickets, and shown of groups only."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.store import Store, open_store
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, words
from tests.warehouse_of import snapshot_of

SHEET = find_questionnaire("diagnostic")
FIRST, SECOND = SHEET.statements[0].id, SHEET.statements[1].id
RESULTS, HISTORY = "check_results", "check_history"
TODAY = datetime.now(UTC).date()
PAST = date(2026, 5, 4)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loaded")
    snapshot_of(busy_desk(), made)
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


@pytest.fixture
def store(folder: Path) -> Store:
    return open_store(folder)


def _run(name: str, **address: str) -> AppTest:
    # Its cards link to the plan, which only the whole app knows: by itself the section would end at the first card.
    if name == RESULTS:
        return run_page("self_check", show="What do the tickets say?", **address)
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


def _choose(app: AppTest, key: str, value: str) -> AppTest:
    control: Any = next(one for one in app.get("button_group") if one.key == key)
    control.set_value(value)
    app.run()
    assert not app.exception
    return app


def _key(app: AppTest) -> str:
    asked = app.query_params["draft"]
    return asked if isinstance(asked, str) else asked[0]


def _press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click()
    app.run()
    assert not app.exception
    return app


def people(store: Store, team: str, count: int, day: date, answer: str = "yes", **more: str) -> None:
    """So many who answer the first statement alike, and the second with no."""
    for number in range(count):
        key = store.responses.begin("diagnostic", team, more.get("role", "practitioner"))
        store.responses.answer(key, FIRST, answer)
        store.responses.answer(key, SECOND, "no")
        if "comment" in more:
            store.responses.comment(key, FIRST, f"{more['comment']} {number}")
        store.responses.submit(key, day)


def test_nothing_is_written_before_the_first_answer(folder: Path) -> None:
    app = _run("answer")
    assert "0 of 7 answered" in words(app)
    assert "draft" not in app.query_params
    assert all(statement.text in words(app) for statement in SHEET.statements)
    assert folder.is_dir()


def test_each_answer_is_a_write_and_the_address_opens_the_draft(store: Store) -> None:
    app = _run("answer")
    for statement, answer in ((FIRST, "yes"), (SECOND, "dont_know"), (FIRST, "no")):
        app = _choose(app, f"answer_diagnostic_{statement}", answer)
        draft = store.responses.draft(_key(app))
        assert draft is not None
        assert draft.answer(statement) == answer
    assert "2 of 7 answered" in words(app)
    assert "Saved at" in words(app)
    assert "This page's address is your own draft" in words(app)
    again = _run("answer", draft=_key(app))
    assert "2 of 7 answered" in words(again)
    assert "Saved at" not in words(again)


def test_team_and_role_go_into_the_draft(store: Store) -> None:
    app = _choose(_run("answer", team="Network"), "answer_role", "leader")
    app = _choose(app, f"answer_diagnostic_{FIRST}", "yes")
    key = _key(app)
    assert _placed(store, key) == ("Network", "leader")
    app.selectbox(key="answer_team").set_value("Desk").run()
    assert _placed(store, key) == ("Desk", "leader")
    assert app.query_params["team"] in ("Desk", ["Desk"])


def _placed(store: Store, key: str) -> tuple[str, str]:
    draft = store.responses.draft(key)
    assert draft is not None
    return draft.team, draft.role


@pytest.mark.parametrize("written", ["Desk", "desk", "DESK"])
def test_a_team_s_evidence_is_of_its_tickets_however_its_name_was_written(folder: Path, written: str) -> None:
    assert "The evidence is of this team's tickets." in words(_run(RESULTS, team=written))
    assert "The evidence is of all tickets" in words(_run(RESULTS, team=f"{written} of another name"))
    assert folder.is_dir()


def test_review_submit_thanks_and_the_key_opens_nothing(store: Store) -> None:
    app = _choose(_run("answer"), f"answer_diagnostic_{FIRST}", "yes")
    app = _choose(app, f"answer_diagnostic_{SECOND}", "yes")
    key = _key(app)
    app = _press(app, "review_answers")
    assert "5 not answered" in words(app)
    assert "Choose your role above first." in words(app)
    assert app.button(key="submit_answers").disabled
    app = _choose(app, "answer_role", "practitioner")
    app = _press(app, "submit_answers")
    assert "You ticked 2 of 7." in words(app)
    assert "Specific gaps" in words(app)
    assert "draft" not in app.query_params
    assert store.responses.draft(key) is None
    assert [one.answer(FIRST) for one in store.responses.submitted("diagnostic")] == ["yes"]
    assert "This draft was handed in or discarded" in words(_run("answer", draft=key))


def test_a_draft_is_discarded(store: Store) -> None:
    app = _choose(_run("answer"), f"answer_diagnostic_{FIRST}", "yes")
    key = _key(app)
    app = _press(app, "discard_draft_now")
    assert store.responses.draft(key) is None
    assert "0 of 7 answered" in words(app)


def test_a_change_that_cannot_be_kept_is_said_and_not_called_saved(store: Store) -> None:
    app = _choose(_run("answer"), f"answer_diagnostic_{FIRST}", "yes")
    app = _choose(app, "answer_role", "leader")
    app = _press(app, "review_answers")
    # Handed in from another window.
    store.responses.submit(_key(app), TODAY)
    app = _press(app, "submit_answers")
    assert "was submitted or discarded" in words(app)
    assert "Saved at" not in words(app)
    assert len(store.responses.submitted("diagnostic")) == 1


def test_without_answers_the_tickets_speak_alone(folder: Path) -> None:
    app = _run(RESULTS)
    assert not app.exception
    assert not app.error
    assert f"**{len(SHEET.statements)}. {SHEET.statements[-1].sign}**" in words(app)
    assert "No answers yet" in words(app)
    assert "What people say is not shown beside them yet" in words(app)
    assert folder.is_dir()


def test_what_is_not_shown_is_not_called_unanswered(folder: Path) -> None:
    app = run_page("self_check", show="What do the tickets say?")
    said = words(app)
    assert "**3. Reporting**: :orange[:material/contrast:] **the tickets agree in part**" in said
    assert "**7. Strategy**: :gray[:material/help:] the tickets **cannot tell**" in said
    assert "Not answered" not in said
    assert folder.is_dir()


def test_a_team_is_set_beside_its_tickets(store: Store) -> None:
    people(store, "Desk", 5, PAST)
    people(store, "Network", 4, PAST)
    app = _run(RESULTS, team="Desk")
    assert "Of 5 people more said yes than no to 1 of 7; the tickets support" in words(app)
    assert "The evidence is of this team's tickets." in words(app)
    few = _run(RESULTS, team="Network")
    assert "Too few to show" in words(few)
    assert "more said yes" not in words(few)


@pytest.mark.parametrize("section", [RESULTS, HISTORY])
def test_too_few_no_data_and_not_yet_look_different(store: Store, section: str) -> None:
    people(store, "Desk", 4, TODAY)
    people(store, "Network", 5, TODAY)
    assert "Too few to show" in words(_run(section, team="Desk"))
    assert "No answers yet" in words(_run(section, team="Servers"))
    assert "Enough answers can be shown" in words(_run(section, team="Network"))


def test_answers_are_shown_by_a_click_and_later_ones_by_fives(store: Store) -> None:
    people(store, "Desk", 5, TODAY)
    app = _press(_run(HISTORY, team="Desk"), "history_show")
    assert "5 people answered" in words(app)
    people(store, "Desk", 4, TODAY, "no")
    later = _run(HISTORY, team="Desk")
    assert "5 people answered" in words(later)
    assert "can be shown" not in words(later)
    people(store, "Desk", 1, TODAY, "no")
    app = _press(_run(HISTORY, team="Desk"), "history_show")
    assert "10 people answered" in words(app)
    assert "Most divided: Backlog" in words(app)


def test_everybody_is_not_a_way_to_a_team_that_is_too_few(store: Store) -> None:
    people(store, "Desk", 6, PAST)
    people(store, "Network", 2, PAST, "no", comment="only we know")
    app = _run(HISTORY)
    assert "6 people answered" in words(app)
    assert "only we know" not in words(app)


def test_leaders_are_set_against_the_others_where_both_are_enough(store: Store) -> None:
    people(store, "Desk", 5, PAST)
    people(store, "Desk", 4, PAST, "no", role="leader")
    assert "Shown once 5 leaders and 5 team members" in words(_run(HISTORY, team="Desk"))
    people(store, "Desk", 1, PAST, "no", role="leader")
    assert "Furthest apart: Backlog. Of 5 leaders and 5 team members." in words(_run(HISTORY, team="Desk"))


def test_the_threshold_is_a_setting_and_never_under_three(store: Store) -> None:
    people(store, "Desk", 4, PAST)
    app = _run(HISTORY, team="Desk")
    assert "Too few to show" in words(app)
    app.number_input(key="fewest").set_value(4).run()
    assert "4 people answered" in words(app)
    store.set_setting("fewest_respondents", "1")
    people(store, "Network", 2, PAST)
    assert "Too few to show" in words(_run(HISTORY, team="Network"))


def test_hostile_teams_and_comments_stay_text(store: Store) -> None:
    people(store, HOSTILE, 5, PAST, comment=HOSTILE)
    for section in (RESULTS, HISTORY):
        app = _run(section, team=HOSTILE)
        assert not app.exception
        assert HOSTILE in words(app) or section == RESULTS
        # The options of a selectbox are plain text.
        assert set(markdown_places(app, HOSTILE)) <= {"selectbox"}


def test_a_draft_of_hostile_text_stays_text(store: Store) -> None:
    key = store.responses.begin("diagnostic", HOSTILE, "leader")
    store.responses.answer(key, FIRST, "yes")
    store.responses.comment(key, FIRST, HOSTILE)
    app = _run("answer", draft=key)
    assert set(markdown_places(app, HOSTILE)) <= {"selectbox", "text_area"}
    app = _press(app, "review_answers")
    assert HOSTILE in words(app)
    assert set(markdown_places(app, HOSTILE)) <= {"selectbox"}


def test_many_teams_are_a_table_by_name(store: Store) -> None:
    for team in "HGFEDCBA":
        people(store, f"Team {team}", 5 if team != "C" else 2, PAST)
    app = _run(HISTORY)
    table = next(frame.value for frame in app.dataframe if "Team" in frame.value)
    assert list(table["Team"]) == [f"Team {team}" for team in "ABCDEFGH"]
    assert table.set_index("Team")["People"].to_dict()["Team C"] == "too few to show"
    assert set(table.set_index("Team")["Backlog"]) == {"100 %", ""}
