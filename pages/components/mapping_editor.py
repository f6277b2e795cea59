"""The mapping editor: which header is which column, which word means what, saved under a name."""

import re
from typing import Any

import pandas as pd
import streamlit as st

from analytics.errors import BacklightError
from analytics.warehouse.formats import ExportFormat, format_to_toml
from analytics.warehouse.formats.correction import MAPPABLE, UPDATE_TIME, Correction, corrected
from analytics.warehouse.preview import Preview
from analytics.warehouse.schema import STATUSES
from pages.components import warehouse
from pages.components.message import show_error
from pages.components.table_height import table_height
from pages.components.upload import Upload

_PER_TICKET, _PER_UPDATE = "one ticket", "one update of a ticket"
_PRIORITIES = ("1", "2", "3", "4", "5")


def show_mapping_editor(upload: Upload, table: Preview) -> None:
    """Everything that can be corrected, and what to do with the result."""
    key = f"{upload.identity}_{st.session_state.get(f'read_as_{upload.identity}', '')}"
    grain = st.segmented_control(
        "Each row of the file is", (_PER_TICKET, _PER_UPDATE), required=True, key=f"grain_{key}",
        default=_PER_UPDATE if table.format.event_time else _PER_TICKET,
    )  # fmt: skip
    if grain == _PER_UPDATE:
        st.caption(f"The time of the update is what `{UPDATE_TIME}` is read from.")
    headers = _edit_headers(table, key)
    statuses = _edit_words("status", table.statuses, STATUSES, key)
    priorities = _edit_words("priority", table.priorities, _PRIORITIES, key)
    levels = {word: int(level) if level else None for word, level in priorities.items()}
    name = st.text_input(
        "Save it as", _suggested(upload.name), key=f"name_{key}", max_chars=60, width=360,
        help="Letters, digits, - and _. The next export with the same headers is then recognised by this name.",
    )  # fmt: skip
    if not headers["ticket_id"] or not (headers["opened_at"] or headers[UPDATE_TIME]):
        st.info(
            "Choose at least the header of `ticket_id`, and of `opened_at` or `updated_at`.", icon=":material/edit:"
        )
        return
    correction = Correction(headers, statuses, levels, grain == _PER_UPDATE)
    try:
        format = corrected(table.format, table.header, correction, name)
    except BacklightError as error:
        show_error(error, "This mapping cannot be used yet")
        return
    _offer(upload, format)


def _edit_headers(table: Preview, key: str) -> dict[str, str | None]:
    st.markdown("**Columns**: double-click a cell to choose another header, or empty it.")
    read = {name: headers[0] for name, headers in table.headers.items()}
    rows = [(column.name, read.get(column.name), column.meaning) for column in MAPPABLE]
    choices = list(dict.fromkeys(filter(None, table.header)))
    edited = st.data_editor(
        pd.DataFrame(rows, columns=["column", "header", "meaning"]),
        column_config={
            "column": st.column_config.TextColumn("Column", disabled=True),
            "header": st.column_config.SelectboxColumn("Header in the file", options=choices),
            "meaning": st.column_config.TextColumn("Meaning", disabled=True, width="large"),
        },
        hide_index=True, height=380, key=f"headers_{key}", alt="Which header is which column",
    )  # fmt: skip
    return {row["column"]: _text(row["header"]) for row in edited.to_dict("records")}


def _edit_words(kind: str, words: Any, meanings: tuple[str, ...], key: str) -> dict[str, str | None]:
    if not words:
        return {}
    st.markdown(f"**Words for {kind}**: choose what each means; an empty one counts as unknown.")
    edited = st.data_editor(
        pd.DataFrame(list(words), columns=["word", "rows", "means"]),
        column_config={
            "word": st.column_config.TextColumn("In the file", disabled=True),
            "rows": st.column_config.NumberColumn("Rows", disabled=True, format="localized", width="small"),
            "means": st.column_config.SelectboxColumn("Means", options=list(meanings)),
        },
        hide_index=True, height=table_height(words), key=f"{kind}_{key}", alt=f"Words for {kind}",
    )  # fmt: skip
    return {row["word"]: _text(row["means"]) for row in edited.to_dict("records")}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _suggested(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.split(".")[0].casefold()).strip("-")[:60] or "my-export"


def _offer(upload: Upload, format: ExportFormat) -> None:
    with st.container(horizontal=True):
        st.button(
            "Save and use it", type="primary", icon=":material/bookmark_add:", on_click=_save, args=(upload, format),
            key=f"save_{upload.identity}",
        )  # fmt: skip
        st.download_button(
            "Download as TOML", format_to_toml(format).encode(), "mapping.toml", "application/toml",
            icon=":material/download:", on_click="ignore", key=f"toml_{upload.identity}",
        )  # fmt: skip
    error = st.session_state.pop("mapping_error", None)
    if error:
        show_error(error, "This mapping was not saved")


def _save(upload: Upload, format: ExportFormat) -> None:
    try:
        warehouse.store().save_mapping(format.name, format_to_toml(format))
    except BacklightError as error:
        st.session_state.mapping_error = error
        return
    st.session_state.get("previews", {}).pop((upload.identity, format.name), None)
    st.session_state[f"read_as_{upload.identity}"] = format.name
    # Decided anew from what is seen then: words of a column that was only just chosen may still be unknown.
    st.session_state.pop(f"correct_{upload.identity}", None)
