"""Tickets: the rows behind a number, or those it left out, under the same filters."""

import streamlit as st

from analytics.kpis import KPIS, find_kpi
from analytics.kpis.volume import VOLUME
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, write
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.ticket_table import ticket_table
from pages.components.title_row import title_row

COUNTED, LEFT_OUT = "Counted", "Left out"


def _follow_address() -> None:
    """A KPI stands in the address by its name, which stays the same when a title is reworded."""
    st.session_state.ticket_kpi = asked_one("kpi", [kpi.name for kpi in KPIS], VOLUME.name)
    st.session_state.ticket_rows = asked_one("rows", [COUNTED, LEFT_OUT], COUNTED)


def _keep_address() -> None:
    write("kpi", [st.session_state.ticket_kpi], [VOLUME.name])
    write("rows", [st.session_state.ticket_rows or COUNTED], [COUNTED])


def _show(engine: Engine) -> None:
    title_row("Tickets behind a number", engine)
    view = filter_bar(engine)
    _follow_address()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.selectbox(
            "KPI", [kpi.name for kpi in KPIS], key="ticket_kpi", format_func=lambda name: find_kpi(name).title,
            label_visibility="collapsed", width=320, on_change=_keep_address,
        )  # fmt: skip
        st.segmented_control(
            "Rows", [COUNTED, LEFT_OUT], required=True, key="ticket_rows", label_visibility="collapsed",
            on_change=_keep_address,
        )  # fmt: skip
    used = st.session_state.ticket_rows != LEFT_OUT
    ticket_table(find_kpi(st.session_state.ticket_kpi), view, engine, used)


data_page(_show)
