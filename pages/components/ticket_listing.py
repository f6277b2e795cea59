"""The table of a selection's tickets: search, columns, order and pages, all of them in the address."""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import streamlit as st

from analytics.formatting import count_text
from analytics.listing import Listing, Page, Sort, falls_first, read_page, read_sort
from analytics.selection import Selection, count_tickets, of_title
from analytics.ticket_columns import allowed_columns, column_title, filled_columns, usual_columns
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, asked_texts
from pages.components.results import asked, shown_extent
from pages.components.ticket_address import (
    COLUMNS,
    PAGE,
    SIZE,
    SORT,
    TICKET,
    TICKET_SOURCE,
    TITLE,
    asked_number,
    asked_text,
    change,
)
from pages.components.ticket_table import ticket_columns
from pages.components.warehouse import store

SIZES = (1_000, 10_000, 100_000)
MOST_LETTERS = 200
_HEIGHT = 454
_OWN_ORDER = ""


def asked_listing(selection: Selection, engine: Engine) -> Listing:
    """The listing that the address asks for, without drawing anything."""
    people = store().setting("show_names", "no") == "yes"
    allowed = allowed_columns(people)
    usual = usual_listed(engine, people)
    columns = tuple(name for name in asked_texts(COLUMNS) if name in allowed)
    searched = of_title(selection, asked_text(TITLE)[:MOST_LETTERS])
    return Listing(searched, columns or usual, read_sort(asked_text(SORT), allowed), people)


