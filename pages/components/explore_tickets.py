"""From a bar, a point or a cell of Explore to its tickets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from analytics.ask.question import Question
from analytics.warehouse.engine import Engine
from pages.components.explore_address import tickets_address
from pages.components.explore_state import Explored, put
from pages.components.ticket_table import ticket_table

_HEIGHT = 380


def open_tickets(question: Question, shown: Explored, engine: Engine) -> None:
    """Show the tickets behind a question in a dialog, with the way to all of them."""
    st.dialog(f"Tickets behind {question.measured.title}", width="large")(_tickets)(question, shown, engine)


def tickets_link(question: Question, label: str = "Tickets") -> None:
    """A link to the tickets behind a question; the label is our own words."""
    st.page_link(
        "pages/tickets.py", label=label, icon=":material/list:", width="content", query_params=tickets_address(question)
    )


def picked(
    words: str, question: Question, only: Mapping[str, Sequence[str]], shown: Explored, engine: Engine, key: str
) -> None:
    """One line on what was picked in a table: named inertly, to be narrowed to, looked at or listed as a page.

    `only` are the values by dimension that narrow the view to it. A dialog of its own accord would stop whoever walks
    through a table by the keyboard.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"picked_{key}"):
        st.text(words, width="content")
        if st.button("Look", key=f"look_{key}", type="tertiary", icon=":material/visibility:"):
            open_tickets(question, shown, engine)
        tickets_link(question)
        if only:
            st.button(
                "Only this", key=f"narrow_{key}", type="tertiary", icon=":material/filter_alt:", on_click=put,
                args=(only,),
            )  # fmt: skip


def _tickets(question: Question, shown: Explored, engine: Engine) -> None:
    ticket_table(question.measured, replace(shown.view, filters=question.filters), engine, used=True, height=_HEIGHT)
    tickets_link(question, "Open as a page")
