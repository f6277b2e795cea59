"""From anything that can be clicked to its tickets."""

from zlib import crc32

import streamlit as st

from analytics.export import csv_bytes
from analytics.formatting import count_text
from analytics.selection import Selection, select_tickets
from analytics.tickets import MOST_ROWS
from analytics.warehouse.engine import Engine
from pages.components.kept_selection import keep_selection
from pages.components.ticket_table import SHOWN_ROWS, ticket_columns
from pages.components.warehouse import store

_HEIGHT = 420


def open_selection(title: str, selection: Selection, engine: Engine) -> None:
    """Show the tickets in a dialog; the title is our own words, never an export's."""
    st.dialog(title, width="large")(show_selection)(selection, engine, _HEIGHT)


def selection_button(label: str, title: str, selection: Selection, engine: Engine, key: str) -> None:
    """A quiet button that opens the tickets; label and title are our own words."""
    if st.button(label, key=key, type="tertiary", icon=":material/list:"):
        open_selection(title, selection, engine)


def show_selection(selection: Selection, engine: Engine, height: int = _HEIGHT) -> None:
    """The tickets as a table, how many there are in all, all of them as a file, and the way to them as a page."""
    people = store().setting("show_names", "no") == "yes"
    found = select_tickets(engine, selection, SHOWN_ROWS, people)
    st.text(f"{count_text(found.total)} {selection.counted_words(found.total)}.")
    if found.frame.empty:
        return
    if found.total > len(found.frame):
        st.caption(f"The first {count_text(len(found.frame))} are shown; the download has all of them.")
    st.dataframe(
        found.frame, hide_index=True, height=height, column_config=ticket_columns(found.frame), row_height=32,
        alt=f"{count_text(len(found.frame))} of {count_text(found.total)} tickets", placeholder="",
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.download_button(
            f"Download all {count_text(min(found.total, MOST_ROWS))} as CSV",
            lambda: csv_bytes(select_tickets(engine, selection, MOST_ROWS, people).frame),
            file_name="tickets.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
        _page_button(selection, engine)


def _page_button(selection: Selection, engine: Engine) -> None:
    """Kept only when somebody asks for the page: most pictures are only looked at."""
    key = f"open_page_{crc32(repr(selection).encode())}"
    if st.button("Open as a page", key=key, type="tertiary", icon=":material/open_in_full:"):
        digest = keep_selection(selection, engine)
        st.switch_page("pages/tickets.py", query_params={"selection": digest})
