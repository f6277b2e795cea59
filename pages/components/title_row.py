"""The title row: the page's name, and what the numbers rest on."""

import streamlit as st

from analytics.formatting import count_text, moment_text
from analytics.warehouse.engine import Engine
from pages.components.results import shown_extent


def title_row(title: str, engine: Engine, note: str = "") -> None:
    """The title with a note, then as-of time, tickets and sources.

    A source may carry a name that a person typed, so the facts are inert text.
    """
    reach = shown_extent(engine, engine.snapshot)
    noun = "ticket" if reach.tickets == 1 else "tickets"
    facts = f"As of {moment_text(engine.as_of)}  ·  {count_text(reach.tickets)} {noun}  ·  {', '.join(reach.sources)}"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom", gap="small"):
        st.subheader(title, anchor=False, width="content")
        if note:
            st.caption(note, width="stretch")
        st.text(facts, width="content")
