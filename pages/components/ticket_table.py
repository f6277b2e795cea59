"""The table of tickets behind a KPI in a dialog, and how a column of tickets is shown anywhere."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.export import csv_bytes
from analytics.formatting import count_text
from analytics.kpi import Kpi
from analytics.ticket_columns import column_title, column_type
from analytics.tickets import MOST_ROWS, TicketList, list_tickets
from analytics.warehouse.engine import Engine
from pages.components.view import View
from pages.components.warehouse import store

SHOWN_ROWS = 1_000
_WIDTHS = {"title": 340, "ticket_id": 120, "priority": 80}
_WHOLE = ("TINYINT", "INTEGER", "BIGINT")


def ticket_table(kpi: Kpi, view: View, engine: Engine, used: bool, height: int = 560) -> None:
    """The newest tickets, how many there are in all, and the way to all of them."""
    people = store().setting("show_names", "no") == "yes"
    found = list_tickets(engine, kpi, view.filters, SHOWN_ROWS, used, people)
    _sentence(kpi, view, found, used)
    if found.frame.empty:
        st.info("No tickets here. Choose a longer period, or take a filter away.", icon=":material/search_off:")
        return
    st.dataframe(
        found.frame, hide_index=True, height=height, column_config=ticket_columns(found.frame), row_height=32,
        alt=f"{count_text(len(found.frame))} of {count_text(found.total)} tickets, newest first", placeholder="",
    )  # fmt: skip
    st.download_button(
        f"Download all {count_text(min(found.total, MOST_ROWS))} as CSV",
        lambda: csv_bytes(list_tickets(engine, kpi, view.filters, MOST_ROWS, used, people).frame),
        file_name=f"{kpi.name}-{'counted' if used else 'left-out'}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def _sentence(kpi: Kpi, view: View, found: TicketList, used: bool) -> None:
    """What is shown, in inert text: the filters name values from the export."""
    verdict = "counted in" if used else "left out of"
    st.text(f"{count_text(found.total)} {view.filters.sentence(kpi.verb)}, {verdict} {kpi.title}.")
    if found.total > len(found.frame):
        st.caption(f"The newest {count_text(len(found.frame))} are shown; the download has all of them.")


def ticket_columns(frame: pd.DataFrame) -> dict[str, Any]:
    """How each column of a table of tickets is shown."""
    return {name: _column(name) for name in frame.columns}


def _column(name: str) -> Any:
    title, width = column_title(name), _WIDTHS.get(name)
    try:
        kind = column_type(name)
    except KeyError:  # a column that a page adds
        kind = "TIMESTAMP" if name.endswith("_at") else "DOUBLE" if name.endswith("_hours") else ""
    if kind == "TIMESTAMP":
        return st.column_config.DatetimeColumn(title, format="YYYY-MM-DD HH:mm")
    if kind == "DATE":
        return st.column_config.DateColumn(title, format="YYYY-MM-DD")
    if kind == "DOUBLE":
        return st.column_config.NumberColumn(title, format="%.2f" if name == "satisfaction" else "%.1f")
    if kind == "BOOLEAN":
        return st.column_config.CheckboxColumn(title)
    if kind in _WHOLE:
        return st.column_config.NumberColumn(title, format="%d", width=width)
    return st.column_config.Column(title, width=width)
