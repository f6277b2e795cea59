"""A page's sections as tabs that the address remembers; only the open one is measured and drawn."""

from collections.abc import Callable, Mapping

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, write
from pages.components.view import View

Section = Callable[[View, Engine], None]
SHOW = "show"


def sections(named: Mapping[str, Section], view: View, engine: Engine) -> None:
    """Draw tabs of these names, in order, and the section of the open one."""
    names = list(named)
    st.session_state[SHOW] = asked_one(SHOW, names, names[0])
    for tab, name in zip(st.tabs(names, key=SHOW, on_change=_keep, args=(names[0],)), names, strict=True):
        if tab.open:
            with tab, st.container(gap="small"):
                named[name](view, engine)


def _keep(first: str) -> None:
    write(SHOW, [st.session_state[SHOW]], [first])
