"""Editing an action while others may do so too: nobody's change is lost, and what was typed stays in the form.

What others changed and this person did not is taken over; where both changed a field the two stand side by side.
"""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.plan.action_status import changed_fields, meanwhile, with_days
from analytics.plan.today import today
from analytics.store.actions import Action, KeptAction
from analytics.store.errors import EditedMeanwhile
from pages.components.action_fields import TITLES, action_fields, field_text, forget_fields, set_fields
from pages.components.record_editing import tried
from pages.components.warehouse import store

_EMPTY: Mapping[str, Any] = {}


def open_editor(one: KeptAction) -> None:
    """Remember the action as it was when its form was opened."""
    forget_fields(_key(one.id))
    st.session_state[_base(one.id)] = one
    st.session_state.pop(_theirs(one.id), None)


def is_open(number: int) -> bool:
    """Whether the form of this action is open."""
    return _base(number) in st.session_state


def action_editor(number: int) -> None:
    """The form, and what others changed meanwhile beside what was typed."""
    base: KeptAction = st.session_state[_base(number)]
    key = _key(number)
    theirs: Mapping[str, Any] = st.session_state.get(_theirs(number), _EMPTY)
    taken = st.session_state.pop(f"{_theirs(number)}_taken", None)
    if taken:
        set_fields(key, taken)
    with st.form(f"{key}_form", border=False):
        mine = action_fields(key, base.entered, with_status=True)
        _side_by_side(theirs, mine)
        with st.container(horizontal=True, gap="small"):
            sent = st.form_submit_button("Save mine" if theirs else "Save", icon=":material/save:", type="primary")
            left = st.form_submit_button("Leave it", icon=":material/close:", type="tertiary")
    if left:
        _close(number)
        st.rerun()
    if sent:
        _save(number, base, mine)


def _save(number: int, base: KeptAction, mine: Mapping[str, Any]) -> None:
    fields = with_days(base.entered, changed_fields(base.entered, mine), today())
    met = []

    def change() -> None:
        try:
            store().actions.change(number, base.version, **fields)
        except EditedMeanwhile:
            met.append(number)

    if not tried(change):
        return
    if met:
        _meet(number, base.entered, fields)
    else:
        _close(number)
    st.rerun()


def _meet(number: int, base: Action, fields: Mapping[str, Any]) -> None:
    """Start over from what others wrote, with this person's own changes on top of it."""
    present = store().actions.one(number)
    others = meanwhile(base, present.entered)
    st.session_state[_base(number)] = present
    st.session_state[f"{_theirs(number)}_taken"] = {name: value for name, value in others.items() if name not in fields}
    st.session_state[_theirs(number)] = others


def _side_by_side(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> None:
    if not theirs:
        return
    st.markdown(
        ":orange[:material/group:] **Somebody else has changed this action since you opened it. Nothing of yours is "
        "saved yet, and nothing is lost.** Look at both, then save yours."
    )
    for name, value in theirs.items():
        kept = "" if name in mine and mine[name] == value else f"\nYours:  {field_text(name, mine.get(name))}"
        st.text(f"{TITLES[name]}\nTheirs: {field_text(name, value)}{kept}")


def _close(number: int) -> None:
    forget_fields(_key(number))
    for name in (_base(number), _theirs(number)):
        st.session_state.pop(name, None)


def _key(number: int) -> str:
    return f"edit_action_{number}"


def _base(number: int) -> str:
    return f"seen_action_{number}"


def _theirs(number: int) -> str:
    return f"theirs_action_{number}"
