"""From anything that can be clicked to its tickets."""

import streamlit as st

from analytics.export import csv_bytes
from analytics.formatting import count_text
from analytics.selection import Selection, select_tickets
from analytics.tickets import MOST_ROWS
from analytics.warehouse.engine import Engine
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
    """The tickets as a table, how many there are in all, and all of them as a file."""
    people = store().setting("show_names", "no") == "yes"
    found = select_tickets(engine, selection, SHOWN_ROWS, people)
    words = selection.words.replace("tickets", "ticket", 1) if found.total == 1 else selection.words
    st.text(f"{count_text(found.total)} {words}.")
    if found.frame.empty:
        return
    if found.total > len(found.frame):
        st.caption(f"The first {count_text(len(found.frame))} are shown; the download has all of them.")
    st.dataframe(
        found.frame, hide_index=True, height=height, column_config=ticket_columns(found.frame), row_height=32,
        alt=f"{count_text(len(found.frame))} of {count_text(found.total)} tickets", placeholder="",
    )  # fmt: skip
    st.download_button(
        f"Download all {count_text(min(found.total, MOST_ROWS))} as CSV",
        lambda: csv_bytes(select_tickets(engine, selection, MOST_ROWS, people).frame),
        file_name="tickets.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )
