"""Saved questions: keep one under a name, pin it to the Overview, open it again, delete it and take that back.

Names are people's texts and go to inert elements only.
"""

from collections.abc import Mapping
from hashlib import sha256

import streamlit as st

from analytics.errors import BacklightError
from analytics.store.names import LONGEST_NOTE
from analytics.store.saved_views import SavedView
from pages.components.message import show_error
from pages.components.warehouse import store

_DELETED = "view_deleted"
PAGES = {"ask": "pages/ask.py", "explore": "pages/explore.py", "tickets": "pages/tickets.py"}


def save_view(page: str, address: Mapping[str, list[str]]) -> None:
    """A popover that keeps this page's view under a name, on the Overview if wished."""
    with st.popover("Save or pin", icon=":material/bookmark_add:", type="tertiary", key="save_view"):
        with st.form("save_view_form", border=False):
            name = st.text_input("Name", max_chars=LONGEST_NOTE, key="view_name", placeholder="Such as: SLA by group")
            pinned = st.checkbox("Pin to the Overview", key="view_pinned")
            sent = st.form_submit_button("Save", icon=":material/save:")
        if sent:
            _save(name, page, address, pinned)


def _save(name: str, page: str, address: Mapping[str, list[str]], pinned: bool) -> None:
    known = {view.name: view for view in store().saved_views.all()}
    replaced = known.get(" ".join(name.split()))
    try:
        kept = store().saved_views.save(name, page, address, pinned)
    except BacklightError as error:
        show_error(error)
        return
    if replaced is not None and dict(replaced.address) != dict(address):
        st.caption("Saved in place of an earlier view of this name.")
    elif pinned or (replaced is not None and replaced.pinned_at):
        st.caption("Saved. It is on the Overview.")
    else:
        st.caption("Saved. It is listed on the Ask page.")
    st.session_state.view_saved = kept


def saved_views_part() -> None:
    """The saved ones, each to be opened, pinned or deleted; what was just deleted can be taken back."""
    _deleted()
    views = store().saved_views.all()
    if not views:
        return
    st.markdown("**Saved**")
    with st.container(gap="xxsmall", key="saved_views"):
        for view in views:
            _row(view)


def _row(view: SavedView) -> None:
    key = sha256(view.name.encode()).hexdigest()[:16]
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        open_view(view, "Open")
        st.text(view.name, width="stretch")
        st.button(
            "Unpin" if view.pinned_at else "Pin", key=f"pin_{key}", type="tertiary", icon=":material/keep:",
            on_click=store().saved_views.pin, args=(view.name, view.pinned_at is None),
            help="Take it off the Overview" if view.pinned_at else "Show it on the Overview",
        )  # fmt: skip
        st.button(
            "Delete", key=f"drop_{key}", type="tertiary", icon=":material/delete:", on_click=_delete, args=(view,)
        )


def open_view(view: SavedView, label: str) -> None:
    """The way back to a saved view; a page that is not known any more has none."""
    if view.page in PAGES:
        st.page_link(
            PAGES[view.page], label=label, icon=":material/arrow_forward:", query_params=view.address, width="content"
        )


def _delete(view: SavedView) -> None:
    store().saved_views.delete(view.name)
    st.session_state[_DELETED] = view


def _deleted() -> None:
    view: SavedView | None = st.session_state.get(_DELETED)
    if view:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.text(f"'{view.name}' is deleted.", width="content")
            st.button("Undo", icon=":material/undo:", type="tertiary", key="view_undo", on_click=_restore)


def _restore() -> None:
    store().saved_views.restore(st.session_state.pop(_DELETED))