def asked_page(listing: Listing, engine: Engine) -> tuple[Page, int, int]:
    """The rows that the address asks for, how many rows come before them, and how many tickets there are in all."""
    total = asked(count_tickets, engine, listing.selection)
    size = int(asked_one(SIZE, [str(size) for size in SIZES], str(SIZES[0])))
    pages = max(-(-total // size), 1)
    skipped = (min(asked_number(PAGE, 1), pages) - 1) * size
    read = _few_rows if size == SIZES[0] else _many_rows
    return read(engine, repr((engine.snapshot, listing)), listing, size, skipped), skipped, total


@st.cache_resource(max_entries=64, show_spinner=False)
def _few_rows(_engine: Engine, key: str, _listing: Listing, size: int, skipped: int) -> Page:  # noqa: ARG001 - the key
    return read_page(_engine, _listing, size, skipped)


@st.cache_resource(max_entries=3, show_spinner=False)
def _many_rows(_engine: Engine, key: str, _listing: Listing, size: int, skipped: int) -> Page:  # noqa: ARG001
    return read_page(_engine, _listing, size, skipped)


def ticket_listing(listing: Listing, engine: Engine) -> int:
    """Draw the controls, the sentence and the table; how many tickets there are in all."""
    _begin_with_the_first_page(listing)
    _controls(listing, engine)
    page, skipped, total = asked_page(listing, engine)
    st.text(f"{count_text(total)} {listing.selection.counted_words(total)}.")
    if not total:
        st.info("No tickets here. Choose a longer period, or take a filter or the search away.",
                icon=":material/search_off:")  # fmt: skip
        return 0
    key = f"tickets_{crc32(repr((listing, skipped)).encode())}"
    st.dataframe(
        page.frame, hide_index=True, height=min(_HEIGHT, 38 + 32 * len(page.frame)), row_height=32, placeholder="",
        column_config=ticket_columns(page.frame), key=key, on_select=lambda: _chosen(key, page, listing),
        selection_mode=["single-row", "single-column"],
        alt=f"{count_text(len(page.frame))} of {count_text(total)} tickets",
    )  # fmt: skip
    _pages(len(page.frame), skipped, total, engine)
    return total


def _begin_with_the_first_page(listing: Listing) -> None:
    """Where the filter bar leads to other tickets; a page that a link names, or the way back, is kept."""
    before, shown = st.session_state.get("listed"), (repr(listing.selection), asked_text(PAGE))
    st.session_state.listed = shown
    if before and shown[1] and before[1] == shown[1] and before[0] != shown[0]:
        change(**{PAGE: []})


def _controls(listing: Listing, engine: Engine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticket_controls"):
        st.session_state[TITLE] = asked_text(TITLE)[:MOST_LETTERS]
        st.text_input(
            "Search in titles", key=TITLE, type="search", max_chars=MOST_LETTERS, placeholder="Search in titles",
            label_visibility="collapsed", width=230, icon=":material/search:", on_change=_keep_title,
        )  # fmt: skip
        _order(listing)
        _columns(listing, engine)


def _keep_title() -> None:
    text = " ".join((st.session_state[TITLE] or "").split())
    change(**{TITLE: [text] if text else [], PAGE: []})


def _order(listing: Listing) -> None:
    st.session_state[SORT] = listing.sort.column if listing.sort else _OWN_ORDER
    filled = dict.fromkeys([*listing.columns, *([listing.sort.column] if listing.sort else [])])
    st.selectbox(
        "Sorted by", [_OWN_ORDER, *filled], key=SORT, label_visibility="collapsed", width=210, on_change=_keep_order,
        format_func=lambda name: f"Sorted by {column_title(name)}" if name else "In the usual order",
    )  # fmt: skip
    if listing.sort:
        falls = listing.sort.descending
        st.button(
            "Descending" if falls else "Ascending", type="tertiary", key="sort_direction",
            icon=":material/arrow_downward:" if falls else ":material/arrow_upward:", on_click=_sort_by,
            args=(Sort(listing.sort.column, not falls),),
        )  # fmt: skip


def _keep_order() -> None:
    column = st.session_state[SORT]
    _sort_by(Sort(column, falls_first(column)) if column else None)


def _sort_by(sort: Sort | None) -> None:
    change(**{SORT: [sort.text] if sort else [], PAGE: []})


def _columns(listing: Listing, engine: Engine) -> None:
    """The choice of columns, drawn only while it is open."""
    with st.popover("Columns", icon=":material/view_column:", key="ticket_columns", on_change="rerun") as more:
        if not more.open:
            return
        filled = asked(filled_columns, engine)
        known = [name for name in allowed_columns(listing.people) if name in filled]
        st.session_state[COLUMNS] = list(listing.columns)
        st.multiselect(
            "Columns, in the order they are shown", list(dict.fromkeys([*known, *listing.columns])), key=COLUMNS,
            format_func=column_title, on_change=_keep_columns, args=(usual_listed(engine, listing.people),), width=420,
        )  # fmt: skip
        st.caption("Columns that the data does not fill are not offered. The Definitions page says what each means.")
        st.button("Back to the usual columns", type="tertiary", on_click=lambda: change(**{COLUMNS: []}))


def _keep_columns(usual: Sequence[str]) -> None:
    chosen = list(st.session_state[COLUMNS])
    change(**{COLUMNS: [] if chosen == list(usual) else chosen})


def usual_listed(engine: Engine, people: bool) -> tuple[str, ...]:
    """The columns of a listing for which nobody has chosen others."""
    sources = len(shown_extent(engine, engine.snapshot).sources)
    return usual_columns(asked(filled_columns, engine), sources, people)


def _chosen(key: str, page: Page, listing: Listing) -> None:
    """A row opens its ticket; the head of a column sorts all tickets by it, and again the other way."""
    selected: Any = st.session_state[key].selection
    if selected.rows and selected.rows[0] < len(page.tickets):
        number, source = page.tickets[selected.rows[0]]
        change(**{TICKET: [number], TICKET_SOURCE: [source]})
    elif selected.columns and selected.columns[0] in listing.columns:
        column = selected.columns[0]
        again = listing.sort is not None and listing.sort.column == column
        _sort_by(Sort(column, not listing.sort.descending if again and listing.sort else falls_first(column)))


def _pages(shown: int, skipped: int, total: int, engine: Engine) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticket_pages"):
        words = f"{count_text(skipped + 1)} to {count_text(skipped + shown)} of {count_text(total)}. "
        st.caption(
            f"{words if shown < total else ''}Tick a row to open its ticket; press a column's head to sort all "
            f"{count_text(total)} by it. Times in {engine.reporting_time_zone}.", width="stretch",
        )  # fmt: skip
        if total <= SIZES[0]:
            return
        sizes = [str(size) for size in SIZES if size < total] + [str(next((s for s in SIZES if s >= total), SIZES[-1]))]
        size = asked_one(SIZE, sizes, str(SIZES[0]))
        st.session_state[SIZE] = size
        st.selectbox(
            "Rows on a page", list(dict.fromkeys(sizes)), key=SIZE, label_visibility="collapsed", width=170,
            format_func=lambda text: f"{count_text(int(text))} a page", on_change=_keep_size,
        )  # fmt: skip
        count = -(-total // int(size))
        if count > 1:
            st.session_state[PAGE] = skipped // int(size) + 1
            st.pagination(count, key=PAGE, max_visible_pages=5, on_change=_keep_page)


def _keep_size() -> None:
    chosen = st.session_state[SIZE]
    change(**{SIZE: [] if chosen == str(SIZES[0]) else [chosen], PAGE: []})


def _keep_page() -> None:
    number = int(st.session_state[PAGE] or 1)
    change(**{PAGE: [str(number)] if number > 1 else []})
