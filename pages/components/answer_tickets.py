"""The tickets that a question asks for, the first of them beside the answer; a ticked row opens its ticket."""

from typing import Any

import streamlit as st

from analytics.ask.answer import Answer
from analytics.ask.answer_tickets import ticket_filters
from analytics.ask.question import Question
from analytics.formatting import count_text
from analytics.kpis import find_kpi
from analytics.listing import Listing, Page, read_page
from analytics.selection import kpi_selection
from analytics.warehouse.engine import Engine
from pages.components.answer_picture import TICKETS, tickets_link
from pages.components.leaving import leave_for
from pages.components.results import asked
from pages.components.ticket_address import TICKET, TICKET_SOURCE
from pages.components.ticket_listing import usual_listed
from pages.components.ticket_table import ticket_columns
from pages.components.warehouse import store

_MOST_ROWS = 100
_HEIGHT = 358


def answer_tickets(shown: Answer, engine: Engine) -> None:
    """The first ones as a table, and the way to all of them."""
    people = store().setting("show_names", "no") == "yes"
    page = asked(_first_page, engine, shown.question, usual_listed(engine, people), people)
    if page.frame.empty:
        return
    table: Any = st.dataframe(
        page.frame, hide_index=True, height=min(_HEIGHT, 38 + 32 * len(page.frame)), row_height=32, placeholder="",
        column_config=ticket_columns(page.frame), key="answer_tickets", on_select="rerun", selection_mode="single-row",
        alt=f"The first {count_text(len(page.frame))} of these tickets",
    )  # fmt: skip
    _follow(shown, page, [int(row) for row in table.selection.rows])
    cut = f"The first {count_text(_MOST_ROWS)}; 'Tickets' has all of them. " if len(page.frame) == _MOST_ROWS else ""
    st.caption(f"{cut}Tick a row to open its ticket. Times in {engine.reporting_time_zone}.")


def _first_page(engine: Engine, question: Question, columns: tuple[str, ...], people: bool) -> Page:
    selection = kpi_selection(find_kpi(question.kpi), ticket_filters(question))
    return read_page(engine, Listing(selection, columns, None, people), _MOST_ROWS)


def _follow(shown: Answer, page: Page, chosen: list[int]) -> None:
    """A table keeps its selection over reruns, so it is compared with the last."""
    before, st.session_state.answer_ticket = st.session_state.get("answer_ticket"), chosen
    if chosen and chosen != before and chosen[0] < len(page.tickets):
        number, source = page.tickets[chosen[0]]
        leave_for(TICKETS, tickets_link(shown, shown.question) | {TICKET: [number], TICKET_SOURCE: [source]})
