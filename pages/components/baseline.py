"""The baseline of a KPI's limits: where it begins, why, and a place to begin it anew or take that back."""

import streamlit as st

from analytics.errors import BacklightError
from analytics.formatting import day_text
from analytics.signals import Resets, Signal
from analytics.store.baselines import Baseline, in_force
from analytics.store.names import LONGEST_NOTE
from pages.components.message import show_error
from pages.components.warehouse import store


def resets_in_force() -> Resets:
    """KPI name and Monday of each reset that was not undone."""
    return tuple(sorted((kpi, reset.week) for kpi, reset in in_force(store().baselines()).items()))


def show_baseline(signal: Signal, key: str) -> None:
    """The reset in force with its undo, and a form for another one."""
    reset = in_force(store().baselines(signal.kpi.name)).get(signal.kpi.name)
    if reset:
        _show_reset(reset, key)
    with st.form(f"baseline_{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        weeks = [week.item() for week in signal.limits.weeks[::-1]]
        proposed = weeks.index(signal.limits.since) if signal.limits.since in weeks else 0
        week = st.selectbox("Begin the baseline with the week of", weeks, proposed, day_text, width=220)
        note = st.text_input("Note", placeholder="What changed?", max_chars=LONGEST_NOTE, key=f"note_{key}")
        asked = st.form_submit_button("Reset the baseline here", icon=":material/restart_alt:", key=f"reset_{key}")
    if asked and week:
        try:
            store().reset_baseline(signal.kpi.name, week, note)
        except BacklightError as error:
            show_error(error)
        else:
            st.rerun()


def _show_reset(reset: Baseline, key: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"The baseline begins with the week of {day_text(reset.week)}:", width="content")
        st.text(reset.note, width="stretch")
        if st.button("Undo this reset", key=f"undo_{key}", type="tertiary", icon=":material/undo:"):
            store().undo_baseline(reset.id)
            st.rerun()
