"""What can be done with every number: ask how it is computed, and see the tickets behind it."""

import streamlit as st

from analytics.kpi import Kpi
from analytics.warehouse.engine import Engine
from pages.components.explanation import explain
from pages.components.view import View


def kpi_actions(kpi: Kpi, view: View, engine: Engine, place: str, link: str = "Tickets") -> None:
    """Two quiet controls, side by side; `place` tells several of one KPI apart, `link` is the words of the second."""
    name = f"{kpi.name}_{place}"
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall", width="stretch" if place == "card" else "content",
    ):  # fmt: skip
        if st.button(
            "How?",
            key=f"how_{name}",
            type="tertiary",
            icon=":material/info:",
            help=f"How is this computed? {kpi.title}",
        ):
            explain(kpi, view, engine)
        st.page_link(
            "pages/tickets.py", label=link, query_params=view.address() | {"kpi": kpi.name},
            help=f"The tickets behind {kpi.title}", width="content",
        )  # fmt: skip
