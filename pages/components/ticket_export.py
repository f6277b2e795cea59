"""Downloads of exactly what is on screen: all tickets of the listing, its columns and its order."""

from collections.abc import Callable

import streamlit as st

from analytics.formatting import count_text
from analytics.listing import Listing
from analytics.ticket_export import csv_file, parquet_file, xlsx_file
from analytics.tickets import MOST_ROWS
from analytics.warehouse.engine import Engine

_MANY = 200_000
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PARQUET = "application/vnd.apache.parquet"


def ticket_export(listing: Listing, total: int, name: str, engine: Engine) -> None:
    """Three buttons; a file is made when its button is pressed. `name` is the file's, without an ending."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="ticket_export"):
        _button(f"Download all {count_text(min(total, MOST_ROWS))} as CSV", name, "csv", "text/csv",
                lambda: csv_file(engine, listing))  # fmt: skip
        _button("XLSX", name, "xlsx", _XLSX, lambda: xlsx_file(engine, listing))
        _button("Parquet", name, "parquet", _PARQUET, lambda: parquet_file(engine, listing))
        if total > MOST_ROWS:
            st.caption(f"A file has at most {count_text(MOST_ROWS)} rows: the first in this order.", width="content")
        elif total > _MANY:
            st.caption("A workbook of so many rows takes a minute or more; CSV is quicker.", width="content")


def _button(label: str, name: str, ending: str, mime: str, made: Callable[[], bytes]) -> None:
    st.download_button(
        label, made, file_name=f"{name}.{ending}", mime=mime, icon=":material/download:", on_click="ignore",
        key=f"download_{ending}",
    )  # fmt: skip
