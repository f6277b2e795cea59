"""Little's law: whether backlog, throughput and time in system fit together."""

import streamlit as st

from analytics.flow.littles_law import littles_law, ratio_text
from analytics.warehouse.engine import Engine
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View


def littles_law_section(view: View, engine: Engine) -> None:
    """Draw the check of the view."""
    found = asked(littles_law, engine, view.filters)
    with st.container(gap="small"):
        st.subheader("Do backlog and throughput fit together?", anchor=False)
        st.markdown(found.sentence)
        if found.average_backlog is not None and found.expected_backlog is not None and found.ratio is not None:
            with st.container(horizontal=True):
                st.metric("Average backlog", f"{found.average_backlog:,.0f}", width=200)
                st.metric("Ended a day times days open", f"{found.expected_backlog:,.0f}", width=240)
                st.metric("Ratio of the two", ratio_text(found.ratio), width=160)
        basis_line("Little's law", found.basis, "littles_law")
