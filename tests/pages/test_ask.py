"""The Ask page: a question answered, refused, corrected by its chips; saved, pinned and asked again; hostile text."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.store import Store, open_store
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.pages.section_page import asked_for, sound
from tests.warehouse_of import snapshot_of

SCRIPT = "<script>alert(1)</script>"
# Two tickets on each of 180 days: 90 days each of the two groups, of which one is late on every other day of 90.
WHOLE = {"kpi": "sla_adherence"}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    snapshot_of(busy_desk(), tmp_path)
    yield
    st.cache_resource.clear()


def page(**address: str | list[str]) -> AppTest:
    return sound(run_page("ask", **address))


def stored(folder: Path) -> Store:
    return open_store(folder)


def table(app: AppTest) -> Any:
    return app.dataframe[0].value


def test_a_question_in_words_is_answered_with_its_sentence_table_and_account() -> None:
    app = page(q="SLA by group")
    assert app.selectbox(key="chip_kpi").value == "sla_adherence"
    assert app.multiselect(key="chip_by").value == ["assignment_group"]
    by_group = dict(zip(table(app)["Assignment group"], table(app)["SLA adherence"], strict=True))
    # Of the 180 tickets on even days all are in time; on the odd days of the newer half one of two is late: 44 or 45.
    assert by_group["Desk"] == pytest.approx(100)
    assert by_group["Network"] == pytest.approx((180 - 45) / 180 * 100)
    assert "'Desk'" in words(app)
    assert "360 tickets used" in words(app)
    assert "Met / (met + breached)" in words(app)


def test_the_box_holds_the_question_and_another_one_becomes_the_address() -> None:
    app = page(q="SLA by group")
    assert app.text_input(key="ask_text").value == "SLA by group"
    app.text_input(key="ask_text").set_value("  backlog   by group ")
    app.button(key="FormSubmitter:ask-Ask").click().run()
    assert asked_for(app, "q") == ["backlog by group"]
    assert sound(app).selectbox(key="chip_kpi").value == "backlog"


def test_the_small_box_is_on_other_pages_and_leads_here_without_their_filters() -> None:
    app = run_page("overview", period="30 days", assignment_group="Desk")
    app.text_input(key="ask_small_text").set_value("SLA by group")
    app.button(key="FormSubmitter:ask_small-").click().run()
    assert sound(app).selectbox(key="chip_kpi").value == "sla_adherence"
    assert asked_for(app, "q") == ["SLA by group"]
    assert not asked_for(app, "assignment_group")


def test_what_cannot_be_answered_is_refused_with_what_can() -> None:
    app = page(q="average salary by moon phase")
    assert "No answer to this" in words(app)
    assert not app.dataframe
    assert len(app.get("page_link")) >= 1


@pytest.mark.parametrize(
    ("key", "value", "name", "texts"),
    [
        ("chip_kpi", "mttr", "kpi", ["mttr"]),
        ("chip_period", "last month", "period", ["last month"]),
        ("chip_grain", "month", "grain", ["month"]),
        ("chip_order", "asc", "order", ["asc"]),
        ("chip_limit", "1", "limit", ["1"]),
        ("chip_compare", "year before", "compare", ["year before"]),
        ("chip_threshold", ">=", "threshold", [">=0.8"]),
    ],
)
def test_a_chip_is_changed_and_answered_at_once(key: str, value: str, name: str, texts: list[str]) -> None:
    app = page(
        kpi="sla_adherence", by="assignment_group", period="last quarter", compare="before", order="desc", limit="2",
        threshold="<0.8", grain="week",
    )  # fmt: skip
    app.selectbox(key=key).set_value(value).run()
    assert asked_for(sound(app), name) == texts
    assert app.selectbox(key=key).value == value


def test_a_chip_that_is_cleared_takes_its_term_away() -> None:
    app = page(kpi="sla_adherence", by="assignment_group", compare="before", period="last month")
    app.selectbox(key="chip_compare").set_value(None).run()
    assert not asked_for(sound(app), "compare")
    app.multiselect(key="chip_by").set_value([]).run()
    assert not asked_for(sound(app), "by")
    assert app.metric[0].label == "SLA adherence"


def test_values_are_turned_into_exceptions_and_back() -> None:
    app = page(kpi="volume", assignment_group="Desk")
    wanted = app.metric[0].value
    app.selectbox(key="chip_is_assignment_group").set_value("is not").run()
    assert asked_for(sound(app), "not_assignment_group") == ["Desk"]
    assert not asked_for(app, "assignment_group")
    # 180 of the Desk; without them 180 of Network, and 6 that no group has.
    assert (wanted, app.metric[0].value) == ("180", "186")
    app.selectbox(key="chip_is_not_assignment_group").set_value("is").run()
    assert asked_for(app, "assignment_group") == ["Desk"]


def test_a_term_is_added() -> None:
    app = page(kpi="volume", q="volume")
    app.selectbox(key="chip_add").set_value("value category").run()
    sound(app).multiselect(key="chip_values_category").set_value(["Mail"]).run()
    assert asked_for(sound(app), "category") == ["Mail"]
    app.selectbox(key="chip_add").set_value("bound").run()
    app.selectbox(key="chip_bound_new").set_value("resolution_hours>").run()
    assert asked_for(sound(app), "bound") == ["resolution_hours>48"]
    app.number_input(key="chip_limit_0").set_value(20).run()
    # Longer than 20 hours took one of two on the odd days of the newer half.
    assert sound(app).metric[0].value == "45"
    app.selectbox(key="chip_bound_0").set_value(None).run()
    assert not asked_for(sound(app), "bound")
    assert asked_for(app, "q") == ["volume"]  # what was typed stays


def test_days_are_chosen() -> None:
    app = page(kpi="volume", period="last month")
    app.selectbox(key="chip_period").set_value("dates").run()
    assert (asked_for(sound(app), "from"), asked_for(app, "to")) == (["2026-05-01"], ["2026-06-01"])
    assert str(app.date_input(key="chip_to").value) == "2026-05-31"
    app.date_input(key="chip_from").set_value("2026-05-31").run()
    assert asked_for(sound(app), "from") == ["2026-05-31"]
    assert app.metric[0].value == "2"
    app.selectbox(key="chip_period").set_value("all").run()
    assert not asked_for(sound(app), "from")


@pytest.mark.parametrize(
    "address",
    [
        {"kpi": "nonsense"}, {"kpi": "mttr", "period": "next blue moon"}, {"kpi": "mttr", "by": "assignee"},
        {"kpi": "mttr", "threshold": "much"}, {"kpi": "mttr", "from": "2026-02-31"}, {"kpi": "mttr", "bound": "x<y"},
        {"kpi": "volume", "from": "2026-03-01", "to": "2026-01-01"}, {"kpi": "mttr", "limit": "-1"},
    ],
)  # fmt: skip
def test_a_bad_address_gets_a_calm_sentence(address: dict[str, str]) -> None:
    app = page(**address)
    assert "This cannot be asked" in words(app)
    assert "You can ask" in words(app)


@pytest.mark.parametrize(
    "address", [{"q": "volume by category"}, {"kpi": "volume", "by": "category", "category": HOSTILE}]
)
def test_text_of_an_export_is_inert_wherever_it_stands(tmp_path: Path, address: dict[str, str]) -> None:
    hostile = [ticket(day, category=text) for day in range(1, 40) for text in (HOSTILE, SCRIPT)]
    snapshot_of([*hostile, *busy_desk()], tmp_path)
    st.cache_resource.clear()
    store = stored(tmp_path)
    store.saved_views.save(HOSTILE, "ask", {"kpi": ["volume"], "by": ["category"]}, pinned=True)
    store.close()
    for app in (page(**address), page(), sound(run_page("overview")), page(q=f"tickets about {HOSTILE} {SCRIPT}")):
        assert not set(markdown_places(app, "127.0.0.1:9")) - {"text_input", "selectbox"}
        assert not set(markdown_places(app, "alert(1)")) - {"text_input", "selectbox"}
    assert HOSTILE in words(page(**address)) or HOSTILE in str(table(page(**address)))


def test_what_was_asked_is_kept_in_our_words() -> None:
    page(q="slaa   by   group")
    app = page()
    assert "Asked lately" in words(app)
    assert "SLA adherence by assignment group" in words(app)
    assert "slaa" not in words(app)
    app.button(key="forget_asked").click().run()
    assert "Asked lately" not in words(sound(app))


def test_a_question_is_saved_pinned_and_deleted_with_a_way_back(tmp_path: Path) -> None:
    app = page(kpi="volume", period="last month")
    app.text_input(key="view_name").set_value("Volume now")
    app.checkbox(key="view_pinned").set_value(True)
    app.button(key="FormSubmitter:save_view_form-Save").click().run()
    assert "It is on the Overview." in words(sound(app))
    (view,) = stored(tmp_path).saved_views.pinned()
    assert (view.name, dict(view.address)) == ("Volume now", {"kpi": ["volume"], "period": ["last month"]})
    overview = sound(run_page("overview"))
    assert "Volume now" in words(overview)
    assert "62" in [metric.value for metric in overview.metric]  # two on each of 31 days
    app = page()
    next(button for button in app.button if button.label == "Delete").click().run()
    assert "'Volume now' is deleted." in words(sound(app))
    assert not stored(tmp_path).saved_views.all()
    app.button(key="view_undo").click().run()
    assert [view.name for view in stored(tmp_path).saved_views.pinned()] == ["Volume now"]
    next(button for button in app.button if button.label == "Unpin").click().run()
    assert not stored(tmp_path).saved_views.pinned()


def test_nothing_is_drawn_where_nothing_is_pinned_and_a_view_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    assert "Pinned" not in words(sound(run_page("overview")))
    store = stored(tmp_path)
    store.saved_views.save("Old one", "ask", {"kpi": ["a_kpi_that_is_gone"]}, pinned=True)
    store.close()
    overview = sound(run_page("overview"))
    assert "Old one" in words(overview)
    assert "This view cannot be read any more." in words(overview)


def test_the_link_has_days_and_brings_the_same_answer_back() -> None:
    app = page(kpi="volume", period="last month", by="assignment_group")
    link = next(code.value for code in app.code if "kpi=volume" in code.value)
    assert "from=2026-05-01&to=2026-06-01" in link
    assert "period" not in link
    again = page(**{"kpi": "volume", "by": "assignment_group", "from": "2026-05-01", "to": "2026-06-01"})
    assert table(again).equals(table(app))


def test_a_definition_is_said_with_the_way_to_its_page() -> None:
    app = page(kpi="fcr", intent="definition")
    assert "first contact" in words(app).lower()
    assert len([link for link in app.get("page_link") if "definitions" in str(link.proto)]) == 1


def test_more_splits_than_a_picture_has_room_for_are_a_table() -> None:
    app = page(kpi="volume", by=["assignment_group", "category", "ticket_type"])
    assert app.multiselect(key="chip_by").value == ["assignment_group", "category", "ticket_type"]
    assert table(app)["Ticket volume"].sum() == 366
    assert not app.get("plotly_chart")
