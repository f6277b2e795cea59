"""The Tickets page: the rows behind a number, a question or a picture, each with its story, under the link's terms."""

from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from analytics.store import open_store
from pages.components import ticket_listing
from tests.flow.event_log import desk_of_log
from tests.pages.desk_page import HOSTILE, busy_desk, markdown_places, run_page, ticket, words
from tests.pages.ticket_page import address_of, button, keep
from tests.warehouse_of import snapshot_of


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("BACKLIGHT_DATABASE", str(tmp_path))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def test_a_link_brings_kpi_filters_and_period(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", kpi="backlog", period="All")
    assert not app.exception
    assert app.selectbox[0].value == "backlog"
    assert "5 tickets open at any time, counted in Backlog." in words(app)
    assert len(app.dataframe[0].value) == 5


def test_the_tickets_left_out_are_a_click_away(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", kpi="mttr", period="All", rows="Left out")
    assert "left out of Mean time to resolve" in words(app)
    assert len(app.dataframe[0].value) == 5


def test_names_of_people_are_concealed_until_somebody_shows_them(tmp_path: Path) -> None:
    snapshot_of([ticket(day, assignee="Ann Example") for day in range(1, 9)], tmp_path)
    for asked in ({}, {"columns": ["ticket_id", "assignee"], "sort": "assignee"}):
        assert "assignee" not in run_page("tickets", **asked).dataframe[0].value
    assert "Ann Example" not in words(run_page("tickets", ticket="T1"))
    st.cache_resource.clear()
    store = open_store(tmp_path)
    store.set_setting("show_names", "yes")
    store.close()
    assert "Ann Example" in set(run_page("tickets").dataframe[0].value["assignee"])
    assert "Ann Example" in words(run_page("tickets", ticket="T1"))


@pytest.mark.parametrize(
    "address",
    [
        {"kpi": "nonsense"}, {"rows": "bogus"}, {"category": "Nonsense"}, {"sort": "1; DROP TABLE tickets"},
        {"columns": ["nonsense", "ticket_key"]}, {"page": "99999"}, {"page": "-1"}, {"page": "x"}, {"size": "7"},
        {"sort": "-"}, {"title": "x" * 5000}, {"dates": "nonsense"},
    ],
)  # fmt: skip
def test_a_broken_link_still_shows_tickets(tmp_path: Path, address: dict[str, Any]) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", **address)
    assert not app.exception
    assert not app.error
    assert len(app.dataframe) == (0 if "title" in address else 1)


def test_no_tickets_is_said(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", period="Dates", dates=["2020-01-01", "2020-01-02"])
    assert not app.exception
    assert "No tickets here" in words(app)


def test_text_from_an_export_reaches_nothing_that_reads_markdown(tmp_path: Path) -> None:
    snapshot_of([ticket(day, title=HOSTILE, category=HOSTILE, source=HOSTILE) for day in range(1, 9)], tmp_path)
    for address in ({"category": HOSTILE}, {"not_category": HOSTILE, "title": HOSTILE}, {"ticket": HOSTILE},
                    {"ticket": "T1", "ticket_source": HOSTILE}, {"bound": HOSTILE, "not_x": HOSTILE, "period": HOSTILE},
                    {"selection": keep(tmp_path, "category = :c", f"tickets of {HOSTILE}", c=HOSTILE)}):  # fmt: skip
        app = run_page("tickets", **address)
        assert not app.exception
        assert [kind for kind in markdown_places(app, "127.0.0.1:9/x.png") if kind != "text_input"] == []
        assert HOSTILE in words(app)


def test_a_search_narrows_and_is_in_the_address(tmp_path: Path) -> None:
    snapshot_of([ticket(day, title=f"Printer {day}" if day % 2 else "VPN down") for day in range(1, 9)], tmp_path)
    app = run_page("tickets", page="3")
    app.text_input("title").set_value(" vpn ").run()
    assert address_of(app) == {"title": ["vpn"]}
    assert "4 tickets" in words(app)
    assert "with 'vpn' in the title" in words(app)
    assert set(app.dataframe[0].value["title"]) == {"VPN down"}
    app.text_input("title").set_value("").run()
    assert address_of(app) == {}
    assert len(app.dataframe[0].value) == 8


def test_order_and_columns_are_the_address_s(tmp_path: Path) -> None:
    snapshot_of(busy_desk(), tmp_path)
    app = run_page(
        "tickets", kpi="mttr", period="All", columns=["resolution_hours", "ticket_id"], sort="resolution_hours"
    )
    shown = app.dataframe[0].value
    assert list(shown.columns) == ["resolution_hours", "ticket_id"]
    assert shown["resolution_hours"].is_monotonic_increasing
    button(app, "Ascending").click().run()
    assert address_of(app)["sort"] == ["-resolution_hours"]
    assert app.dataframe[0].value["resolution_hours"].is_monotonic_decreasing
    app.selectbox("sort").set_value("").run()
    assert "sort" not in address_of(app)


def test_sorting_reaches_tickets_that_are_not_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_listing, "SIZES", (10, 100))
    snapshot_of([*busy_desk(), ticket(170, 500)], tmp_path)
    first = run_page("tickets", period="All", sort="-resolution_hours").dataframe[0].value
    assert len(first) == 10
    assert first["resolution_hours"].iloc[0] == 500
    pages = [run_page("tickets", period="All", page=str(n), sort="title").dataframe[0].value for n in (1, 2, 37, 99)]
    assert [len(page) for page in pages] == [10, 10, 7, 7], "367 tickets; beyond the last page is the last"
    assert not set(pages[0]["ticket_id"]) & set(pages[1]["ticket_id"])
    assert len(run_page("tickets", period="All", size="100").dataframe[0].value) == 100


def test_other_tickets_begin_on_their_first_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticket_listing, "SIZES", (10, 100))
    snapshot_of(busy_desk(), tmp_path)
    app = run_page("tickets", period="All", page="3")
    assert "21 to 30 of 366" in words(app)
    next(box for box in app.multiselect if box.label == "Assignment group").select("Desk").run()
    assert "1 to 10 of 180" in words(app)
    assert "page" not in address_of(app)


def test_a_ticket_opens_from_its_address_with_its_neighbours(tmp_path: Path) -> None:
    snapshot_of([ticket(day, title=f"Number {day}", ticket_id=f"T{day}") for day in range(1, 9)], tmp_path)
    app = run_page("tickets", ticket="T2", ticket_source="desk")
    assert not app.exception
    assert "T2  ·  desk" in words(app)
    assert "2 of 8" in words(app)
    assert "no history of its tickets: only the times it names" in words(app)
    button(app, "Next").click().run()
    assert address_of(app) == {"ticket": ["T3"], "ticket_source": ["desk"]}
    button(app, "Previous").click().run()
    button(app, "Previous").click().run()
    assert "1 of 8" in words(app)
    assert button(app, "Previous").disabled
    button(app, "All tickets of the list").click().run()
    assert address_of(app) == {}
    assert len(app.dataframe[0].value) == 8


def test_a_ticket_outside_the_list_is_shown_and_an_unknown_one_said(tmp_path: Path) -> None:
    snapshot_of([ticket(day, ticket_id=f"T{day}") for day in (1, 200)], tmp_path)
    assert "not on the present page of the list" in words(run_page("tickets", ticket="T200", source="desk"))
    for number, source in (("T3", ""), ("T1", "other")):
        app = run_page("tickets", ticket=number, ticket_source=source)
        assert not app.exception
        assert f"The data has no ticket {number}" in words(app)


def test_a_ticket_s_history(tmp_path: Path) -> None:
    desk_of_log(
        """
        ticket | updated          | state       | group
        1      | 2026-03-02 08:00 | New         | Desk
        1      | 2026-03-02 09:00 | In Progress | Network
        1      | 2026-03-02 12:00 | Resolved    | Network
        """,
        tmp_path,
    ).engine.close()
    (tmp_path / "db").rename(tmp_path / "moved")
    for file in (tmp_path / "moved").iterdir():
        file.rename(tmp_path / file.name)
    app = run_page("tickets", ticket="INC0000001")
    assert not app.exception
    assert "Handed from one group to another once in its history" in words(app)
    changes = app.dataframe[0].value
    assert ("Desk", "Network") in set(zip(changes["before"], changes["now"], strict=True))
