"""Notes on days: what people know that tickets do not say; added, listed and removed under a picture of days."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.errors import BacklightError
from analytics.formatting import day_text
from analytics.store.annotations import Annotation
from analytics.store.names import LONGEST_NOTE
from pages.components.message import show_error
from pages.components.warehouse import store


def notes_row(notes: Sequence[Annotation], proposed: date) -> None:
    """A place to add a note, `proposed` being its day, and one that lists them all; the text is inert."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
        with st.popover("Add a note", icon=":material/add_notes:", type="tertiary"):
            _form(proposed)
        if notes:
            with st.popover(f"Notes ({len(notes)})", icon=":material/sticky_note_2:", type="tertiary"):
                for note in notes:
                    _note(note)


def _form(proposed: date) -> None:
    with st.form("note", border=False, clear_on_submit=True):
        day = st.date_input("Day", proposed, format="YYYY-MM-DD")
        text = st.text_input("What happened?", placeholder="Such as: moved to another tool", max_chars=LONGEST_NOTE)
        sent = st.form_submit_button("Add", icon=":material/add:")
    if not sent:
        return
    try:
        store().add_annotation(day, text)
    except BacklightError as error:
        show_error(error)
    else:
        st.rerun()


def _note(note: Annotation) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{day_text(note.day)}: {note.text}", width="stretch")
        if st.button("Remove", key=f"remove_note_{note.id}", type="tertiary", icon=":material/delete:"):
            store().remove_annotation(note.id)
            st.rerun()
