"""The tables that a statement may read, beside the box in which it is written."""

import pandas as pd
import streamlit as st

from analytics.warehouse.sandbox.permitted import PERMITTED

_ABOUT = {
    "tickets": "One row per ticket. Times are UTC; columns that end in \\_on are days in the reporting time zone.",
    "ticket_events": "What changed on a ticket, and when: only from exports with one row per update.",
    "stays": "How long each ticket stayed at each status, group and priority; joins `tickets` by `ticket_key`.",
    "calendar": "One row per day, with the business hours of the calendar in force.",
    "imports": "One row per imported file.",
    "facts": "One row: the time of the newest event, which is 'now' for every number here.",
}
_COLUMNS = {
    "column": st.column_config.TextColumn("Column", width=140),
    "type": st.column_config.TextColumn("Type", width=85),
    "meaning": st.column_config.TextColumn("Meaning", width="large"),
}
_HEIGHT = 460


def show_sql_dictionary(names_shown: bool) -> None:
    """Each table with its columns, and whether names of persons are among them."""
    table = st.selectbox("Table", list(PERMITTED), key="sql_table", label_visibility="collapsed")
    st.caption(_ABOUT[table])
    columns = PERMITTED[table]
    st.dataframe(
        pd.DataFrame([(one.name, one.type, one.meaning) for one in columns], columns=list(_COLUMNS)),
        hide_index=True, column_config=_COLUMNS, height=_HEIGHT, row_height=28, alt=f"Columns of {table}",
    )  # fmt: skip
    if not names_shown:
        st.caption("Names of persons are concealed: assignee, requester and actor are empty here.")
