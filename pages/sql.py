"""SQL: read-only statements over the canonical tables, for analysts.

Links: `sql?sql=SELECT ...&rows=10000&seconds=30` fill the box; they run nothing.
"""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.page import data_page
from pages.components.sql_dictionary import show_sql_dictionary
from pages.components.sql_editor import edited
from pages.components.sql_outcome import follow, names_shown, running, show_outcome, start
from pages.components.title_row import title_row

_ABOUT = (
    "One SELECT at a time, in DuckDB's dialect. It runs apart from the dashboard, on a copy that holds only what you "
    "may see: nothing can be changed or broken from here."
)


def _show(engine: Engine) -> None:
    title_row("SQL", engine)
    st.caption(_ABOUT)
    # The result below the box and not below both: on a phone the dictionary then comes last.
    box, beside = st.columns([5, 3], gap="medium")
    with box:
        written = edited(running() is not None)
        if written is not None and running() is None:
            start(written)
            # Drawn anew, so that the button is as it should be.
            st.rerun()
        if running():
            follow()
        else:
            show_outcome()
    with beside:
        show_sql_dictionary(names_shown())


data_page(_show)
