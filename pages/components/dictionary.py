"""The data dictionary: every table and column, and on demand how much of it the loaded data fills."""

import pandas as pd
import streamlit as st

from analytics.provenance import dictionary, filled
from analytics.warehouse.engine import Engine

_ABOUT = {
    "tickets": "One row per ticket. Times are UTC; the columns that end in `_on` are days in the reporting time zone.",
    "ticket_events": "What changed on a ticket, and when: only from exports that have one row per update.",
    "stays": "How long each ticket stayed at each status, group and priority: only where `ticket_events` tell.",
    "calendar": "One row per day, with the business hours of the calendar in force.",
    "imports": "One row per imported file.",
    "rejected_rows": "Rows that could not become a ticket, kept with line and reason.",
}
_COLUMNS = {
    "column": st.column_config.TextColumn("Column", width="medium"),
    "type": st.column_config.TextColumn("Type", width="small"),
    "filled": st.column_config.ProgressColumn("Filled", format="percent", min_value=0, max_value=1, width="small"),
    "meaning": st.column_config.TextColumn("Meaning", width="large"),
}


def show_dictionary(engine: Engine | None, search: str) -> None:
    """All tables, narrowed to the columns in which the search text occurs."""
    counted = engine is not None and st.toggle("Show how much of each column the loaded data fills", key="fill")
    shown = 0
    for table, about in _ABOUT.items():
        frame = filled(engine, table) if counted and engine else dictionary(table)
        found = _matching(frame, search)
        if len(found):
            shown += len(found)
            st.markdown(f"**`{table}`** {about}")
            st.dataframe(
                found,
                hide_index=True,
                column_config=_COLUMNS,
                column_order=list(_COLUMNS),
                height="content",
                alt=f"Columns of {table}",
            )
    if not shown:
        st.info("No column matches. Clear the search to see all of them.", icon=":material/search_off:")


def _matching(frame: pd.DataFrame, search: str) -> pd.DataFrame:
    return frame[frame["column"].str.contains(search, case=False, regex=False)
                 | frame["meaning"].str.contains(search, case=False, regex=False)]  # fmt: skip
