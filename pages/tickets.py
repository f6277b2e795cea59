"""Tickets: the rows behind a number, a question or a picture; each with its story, all of them as a file."""

import streamlit as st

from analytics.kpis import KPIS, find_kpi
from analytics.kpis.volume import VOLUME
from analytics.selection import Selection, kpi_selection
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one
from pages.components.filter_bar import filter_bar
from pages.components.kept_selection import kept_selection
from pages.components.page import data_page
from pages.components.ticket_address import PAGE, SELECTION, SORT, TICKET, asked_text, change, period_of_a_question
from pages.components.ticket_conditions import ticket_conditions
from pages.components.ticket_export import ticket_export
from pages.components.ticket_listing import asked_listing, ticket_listing
from pages.components.ticket_timeline import asked_ticket, show_ticket
from pages.components.title_row import title_row

COUNTED, LEFT_OUT = "Counted", "Left out"


def _follow_address() -> None:
    """A KPI stands in the address by its name, which stays the same when a title is reworded."""
    st.session_state.ticket_kpi = asked_one("kpi", [kpi.name for kpi in KPIS], VOLUME.name)
    st.session_state.ticket_rows = asked_one("rows", [COUNTED, LEFT_OUT], COUNTED)


def _keep_address() -> None:
    kpi, rows = st.session_state.ticket_kpi, st.session_state.ticket_rows or COUNTED
    change(kpi=[kpi] if kpi != VOLUME.name else [], rows=[rows] if rows != COUNTED else [], **{PAGE: []})


def _show(engine: Engine) -> None:
    title_row("Tickets", engine)
    digest, ticket = asked_text(SELECTION), asked_ticket()
    if digest:
        chosen = _of_a_picture(digest, engine)
        name = "tickets"
    else:
        with st.expander("The list this ticket is from", icon=":material/tune:") if ticket else st.container():
            chosen, name = _of_a_kpi(engine)
    if chosen is None:
        return
    listing = asked_listing(chosen, engine)
    if ticket:
        show_ticket(ticket, listing, engine)
        return
    total = ticket_listing(listing, engine)
    if total:
        ticket_export(listing, total, name, engine)


def _of_a_picture(digest: str, engine: Engine) -> Selection | None:
    """A selection that somebody opened elsewhere: it is whole in itself, so the filters do not apply to it."""
    found = kept_selection(digest, engine)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticket_selection"):
        st.caption("Tickets opened from a picture; the filters do not apply to them.", width="content")
        st.button(
            "Back to all tickets", type="tertiary", icon=":material/close:", on_click=change,
            kwargs={SELECTION: [], PAGE: [], SORT: [], TICKET: []},
        )  # fmt: skip
    if isinstance(found, str):
        st.info(found, icon=":material/link_off:")
        return None
    return found


def _of_a_kpi(engine: Engine) -> tuple[Selection, str]:
    """What KPI, filter bar and further conditions select, and the name of a file of it."""
    unread = period_of_a_question(engine)
    view = filter_bar(engine)
    _follow_address()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox(
            "KPI", [kpi.name for kpi in KPIS], key="ticket_kpi", format_func=lambda name: find_kpi(name).title,
            label_visibility="collapsed", width=280, on_change=_keep_address,
        )  # fmt: skip
        st.segmented_control(
            "Rows", [COUNTED, LEFT_OUT], required=True, key="ticket_rows", label_visibility="collapsed",
            on_change=_keep_address,
        )  # fmt: skip
    kpi, used = find_kpi(st.session_state.ticket_kpi), st.session_state.ticket_rows != LEFT_OUT
    filters = ticket_conditions(view, engine, unread)
    selection = kpi_selection(kpi, filters, used)
    return selection, f"{kpi.name}-{'counted' if used else 'left-out'}"


data_page(_show)
