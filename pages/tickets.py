"""Tickets: the rows behind a number, or those it left out, under the same filters."""

import streamlit as st

from analytics.kpis import KPIS, find_kpi
from analytics.kpis.volume import VOLUME
from pages.components import warehouse
from pages.components.filter_bar import filter_bar
from pages.components.page import page
from pages.components.ticket_table import ticket_table
from pages.components.title_row import title_row

USED, LEFT_OUT = "Counted", "Left out"


def _follow_address() -> None:
    """The KPI in the address, by its name, which stays the same when a title is reworded."""
    asked = st.query_params.get("kpi", VOLUME.name)
    st.session_state.ticket_kpi = asked if asked in {kpi.name for kpi in KPIS} else VOLUME.name


def _keep_address() -> None:
    st.query_params["kpi"] = st.session_state.ticket_kpi


def _show() -> None:
    engine = warehouse.engine()
    assert engine
    title_row("Tickets behind a number", engine)
    view = filter_bar(engine)
    _follow_address()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.selectbox(
            "KPI", [kpi.name for kpi in KPIS], key="ticket_kpi", format_func=lambda name: find_kpi(name).title,
            label_visibility="collapsed", width=320, on_change=_keep_address,
        )  # fmt: skip
        rows = st.segmented_control(
            "Rows", [USED, LEFT_OUT], default=USED, required=True, key="rows", bind="query-params", label_visibility="collapsed"
        )
    ticket_table(find_kpi(st.session_state.ticket_kpi), view, engine, used=rows != LEFT_OUT)


page(_show)
