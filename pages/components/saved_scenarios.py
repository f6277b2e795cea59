"""Saved scenarios: keep the changes under a name, open them again, delete them and take that back.

Names are people's texts and go to inert elements only.
"""

from hashlib import sha256

import streamlit as st

from analytics.errors import BacklightError
from analytics.forecast.changes import Change
from analytics.forecast.scenario import Scenario, scenario_of
from analytics.store.names import LONGEST
from analytics.store.scenarios import SavedScenario
from pages.components.change_builder import write_changes
from pages.components.message import show_error
from pages.components.warehouse import store

_DELETED, _REFUSED = "scenario_deleted", "scenario_refused"


def save_scenario(changes: tuple[Change, ...]) -> None:
    """A popover that keeps the changes; one of the same name is replaced only by a button that says so."""
    with st.popover("Save", icon=":material/bookmark_add:", disabled=not changes):
        with st.form("save_scenario", border=False):
            entered = st.text_input("Name", max_chars=LONGEST, key="scenario_name")
            sent = st.form_submit_button("Save", icon=":material/save:")
        scenario = Scenario(" ".join(entered.split()), changes)
        known = {kept.name: kept.changes for kept in store().scenarios()}
        if known.get(scenario.name, scenario.json) != scenario.json:
            st.caption("Another scenario is kept under this name.")
            if st.button("Replace it", icon=":material/save:", key="scenario_replace"):
                _save(scenario)
        elif sent:
            _save(scenario)


def _save(scenario: Scenario) -> None:
    try:
        store().save_scenario(scenario.name, scenario.json)
    except BacklightError as error:
        show_error(error)
    else:
        st.caption("Saved.")


def saved_scenarios(saved: tuple[SavedScenario, ...]) -> None:
    """A popover that lists what is kept, each to be opened or deleted."""
    if saved:
        with st.popover(f"Saved ({len(saved)})", icon=":material/bookmarks:"):
            for kept in saved:
                _row(kept)


def show_deleted() -> None:
    """What was just deleted, to be taken back, and what could not be opened."""
    deleted: SavedScenario | None = st.session_state.get(_DELETED)
    if deleted:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.text(f"'{deleted.name}' is deleted.", width="content")
            st.button("Undo", icon=":material/undo:", type="tertiary", key="scenario_undo", on_click=_restore)
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        show_error(refused)


def _row(kept: SavedScenario) -> None:
    key = sha256(kept.name.encode()).hexdigest()[:16]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(kept.name, width="stretch")
        st.button(
            "Open", key=f"open_{key}", type="tertiary", icon=":material/folder_open:", on_click=_open, args=(kept,)
        )
        st.button(
            "Delete", key=f"delete_{key}", type="tertiary", icon=":material/delete:", on_click=_delete, args=(kept,)
        )


def _open(kept: SavedScenario) -> None:
    try:
        write_changes(scenario_of(kept.name, kept.changes).changes)
    except BacklightError as error:
        st.session_state[_REFUSED] = error
    else:
        st.session_state["scenario_name"] = kept.name


def _delete(kept: SavedScenario) -> None:
    store().delete_scenario(kept.name)
    st.session_state[_DELETED] = kept


def _restore() -> None:
    deleted: SavedScenario = st.session_state.pop(_DELETED)
    if deleted.name in {kept.name for kept in store().scenarios()}:
        st.session_state[_REFUSED] = BacklightError(f"'{deleted.name}' has been saved anew: delete that one first.")
        return
    store().save_scenario(deleted.name, deleted.changes, deleted.created_at)
