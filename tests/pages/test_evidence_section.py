"""Evidence and the healthy / broken table on a page: rows, what opens, numbers that are set, and inert texts."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.diagnostic import judgement
from analytics.diagnostic.cost import Cost, unknown_cost
from analytics.diagnostic.finding import Finding, Verdict
from analytics.diagnostic.judgement import Rule
from analytics.diagnostic.known import Known
from analytics.diagnostic.numbers import SETTING, Numbers
from analytics.filters import Filters
from analytics.selection import Selection
from analytics.store import open_store
from analytics.warehouse.engine import Engine
from tests.diagnostic.findings import cost, finding
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, words
from tests.pages.section_page import asked_for, sound
from tests.warehouse_of import snapshot_of


def _made(name: str, verdict: Verdict, spent: Cost | None = None, trend: Sequence[float] = ()) -> Rule:
    """A rule that always finds the same, with texts of an export in its table."""

    def rule(engine: Engine, filters: Filters, numbers: Numbers, known: Known) -> Finding:  # noqa: ARG001
        limit = numbers.threshold("users_chase", "chaser_share")
        return finding(
            name, verdict, threshold=limit, rule=f"more than {limit:.1%}.", trend=list(trend), cost=spent,
            selection=Selection("tickets of it", "category = :c", {"c": "Mail"}),
            details=pd.DataFrame({"Group": [HOSTILE], "Tickets": [5]}),
        )  # fmt: skip

    rule.__name__ = rule.__qualname__ = name
    return rule


# One of each verdict, whatever the rules would say of this desk.
MADE = (
    _made("backlog_stands_still", "agrees", cost(120, 60, 240), range(8)),
    _made("problems_return", "agrees", cost(80, 40, 130, "users"), range(8, 0, -1)),
    _made("reporting_is_manual", "disagrees"),
    _made("users_chase", "partial", unknown_cost("x", "no hours are booked.")),
    _made("changes_break_things", "cannot tell"),
    _made("starters_wait", "cannot tell"),
    _made("no_strategic_work", "cannot tell"),
)
OPENED: dict[str, Any] = {"opened": ["users_chase", "problems_return"]}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    snapshot_of(busy_desk(), folder)
    return folder


@pytest.fixture(autouse=True)
def folder(loaded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    copytree(loaded, tmp_path / "own")
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path / "own"))
    monkeypatch.setattr(judgement, "RULES", judgement.RULES | {rule.__name__: rule for rule in MADE})
    st.cache_resource.clear()
    yield tmp_path / "own"
    st.cache_resource.clear()


def evidence(**address: Any) -> AppTest:
    return sound(run_page("self_check", show="Evidence", **address))


def test_every_statement_has_a_row_without_any_answer() -> None:
    said = words(evidence())
    assert (
        "Of 7 statements the tickets agree with 2, agree in part with 1, speak against 1, and cannot tell of 3." in said
    )
    assert "**Backlog**: the tickets agree" in said
    assert "**Changes**: cannot tell" in said
    assert "4 % (threshold 2 %)  ·  1 Apr 2026 to 30 Jun 2026" in said
    assert "The rule:" not in said


def test_an_opened_statement_says_all_that_stands_behind_it_and_the_address_keeps_it() -> None:
    app = evidence()
    sound(app.button(key="open_problems_return").click().run())
    assert asked_for(app, "opened") == ["problems_return"]
    said = words(app)
    assert "The rule: more than 2.0%." in said
    assert "It takes about 80 (40 to 130) hours a month of users' time." in said
    assert "How that is worked out: 80 tickets x 1 hour" in said
    assert "**What to do.** Open a problem record for each group." in said
    assert len(app.get("plotly_chart")) == 1
    sound(app.button(key="open_problems_return").click().run())
    assert asked_for(app, "opened") == []


def test_a_claim_is_said_to_be_one_and_an_unknown_cost_has_its_reason() -> None:
    said = words(evidence(**OPENED))
    assert "A claim from articles, not measured here: Said to bring chasers down by 40 to 60 % in 30 days." in said
    assert "What it costs cannot be told: no hours are booked." in said


def test_texts_of_an_export_are_inert() -> None:
    app = evidence(**OPENED)
    assert any(HOSTILE in str(frame.value) for frame in app.dataframe)
    assert markdown_places(app, HOSTILE) == []


def test_the_action_is_begun_with_the_statement() -> None:
    app = evidence(**OPENED)
    (link, *_) = app.get("page_link")
    assert "statement=problems_return" in link.proto.query_string or "statement=users_chase" in link.proto.query_string
    assert "show=Who+does+what%3F" in link.proto.query_string or "show=Who%20does%20what%3F" in link.proto.query_string


def test_the_action_is_begun_for_the_team_of_the_address() -> None:
    (link, *_) = evidence(**OPENED, team="Desk").get("page_link")
    assert "team=Desk" in link.proto.query_string
    (link, *_) = evidence(**OPENED).get("page_link")
    assert "team=" not in link.proto.query_string


def test_the_days_looked_at_are_said_to_be_the_rules_own() -> None:
    assert "Each rule looks at days of its own up to 30 Jun 2026, however long the period above." in words(evidence())


def test_another_questionnaire_can_be_chosen() -> None:
    app = evidence()
    sound(app.selectbox(key="evidence_of").select("backlog").run())
    assert asked_for(app, "evidence_of") == ["backlog"]
    assert "Of 4 statements" in words(app)


def test_a_threshold_is_set_shown_and_brought_back(folder: Path) -> None:
    app = evidence(**OPENED)
    _threshold(app, "chaser_share").set_value(5.0)
    sound(_save(app, "users_chase"))
    assert dict(Numbers.of(open_store(folder).setting(SETTING, "")).changed) == {"users_chase.chaser_share": 0.05}
    assert "4 % (threshold 5 %)" in words(app)
    sound(app.button(key="shipped_users_chase").click().run())
    assert Numbers.of(open_store(folder).setting(SETTING, "")).changed == ()
    assert "4 % (threshold 2 %)" in words(app)


@pytest.mark.parametrize("wrong", [-1.0, 90.0])
def test_a_wrong_threshold_is_one_sentence_and_nothing_is_kept(folder: Path, wrong: float) -> None:
    app = evidence(**OPENED)
    _threshold(app, "chaser_share").set_value(wrong)
    sound(_save(app, "users_chase"))
    assert (
        f"{wrong:g} cannot be the number of 'Of demand that chasing may be, in %': enter one from 0.1 to 50."
        in words(app)
    )
    assert open_store(folder).setting(SETTING, "") == ""


def test_an_assumption_out_of_order_is_refused(folder: Path) -> None:
    app = evidence(**OPENED)
    (low,) = [
        field for field in app.number_input if str(field.key).startswith("guess_users_chase_minutes_per_contact_Low")
    ]
    low.set_value(99.0)
    sound(_save(app, "users_chase"))
    assert "is not in order: enter a low, a likely and a high number" in words(app)
    assert open_store(folder).setting(SETTING, "") == ""


def test_the_signs_have_states_courses_and_costs() -> None:
    app = sound(run_page("self_check", show="Healthy or broken?"))
    (table,) = [frame.value for frame in app.dataframe if "Sign" in frame.value.columns]
    assert table["Sign"].tolist()[:4] == ["Backlog", "Repeats", "Reporting", "Trust"]
    assert [str(state) for state in table["State"].str[0]][:4] == ["✖ broken", "✖ broken", "✔ healthy", "◐ in between"]
    assert table["Course"].tolist()[:3] == ["getting worse", "getting better", "no course known"]
    assert table["Hours a month"].tolist()[:5] == [
        "120 (60 to 240)",
        "80 (40 to 130)",
        "no gap",
        "not known",
        "not known",
    ]
    assert "Of 7 signs 2 are broken, 1 is in between, 1 is healthy, and 3 cannot be told." in words(app)
    assert "Money a month" not in table.columns


def test_the_first_gap_is_named_with_its_reason_and_unknown_costs_stand_apart() -> None:
    app = sound(run_page("self_check", show="Healthy or broken?"))
    said = words(app)
    assert "First: Backlog. It takes about 120 (60 to 240) hours a month of the desk's time" in said
    assert "but Repeats may take as much. 1 gap of unknown cost stands apart: unknown is not nought." in said
    assert "3 further signs are not told and may cost more." in said
    assert "Trust. What it costs cannot be told: no hours are booked." in said
    assert len(app.get("plotly_chart")) == 1
    assert "0 (0 to 0)" not in said


def test_money_is_shown_only_at_a_rate_that_was_set(folder: Path) -> None:
    open_store(folder).set_setting("cost_per_hour", "50")
    app = sound(run_page("self_check", show="Healthy or broken?"))
    (table,) = [frame.value for frame in app.dataframe if "Sign" in frame.value.columns]
    assert table["Money a month"].tolist()[:4] == [
        "6,000 (3,000 to 12,000)",
        "4,000 (2,000 to 6,500)",
        "no gap",
        "not known",
    ]


def _threshold(app: AppTest, name: str) -> Any:
    (field,) = [one for one in app.number_input if str(one.key).startswith(f"threshold_users_chase_{name}")]
    return field


def _save(app: AppTest, statement: str) -> AppTest:
    (button,) = [one for one in app.button if str(one.key).startswith(f"FormSubmitter:numbers_{statement}")]
    return button.click().run()
