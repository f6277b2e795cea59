"""The question box: quiet in the title row of every page, large on the Ask page; Enter asks.

It is a form, so that only Enter and the button ask, never a click elsewhere on the page.
"""

import streamlit as st

from pages.components.chip_address import forget_added
from pages.components.leaving import leave_for

QUESTION, LONGEST = "q", 400
_PAGE = "pages/ask.py"
_EXAMPLE = "Ask: SLA by group last quarter"
_LABEL = "Ask a question about the tickets"


def ask_box(width: int = 232) -> None:
    """The small box; what is asked there leads to the Ask page, without this page's filters."""
    with (
        st.form("ask_small", border=False, width=width),
        st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", wrap=False),
    ):
        st.text_input(_LABEL, key="ask_small_text", placeholder=_EXAMPLE, label_visibility="collapsed")
        asked = st.form_submit_button("", icon=":material/search:", help="Ask", type="tertiary")
    text = " ".join(str(st.session_state.get("ask_small_text") or "").split())
    if asked and text:
        leave_for(_PAGE, {QUESTION: [text[:LONGEST]]})


def large_ask_box(text: str) -> None:
    """The box of the Ask page with the question in it; another one becomes the page's address."""
    if st.session_state.get("ask_shown") != text or "ask_text" not in st.session_state:
        st.session_state.ask_shown, st.session_state.ask_text = text, text
    with (
        st.form("ask", border=False),
        st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False),
    ):
        st.text_input(
            _LABEL, key="ask_text", placeholder=_EXAMPLE, label_visibility="collapsed", icon=":material/search:",
            )  # fmt: skip
        st.form_submit_button("Ask", type="primary", on_click=_ask)


def _ask() -> None:
    """One entry in the browser's history."""
    text = " ".join(str(st.session_state.get("ask_text") or "").split())[:LONGEST]
    forget_added()
    st.query_params.from_dict({QUESTION: text} if text else {})
