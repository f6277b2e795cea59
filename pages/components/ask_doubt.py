"""What the reading was not sure of: corrected words, what was assumed, other readings, or why there is no answer."""

import streamlit as st

from analytics.ask.question_address import question_address
from analytics.ask.reading import Alternative, Reading, Refusal
from pages.components.ask_suggestions import questions_to_ask
from pages.components.chip_address import TYPED

# What the answer's own sentence says too: the day that time is relative to, and how far the data reaches.
_SAID = ("Time is relative to ", "All time: ", "No period was named: it is as of ")


def reading_notes(reading: Reading) -> None:
    """Corrected words and assumptions, a line each; they quote what was typed and the export."""
    lines = [note for note in reading.notes if not note.startswith(_SAID)]
    if lines:
        with st.container(gap=None, key="reading_notes"):
            for line in lines:
                st.text(line)


def other_readings(reading: Reading) -> None:
    """Not what was meant: the nearest other readings, each to be taken."""
    if not reading.alternatives:
        return
    with st.container(border=True, gap="xxsmall", key="other_readings"):
        st.markdown("**Not what you meant?**")
        for alternative in reading.alternatives:
            _take(alternative, reading.text)


def _take(alternative: Alternative, typed: str) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.page_link(
            "pages/ask.py", label="Take this", icon=":material/swap_horiz:", width="content",
            query_params={TYPED: [typed]} | question_address(alternative.question),
        )  # fmt: skip
        st.text(alternative.words, width="stretch")


def refused(refusal: Refusal) -> None:
    """Why there is no answer, and what can be asked instead."""
    with st.container(border=True, gap="small", key="refused"):
        st.markdown(":material/block: **No answer to this**")
        st.text(refusal.reason)
        if refusal.suggestions:
            st.markdown("You can ask:")
            questions_to_ask(refusal.suggestions)
