"""The title row: the page's name, the question box, and what the numbers rest on."""

from collections.abc import Sequence

import streamlit as st

from analytics.formatting import count_text, moment_text
from analytics.warehouse.engine import Engine
from pages.components.ask_box import ask_box
from pages.components.results import shown_extent

_ROOM = 32


def title_row(title: str, engine: Engine | None, note: str = "", box: bool = True) -> None:
    """The title with a note and, unless the page has a `box` of its own, one for questions; then what is loaded.

    Without data there is only the title. A source may carry a name that a person typed, so the facts are inert text.
    """
    if engine is None:
        st.subheader(title, anchor=False)
        return
    reach = shown_extent(engine, engine.snapshot)
    noun = "ticket" if reach.tickets == 1 else "tickets"
    facts = f"As of {moment_text(engine.as_of)}  ·  {count_text(reach.tickets)} {noun}  ·  {_named(reach.sources)}"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        st.subheader(title, anchor=False, width="content")
        if note:
            st.caption(note, width="stretch")
        if box:
            ask_box()
        st.text(facts, width="content")


def _named(sources: Sequence[str]) -> str:
    """The sources by name; more than the row has room for are counted."""
    names = ", ".join(sources)
    return names if len(names) <= _ROOM else f"{len(sources)} sources" if len(sources) > 1 else f"{names[:_ROOM]}…"
