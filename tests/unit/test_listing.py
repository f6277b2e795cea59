"""A listing: sorting and searching reach all tickets, not only those on a page."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import UnknownName
from analytics.filters import Filters
from analytics.kpis import find_kpi
from analytics.listing import Listing, Sort, falls_first, read_page, read_sort
from analytics.selection import Selection, count_tickets, kpi_selection, of_title
from analytics.ticket_columns import allowed_columns, column_title, filled_columns, usual_columns
from analytics.tickets import PEOPLE, list_tickets
from tests.warehouse_of import Desk, desk_of, known

TITLES = ("VPN down", "vpn slow", "Printer = jammed", "100 % full", "a_b", "O'Brien; DROP TABLE tickets", "ÄRGER", None)
ALL = kpi_selection(find_kpi("volume"), Filters())


def _ticket(place: int) -> dict[str, Any]:
    opened = datetime.fromisoformat("2026-01-05") + timedelta(hours=7 * place)
    resolved = opened + timedelta(hours=place * 37 % 50) if place % 4 else None
    return {
        "ticket_id": f"T{place:03}", "opened_at": opened, "resolved_at": resolved, "title": TITLES[place % 8],
        "status": "resolved" if resolved else ("new", "pending")[place // 4 % 2],
        "priority": (1, 5, 3, None)[place % 4], "category": ("beta", "Alpha", None)[place % 3], "assignee": "Ann",
    }  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return desk_of([_ticket(place) for place in range(60)], tmp_path_factory.mktemp("desk"))


def _column(desk: Desk, sort: Sort | None, column: str, rows: int = 1_000, skipped: int = 0) -> list[Any]:
    frame = read_page(desk.engine, Listing(ALL, ("ticket_id", column), sort), rows, skipped).frame
    return [known(value) for value in frame[column].astype(object)]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["opened_at", "resolution_hours", "priority"])
def test_a_column_is_sorted_over_all_tickets_unknown_last(desk: Desk, column: str, descending: bool) -> None:
    found = _column(desk, Sort(column, descending), column)
    values = [value for value in found if value is not None]
    assert values == sorted(values, reverse=descending)
    assert found == values + [None] * (60 - len(values))
    assert _column(desk, Sort(column, descending), column, rows=5) == found[:5], "the first page is of all tickets"


def test_words_are_sorted_without_regard_to_capitals_and_statuses_by_a_ticket_s_life(desk: Desk) -> None:
    assert list(dict.fromkeys(_column(desk, Sort("category"), "category"))) == ["Alpha", "beta", None]
    assert list(dict.fromkeys(_column(desk, Sort("status"), "status"))) == ["new", "pending", "resolved"]
    weekdays = list(dict.fromkeys(_column(desk, Sort("opened_weekday"), "opened_weekday")))
    assert weekdays[:3] == ["Monday", "Tuesday", "Wednesday"]


@pytest.mark.parametrize("sort", [None, Sort("category"), Sort("priority", True)], ids=str)
def test_pages_hold_every_ticket_once(desk: Desk, sort: Sort | None) -> None:
    listing = Listing(ALL, ("title",), sort)
    pages = [read_page(desk.engine, listing, 7, skipped) for skipped in range(0, 70, 7)]
    found = [ticket for page in pages for ticket in page.tickets]
    assert len(found) == len(set(found)) == 60
    assert found == list(read_page(desk.engine, listing, 1_000).tickets)
    assert list(pages[0].frame.columns) == ["title"]


@pytest.mark.parametrize(
    "text", ["vpn", "VPN", "%", "_", "'", "; drop table", "ärger", " vpn  DOWN ", ":searched_title"]
)
def test_a_search_finds_the_titles_that_hold_the_text(desk: Desk, text: str) -> None:
    wanted = " ".join(text.split()).lower()
    titles = [TITLES[place % 8] for place in range(60)]
    expected = sum(wanted in title.lower() for title in titles if title)
    assert count_tickets(desk.engine, of_title(ALL, text)) == expected
    by_filters = Filters.of(title_text=text)
    assert list_tickets(desk.engine, find_kpi("volume"), by_filters).total == expected, "the same by another route"


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_no_text_searched_for_ever_fails(desk: Desk, text: str) -> None:
    assert 0 <= count_tickets(desk.engine, of_title(ALL, text)) <= 60


def test_a_search_narrows_a_selection_that_has_alternatives(desk: Desk) -> None:
    either = Selection("tickets", "priority = 1 OR priority = 5")
    assert count_tickets(desk.engine, either) == 30
    assert count_tickets(desk.engine, of_title(either, "printer")) == 0
    assert count_tickets(desk.engine, of_title(either, "vpn")) == 8 + 8, "every eighth, twice"
    assert of_title(either, "  ") is either


def test_only_columns_that_may_be_shown(desk: Desk) -> None:
    for columns, sort in ((("ticket_key",), None), (("nonsense",), None), (("title",), Sort("1; DROP TABLE tickets"))):
        with pytest.raises(UnknownName):
            Listing(ALL, columns, sort)
    for name in PEOPLE:
        with pytest.raises(UnknownName):
            Listing(ALL, ("title",), Sort(name))
    frame = read_page(desk.engine, Listing(ALL, ("assignee",), people=True), 1).frame
    assert list(frame["assignee"]) == ["Ann"]


def test_an_order_in_an_address() -> None:
    allowed = allowed_columns(people=False)
    assert read_sort("-opened_at", allowed) == Sort("opened_at", descending=True)
    assert read_sort("title", allowed) == Sort("title")
    assert [read_sort(text, allowed) for text in ("", "-", "assignee", "ticket_key", "title; --")] == [None] * 5
    assert Sort("title", True).text == "-title"
    assert [falls_first(name) for name in ("opened_at", "resolution_hours", "priority", "title")] == [
        True,
        True,
        False,
        False,
    ]


def test_columns_that_the_data_does_not_fill_are_not_shown_at_first(desk: Desk) -> None:
    filled = filled_columns(desk.engine)
    assert "site" not in filled
    assert "assignee" in filled
    usual = usual_columns(filled, 1, people=False)
    assert usual[:2] == ("ticket_id", "title")
    assert not {"source", "service", "assignee"} & set(usual)
    assert "source" in usual_columns(filled, 2, people=False)
    assert "assignee" in usual_columns(filled, 1, people=True)
    assert usual_columns((), 1, people=False) == ("ticket_id",)


def test_titles_have_units() -> None:
    assert column_title("resolution_hours") == "Time to resolve (h)"
    assert (column_title("opened_at"), column_title("opened_on")) == ("Opened", "Opened (day)")


def test_what_names_tickets_by_their_place_holds_for_one_snapshot() -> None:
    placed = ("ticket_key = :ticket_key", "ticket_key IN (:k0, :k1)", "TRUE AND (ticket_key IN ( :a))")
    lasting = ("priority = :p", "ticket_key IN (SELECT ticket_key FROM stays WHERE value = :v)")
    assert all(Selection("tickets", condition).holds_for_one_snapshot for condition in placed)
    assert not any(Selection("tickets", condition).holds_for_one_snapshot for condition in lasting)
    assert Selection("tickets opened", "TRUE").counted_words(1) == "ticket opened"
