"""What can be done with every number: ask how it is computed, and see the tickets behind it."""

import streamlit as st

from analytics.kpi import Kpi
from analytics.warehouse.engine import Engine
from pages.components.explanation import explain
from pages.components.view import View


def kpi_actions(kpi: Kpi, view: View, engine: Engine, link: str, why: str = "") -> None:
    """How it is computed, and its tickets; `link` is what the link to them says, `why` the page that looks into it."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"):
        if st.button("How?", key=f"how_{kpi.name}", type="tertiary"):
            explain(kpi, view, engine)
        if why:
            st.page_link(why, label="Why?", query_params=view.address(), width="content")
        st.page_link("pages/tickets.py", label=link, query_params=view.address() | {"kpi": kpi.name}, width="content")
