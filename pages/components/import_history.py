"""Every imported file: how its rows add up, what the import had to say, which rows were rejected."""

import pandas as pd
import streamlit as st

from analytics.export import csv_bytes
from analytics.formatting import count_text
from analytics.provenance import imports, rejected_rows
from analytics.warehouse.engine import Engine
from pages.components.message import show_sentences
from pages.components.table_height import table_height

COLUMNS = {
    "file": st.column_config.TextColumn("File", width="medium"),
    "format": st.column_config.TextColumn("Read as"),
    "rows_read": st.column_config.NumberColumn("Rows read", format="localized"),
    "tickets": st.column_config.NumberColumn("= tickets", format="localized"),
    "merged": st.column_config.NumberColumn("+ merged", format="localized", help="Further rows of the same tickets"),
    "rejected": st.column_config.NumberColumn("+ rejected", format="localized", help="Rows that could not be used"),
    "imported_at": st.column_config.DatetimeColumn("Imported", format="D MMM YYYY, HH:mm"),
}
_REJECTED = {
    "file": None,
    "line": st.column_config.NumberColumn("Line", width="small", format="localized"),
    "reason": st.column_config.TextColumn("Reason", width="medium"),
    "text": st.column_config.TextColumn("The row as it stands in the file", width="large"),
}


def show_import_history(engine: Engine) -> None:
    """A row per file; choosing one shows the rest."""
    frame = imports(engine)
    st.subheader("Files imported", anchor=False)
    st.caption("Every row read became a ticket, was merged into one, or was rejected. Select a file to see more.")
    state = st.dataframe(
        frame, hide_index=True, column_order=list(COLUMNS), column_config=COLUMNS, key="imported_file",
        on_select="rerun", selection_mode="single-row", height="content", alt="Imported files",
    )  # fmt: skip
    for row in state.selection.rows:
        if row < len(frame):
            _show_import(engine, frame.iloc[row])


def _show_import(engine: Engine, row: pd.Series) -> None:
    with st.container(border=True):
        st.text(f"{row['file']}, read as {row['format']}, times without a zone in {row['time_zone']}")
        if row["warnings"]:
            st.markdown("**What the import had to say**")
            show_sentences(str(row["warnings"]).split("\n"))
        if row["rejected"]:
            show_rejected(engine, int(row["import_id"]), int(row["rejected"]))
        with st.expander("The mapping it was read with", icon=":material/code:"):
            st.code(row["mapping"], language="toml", height=320)


def show_rejected(engine: Engine, import_id: int, count: int) -> None:
    """The rejected rows of one import, and their download."""
    frame = rejected_rows(engine, import_id)
    rows = "row" if count == 1 else "rows"
    st.markdown(f"**{count_text(count)} {rows} rejected**")
    st.dataframe(frame, hide_index=True, column_config=_REJECTED, height=table_height(frame), alt="Rejected rows")
    st.download_button(
        "Download the rejected rows", csv_bytes(frame), f"rejected-rows-{import_id}.csv", "text/csv",
        icon=":material/download:", on_click="ignore", key=f"download_rejected_{import_id}",
    )  # fmt: skip
