"""Undo of the last import, asked twice."""

import streamlit as st

from analytics.errors import BacklightError
from analytics.formatting import count_text, moment_text
from analytics.provenance import StepBack, step_back
from analytics.warehouse.snapshots import default_folder, undo
from pages.components.message import show_error, show_sentences


def show_undo() -> None:
    """The button, which says no more than it does."""
    step = step_back(default_folder())
    if st.button(
        "Undo the last import", icon=":material/undo:", disabled=step is None,
        help=None if step else "Only the last few states are kept: there is none left to go back to.",
    ) and step:  # fmt: skip
        _ask(step)


def show_undo_outcome() -> None:
    """What became of an undo just asked for; nothing if there was none."""
    outcome = st.session_state.pop("undo_outcome", None)
    if isinstance(outcome, BacklightError):
        show_error(outcome, "Nothing was undone")
    elif outcome:
        st.toast(outcome, icon=":material/undo:")


@st.dialog("Undo the last import?", icon=":material/undo:")
def _ask(step: StepBack) -> None:
    st.markdown("These files go:" if step.files else "The last change of the data goes.")
    show_sentences(step.files)
    left = f"**{count_text(step.tickets)} tickets**, as of {moment_text(step.as_of)}" if step.tickets else "**nothing**"
    st.markdown(f"What is left is the state before: {left}. The files can be imported again at any time.")
    with st.container(horizontal=True, horizontal_alignment="right"):
        if st.button("Keep it"):
            st.rerun()
        if st.button("Undo", type="primary", key="undo_now", on_click=_undo):
            st.rerun()


def _undo() -> None:
    try:
        undo(default_folder())
    except BacklightError as error:
        st.session_state.undo_outcome = error
    else:
        st.session_state.undo_outcome = "The last import is undone."
        st.session_state.pop("import_outcome", None)
