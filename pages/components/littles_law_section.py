"""Little's law: whether backlog, throughput and time in system fit together."""

import streamlit as st

from analytics.flow.littles_law import littles_law
from analytics.warehouse.engine import Engine
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View


def littles_law_section(view: View, engine: Engine) -> None:
    """Draw the check of the view."""
    found = asked(littles_law, engine, view.filters)
    st.subheader("Do backlog and throughput fit together?", anchor=False)
    st.markdown(found.sentence)
    if found.average_backlog is not None and found.expected_backlog is not None and found.ratio is not None:
        with st.container(horizontal=True):
            st.metric("Average backlog", f"{found.average_backlog:,.1f}", width=220)
            st.metric("Throughput times time in system", f"{found.expected_backlog:,.1f}", width=260)
            st.metric("Ratio", f"{found.ratio:,.2f}", width=120)
    basis_line("Little's law", found.basis, "littles_law")
