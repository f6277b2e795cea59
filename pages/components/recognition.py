"""Recognition: what an import would understand of each file, shown before anything is imported."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from analytics.command_run import CommandRun
from analytics.errors import BacklightError
from analytics.formatting import count_text, moment_text
from analytics.provenance import earlier_imports
from analytics.warehouse.formats import load_formats
from analytics.warehouse.preview import Preview
from analytics.warehouse.snapshots import default_folder
from pages.components import warehouse
from pages.components.format_list import saved_formats
from pages.components.mapping_editor import show_mapping_editor
from pages.components.message import show_error, show_sentences
from pages.components.table_height import table_height
from pages.components.upload import Upload

RECOGNISE = "whatever is recognised"
_MAPPING = {
    "column": st.column_config.TextColumn("Column", width="small"),
    "headers": st.column_config.TextColumn("Read from", width="medium"),
    "sure": st.column_config.ProgressColumn("Sure", format="percent", min_value=0, max_value=1, width="small"),
    "examples": st.column_config.TextColumn("Examples", width="large"),
}
_WORDS = {"rows": st.column_config.NumberColumn("rows", format="localized", width="small")}


@dataclass(frozen=True)
class Readable:
    """The files that can be imported, and the mappings (table -> TOML) that were chosen for them."""

    uploads: tuple[Upload, ...]
    mappings: dict[str, str]


def show_recognition(uploads: Sequence[Upload]) -> Readable:
    """A card per table of each file."""
    _look_at(uploads)
    ready, mappings = [], {}
    for upload in uploads:
        tables = _show_upload(upload)
        if any(table.rows_read for table in tables) and not any(table.problem for table in tables):
            ready.append(upload)
            if _choice(upload) != RECOGNISE:
                mappings.update({table.file: table.mapping for table in tables})
    return Readable(tuple(ready), mappings)


def _choice(upload: Upload) -> str:
    return str(st.session_state.get(f"read_as_{upload.identity}", RECOGNISE))


def _looked_at() -> dict[tuple[str, str], dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = st.session_state.setdefault("previews", {})
    return found


def _look_at(uploads: Sequence[Upload]) -> None:
    """Preview what has not been looked at yet, in a process of its own; the outcome is kept for this session."""
    seen = _looked_at()
    for key in set(seen) - {(upload.identity, choice) for upload in uploads for _, choice in seen}:
        del seen[key]
    unseen: dict[str, list[Upload]] = {}
    for upload in uploads:
        if (upload.identity, _choice(upload)) not in seen:
            unseen.setdefault(_choice(upload), []).append(upload)
    for choice, together in unseen.items():
        with st.spinner("Looking at what the files hold ...", show_time=True):
            documents = _preview(together, choice)
        seen.update({(upload.identity, choice): found for upload, found in zip(together, documents, strict=True)})


def _preview(uploads: Sequence[Upload], choice: str) -> list[dict[str, Any]]:
    options = [] if choice == RECOGNISE else [f"--as={choice}"]
    files = {upload.name: upload.content for upload in uploads}
    try:
        found: list[dict[str, Any]] = CommandRun(default_folder(), "preview", options, files).result()["files"]
    except BacklightError as error:
        return [{"file": upload.name, "tables": [], "error": str(error)} for upload in uploads]
    return found


def _show_upload(upload: Upload) -> list[Preview]:
    document = _looked_at()[upload.identity, _choice(upload)]
    if "error" in document:
        show_error(BacklightError(document["error"]), "This file is left out")
        return []
    with st.container(border=True):
        tables = [Preview.read(table) for table in document["tables"]]
        _show_earlier(upload, tables)
        for number, table in enumerate(tables):
            _show_table(table)
            _show_details(table, f"{upload.identity}_{number}")
        _choose_format(upload)
        unfinished = bool(tables[0].problem or (_choice(upload) in saved_formats() and tables[0].unknown_words))
        if st.toggle("Correct the mapping", key=f"correct_{upload.identity}", value=unfinished):
            show_mapping_editor(upload, tables[0])
    return tables


def _show_earlier(upload: Upload, tables: Sequence[Preview]) -> None:
    """Say if the same bytes are loaded already: read as something else, its tickets may count twice."""
    engine = warehouse.engine()
    before = earlier_imports(engine, upload.content) if engine else pd.DataFrame()
    if before.empty:
        return
    last, names = before.iloc[0], {table.format.name for table in tables}
    st.text(f"This file was imported before, on {moment_text(last['imported_at'])}, as {last['format']}.")
    if names <= set(before["format"]):
        st.caption("Importing it again in the same way changes nothing.")
    else:
        st.warning(
            "Read in another way its tickets may count twice: undo that import first.", icon=":material/warning:"
        )


def _show_table(table: Preview) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(table.file)
        st.badge(_counted(table.rows_read, "row"), color="gray")
        if table.rejected:
            st.badge(_counted(table.rejected, "unreadable row"), color="orange")
    if table.problem:
        show_error(BacklightError(table.problem), "Nothing recognised: say which column is which")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.badge(f"{table.score:.0%} sure", color="orange" if table.generic else "green",
                 icon=":material/help:" if table.generic else ":material/check:")  # fmt: skip
        st.text(table.format.title)
        if table.unknown_words:
            st.badge(_counted(table.unknown_words, "unknown word"), color="orange")
        if table.runner_up:
            st.text(f"· next best: {table.runner_up}, {table.runner_up_score:.0%}")
    if table.generic:
        st.caption(
            "No known layout fits, so the columns were guessed. Check them, correct them, save them under a name."
        )
    if not table.rows_read:
        st.markdown(":material/info: The file has a header but no rows: there is nothing to import from it.")


def _show_details(table: Preview, key: str) -> None:
    labels = ["What is read"] if table.headers else []
    labels += ["First rows"] + (["Words"] if table.statuses or table.priorities else [])
    labels += ["Notes"] if table.notes or table.unused else []
    tabs = dict(zip(labels, st.tabs(labels, key=f"tabs_{key}"), strict=True))
    if table.headers:
        with tabs["What is read"]:
            _show_proposal(table)
    with tabs["First rows"]:
        _show_sample(table)
    if "Words" in tabs:
        with tabs["Words"]:
            _show_words(table)
    if "Notes" in tabs:
        with tabs["Notes"]:
            show_sentences(table.notes)
            if table.unused:
                st.text(f"Not read: {', '.join(table.unused)}")


def _show_proposal(table: Preview) -> None:
    # Only a guess is more or less sure.
    columns = _MAPPING if table.generic else _MAPPING | {"sure": None}
    frame = pd.DataFrame(table.proposal())
    st.dataframe(frame, hide_index=True, column_config=columns, height=table_height(frame), alt="Mapping")


def _show_sample(table: Preview) -> None:
    # Headers may repeat, column names of a frame may not.
    frame = pd.DataFrame(list(table.sample), columns=table.distinct_header)
    st.dataframe(frame, hide_index=True, height=table_height(frame), alt="First rows of the file")


def _show_words(table: Preview) -> None:
    if table.unknown_words:
        st.markdown(
            "Tickets with an unknown word have no status or no priority. Say what it means: correct the mapping."
        )
    for column, words in zip(st.columns(2), (table.statuses, table.priorities), strict=True):
        kind = "status" if words is table.statuses else "priority"
        frame = pd.DataFrame(list(words), columns=[f"{kind} in the file", "rows", "means"])
        column.dataframe(
            frame.fillna({"means": "unknown"}), hide_index=True, column_config=_WORDS, height=table_height(frame)
        )


def _choose_format(upload: Upload) -> None:
    names = [RECOGNISE, *(format.name for format in load_formats()), *saved_formats()]
    st.selectbox("Read as", names, key=f"read_as_{upload.identity}", width=360)


def _counted(count: int, noun: str) -> str:
    return f"{count_text(count)} {noun}" if count == 1 else f"{count_text(count)} {noun}s"
