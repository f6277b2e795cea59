"""Who builds: a builder per business unit, and the boundaries within which they build."""

import streamlit as st

from analytics.store.handed_work import Builder
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT
from analytics.store.record_door import KeptRecord
from pages.components.record_editing import close_button, edit_button, save_record, seen_version, tried
from pages.components.warehouse import store

_KIND = "builder"


def builders_part() -> None:
    """A box for each builder, and a place to add one."""
    kept = store().builders.all()
    if not kept:
        st.caption(
            "Nobody is named yet. Name who builds for each business unit, and what they may touch, before anything is "
            "built."
        )
    for one in kept:
        with st.container(border=True, gap="xxsmall", key=f"builder_{one.id}"):
            _row(one)
            seen = seen_version(_KIND, one.id)
            if seen is not None:
                _editor(one, seen)
    with st.popover("Add a builder", icon=":material/person_add:", type="tertiary"):
        with st.form("builder_new", border=False, clear_on_submit=True):
            entered = _fields(Builder("", ""), "new")
            sent = st.form_submit_button("Add", icon=":material/add:")
        if sent and tried(lambda: store().builders.add(entered)):
            st.rerun()


def _row(one: KeptRecord[Builder]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"{one.entered.unit}: {one.entered.builder}", width="stretch")
        edit_button(_KIND, one.id, one.version)
        remove = st.button("Remove", key=f"builder_remove_{one.id}", type="tertiary", icon=":material/delete:")
    if remove and tried(lambda: store().builders.remove(one.id, one.version)):
        st.rerun()
    st.text(one.entered.boundaries or "No boundaries are written down yet.")


def _editor(one: KeptRecord[Builder], seen: int) -> None:
    with st.form(f"builder_form_{one.id}", border=False):
        entered = _fields(one.entered, str(one.id))
        sent = st.form_submit_button("Save", icon=":material/save:")
    if sent:
        save_record(
            _KIND, one.id, lambda: store().builders.change(one.id, seen, **vars(entered)),
            lambda: store().builders.one(one.id).version,
        )  # fmt: skip
    close_button(_KIND, one.id)


def _fields(now: Builder, key: str) -> Builder:
    unit = st.text_input("Business unit", now.unit, LONGEST_NOTE, key=f"builder_unit_{key}")
    name = st.text_input("Builder", now.builder, LONGEST_NOTE, key=f"builder_name_{key}")
    limits = st.text_area(
        "Boundaries", now.boundaries, max_chars=LONGEST_TEXT, key=f"builder_limits_{key}", height=80,
        placeholder="Such as: no personal data, no writing to other systems, reviewed by IT before others use it",
    )  # fmt: skip
    return Builder(unit, name, limits)
