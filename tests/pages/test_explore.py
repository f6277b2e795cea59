"""The Explore page: its whole state is its address, and everything on it leads to tickets."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.ask.question import Order, Question
from analytics.ask.question_address import question_of
from analytics.ask.span import Span, before, span_of
from analytics.bound import Bound, Operator
from analytics.filters import Filters
from analytics.period import Grain
from analytics.store import open_store
from pages.components.explore_address import explore_address, tickets_address
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.pages.section_page import asked_for, sound
from tests.warehouse_of import snapshot_of

AS_OF = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.fixture
def desk(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)


def _explore(**address: str | list[str]) -> AppTest:
    return sound(run_page("explore", **address))


def _tables(app: AppTest) -> list[Any]:
    return [table.value for table in app.dataframe]


@pytest.mark.usefixtures("desk")
def test_the_page_shows_a_number_its_course_and_leaderboards() -> None:
    app = _explore()
    assert app.metric[0].label == "Ticket volume"
    assert app.metric[0].value == str(89 * 2 + 5 + 1)  # two a day, five open ones, and the one of today
    assert len(app.get("plotly_chart")) == 1
    group = _tables(app)[0]
    assert dict(zip(group["label"], group["value"], strict=True)) == {
        "Network": 45 * 2, "Desk": 44 * 2, "not recorded": 6,
    }  # fmt: skip
    assert "Changes are against" in words(app)


@pytest.mark.usefixtures("desk")
def test_a_link_holds_the_whole_state() -> None:
    app = _explore(
        kpi="mttr", period="All", grain="month", compare="none", order="asc", not_assignment_group="Desk",
        bound="resolution_hours>20", title="x",
    )  # fmt: skip
    assert app.metric[0].label == "Mean time to resolve"
    chosen = {box.key: box.value for box in app.selectbox}
    assert (chosen["explore_kpi"], chosen["explore_compare"], chosen["explore_grain"]) == ("mttr", "none", "month")
    chips = next(box for box in app.multiselect if box.key == "explore_conditions")
    assert chips.value == ["assignment group is not Desk", "time to resolve is over 20 h", "the title has 'x'"]


@pytest.mark.usefixtures("desk")
def test_a_chip_taken_away_is_gone_from_the_address() -> None:
    app = _explore(kpi="mttr", not_assignment_group="Desk", bound=["resolution_hours>20", "reopen_count<3"])
    chips = next(box for box in app.multiselect if box.key == "explore_conditions")
    chips.set_value([text for text in chips.value if "Desk" not in text and "reopen" not in text]).run()
    assert asked_for(sound(app), "not_assignment_group") == []
    assert asked_for(app, "bound") == ["resolution_hours>20"]
    assert asked_for(app, "kpi") == ["mttr"]


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize(
    "address",
    [
        {"kpi": "nonsense"},
        {"compare": "yesterday or so"},
        {"grain": "fortnight"},
        {"by": "assignee", "show": "Pivot"},
        {"by": ["category", "nonsense"]},
        {"bound": ["drop table", "resolution_hours>48"]},
        {"order": "sideways"},
        {"full": "assignee"},
        {"not_priority": "seven"},
        {"show": "Nowhere"},
        {"against": "nobody", "show": "What differs"},
        {"period": "Dates", "dates": ["2020-01-01", "2020-01-02"]},
    ],
)
def test_a_broken_link_still_shows_the_page(address: dict[str, Any]) -> None:
    app = _explore(**address)
    assert app.selectbox
    refused = [text for text in words(app).splitlines() if "cannot be read" in text]
    assert len(refused) <= 1


@pytest.mark.usefixtures("desk")
def test_a_comparison_the_data_does_not_cover_is_said() -> None:
    app = _explore(period="12 months")
    assert "No change is shown: the data starts on" in words(app)
    assert app.metric[0].delta in ("", None)


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("kpi", ["volume", "sla_adherence", "backlog"])
@pytest.mark.parametrize("by", [[], ["assignment_group"], ["assignment_group", "ticket_type"]])
def test_every_kind_of_kpi_has_its_pivot(kpi: str, by: list[str]) -> None:
    app = _explore(kpi=kpi, by=by, show="Pivot")
    charts = len(app.get("plotly_chart"))
    tables = len(app.dataframe)
    # Time across: lines and a table; one dimension alone: bars; two: a table that is a heat map.
    assert (charts, tables) == {0: (1, 1), 1: (1, 0), 2: (0, 1)}[len(by)]


@pytest.mark.usefixtures("desk")
def test_the_pivot_s_choices_are_kept_in_the_address() -> None:
    app = _explore(show="Pivot")
    next(box for box in app.selectbox if box.key == "pivot_across").set_value("ticket_type").run()
    assert asked_for(sound(app), "by") == ["assignment_group", "ticket_type"]
    next(button for button in app.button if button.label == "Swap").click().run()
    assert asked_for(sound(app), "by") == ["ticket_type", "assignment_group"]


@pytest.mark.usefixtures("desk")
def test_what_differs_finds_the_late_group() -> None:
    """Of the newer half, every other day one ticket of two takes 30 hours: all in Network."""
    app = _explore(kpi="mttr", show="What differs", assignment_group="Network", against="assignment_group")
    said = words(app)
    assert "differs beyond chance" in said or "differ beyond chance" in said
    assert "All tickets: typically" in said


@pytest.mark.usefixtures("desk")
def test_nothing_to_compare_is_said_with_what_to_do() -> None:
    app = _explore(period="All", show="What differs")
    assert "There is nothing yet to compare" in words(app)


@pytest.mark.usefixtures("desk")
def test_a_saved_view_is_kept_with_its_address(tmp_path: Path) -> None:
    app = _explore(kpi="mttr", assignment_group="Desk")
    next(box for box in app.text_input if box.key == "view_name").set_value("Desk time")
    next(button for button in app.button if button.label == "Save").click().run()
    sound(app)
    store = open_store(tmp_path)
    (kept,) = store.saved_views.all()
    store.close()
    assert (kept.name, kept.page) == ("Desk time", "explore")
    assert kept.address == {"period": ["90 days"], "kpi": ["mttr"], "assignment_group": ["Desk"]}


def test_text_from_an_export_reaches_nothing_that_reads_markdown(tmp_path: Path) -> None:
    rows = [ticket(day, title=HOSTILE, category=HOSTILE, assignment_group=HOSTILE) for day in range(1, 60)]
    snapshot_of([*rows, *(ticket(day, assignment_group="Desk") for day in range(1, 60))], tmp_path)
    for show in ("Leaderboards", "Pivot", "What differs"):
        app = _explore(
            show=show, category=HOSTILE, not_site=HOSTILE, title=HOSTILE, by=["assignment_group", "category"]
        )
        assert markdown_places(app, "127.0.0.1:9/x.png") == [], show


FILTERS = Filters.of(
    date(2026, 4, 1), date(2026, 7, 1), {"category": ["Mail", None]}, {"site": ["Leeds"]},
    [Bound("resolution_hours", Operator.OVER, 48.0)], "vpn",
)  # fmt: skip
DAYS = Span(date(2026, 4, 1), date(2026, 7, 1))


def test_a_question_becomes_an_address_of_explore_and_comes_back() -> None:
    question = Question("mttr", ("category", "site"), None, FILTERS, "", before(DAYS), Order.RISEN)
    address = explore_address(question, AS_OF)
    assert address["period"] == ["Dates"]
    assert address["dates"] == ["2026-04-01", "2026-06-30"]
    assert address["show"] == ["Pivot"]
    back = question_of(
        {name: texts for name, texts in address.items() if name not in ("period", "dates", "show")}
        | {"from": ["2026-04-01"], "to": ["2026-07-01"]},
        AS_OF,
    )
    assert back == question


@pytest.mark.parametrize(
    ("code", "preset"), [("last 30 days", "30 days"), ("last 90 days", "90 days"), ("this quarter", "This quarter")]
)
def test_periods_that_move_with_the_data_stay_such(code: str, preset: str) -> None:
    span = span_of(code, AS_OF)
    assert span is not None
    question = Question("fcr", grain=Grain.WEEK).over(span)
    assert explore_address(question) == {"kpi": ["fcr"], "grain": ["week"], "period": [preset]}


def test_open_ends_become_days() -> None:
    assert explore_address(Question("fcr"))["period"] == ["All"]
    since = explore_address(Question("fcr", filters=Filters.of(date(2026, 3, 1))), AS_OF)
    assert since["dates"] == ["2026-03-01", "2026-06-30"]


def test_tickets_are_asked_for_without_the_split() -> None:
    question = Question("mttr", ("category",), Grain.WEEK, FILTERS, "", before(DAYS), Order.RISEN)
    assert set(tickets_address(question)) == {"kpi", "period", "dates", "category", "not_site", "bound", "title"}


@pytest.mark.usefixtures("desk")
def test_the_address_of_a_question_shows_the_question_s_number() -> None:
    question = Question(
        "volume", filters=Filters.of(date(2026, 5, 1), date(2026, 6, 1), {"assignment_group": ["Desk"]})
    )
    app = _explore(**dict(explore_address(question, AS_OF)))
    assert app.metric[0].value == str(16 * 2)  # every other day of May, two a day
