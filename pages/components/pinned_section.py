"""Pinned questions on the Overview."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.warehouse import store

_IN_A_ROW = 3


def pinned_section(engine: Engine) -> None:
    """A row of cards; nothing where nothing is pinned."""
    views = store().saved_views.pinned()
    if not views:
        return
    # The machinery of answers takes a second to load, for which a visitor without pinned questions does not wait.
    from pages.components.pinned_card import pinned_card

    st.markdown("**Pinned questions**")
    for first in range(0, len(views), _IN_A_ROW):
        for column, view in zip(st.columns(_IN_A_ROW, gap="small"), views[first : first + _IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch", gap="xsmall"):
                pinned_card(view, engine)
