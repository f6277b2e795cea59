"""An import under way and its outcome. It runs in a process of its own, so looking elsewhere does not stop it."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.command_run import CommandRun
from analytics.errors import BacklightError
from analytics.formatting import count_text
from analytics.provenance import imports
from pages.components import warehouse
from pages.components.import_history import COLUMNS, show_rejected
from pages.components.message import show_error, show_sentences
from pages.components.upload import clear_files


def start(run: CommandRun) -> None:
    """Remember the run; the page follows it from now on."""
    st.session_state.import_run = run
    st.session_state.pop("import_outcome", None)


def running() -> CommandRun | None:
    """The run that this session has started and that is not yet concluded."""
    run: CommandRun | None = st.session_state.get("import_run")
    return run


@st.fragment(run_every=0.5)
def follow() -> None:
    """Phases as they come; the whole page runs again once it is done."""
    run = running()
    if run is None:
        return
    if run.done:
        _conclude(run)
        st.rerun()
    with st.status("Importing. You can look at other pages meanwhile.", expanded=True):
        st.progress(run.progress)
        for message in run.messages[-6:] or ["Starting"]:
            st.text(message)


def _conclude(run: CommandRun) -> None:
    del st.session_state["import_run"]
    try:
        st.session_state.import_outcome = run.result()
        clear_files()
    except BacklightError as error:
        st.session_state.import_outcome = error


def show_outcome() -> None:
    """The report of the last import of this session, or why it did not happen; nothing if there was none."""
    outcome = st.session_state.get("import_outcome")
    if isinstance(outcome, BacklightError):
        show_error(outcome, "Nothing was imported, and nothing was lost")
    elif outcome:
        _show_report(outcome["files"])


def _show_report(files: list[dict[str, Any]]) -> None:
    with st.container(border=True):
        unchanged = all(file["unchanged"] for file in files)
        st.markdown(
            ":blue[:material/info:] **Nothing has changed: this was imported before**" if unchanged
            else ":green[:material/check_circle:] **Imported**"
        )  # fmt: skip
        st.dataframe(
            pd.DataFrame(files), hide_index=True, column_order=[name for name in COLUMNS if name != "imported_at"],
            column_config=COLUMNS, height="content", alt="What was imported",
        )  # fmt: skip
        for file in files:
            _show_file(file, len(files) > 1)
        st.caption("All pages show the new data from now on.")
        if st.button("Close this report", type="tertiary", icon=":material/close:"):
            del st.session_state["import_outcome"]
            st.rerun()


def _show_file(file: dict[str, Any], named: bool) -> None:
    with st.container(gap="xxsmall"):
        if named:
            st.text(file["file"])
        numbers = (count_text(file[name]) for name in ("rows_read", "tickets", "merged", "rejected"))
        st.markdown("{} rows read = {} tickets + {} merged + {} rejected".format(*numbers))
        show_sentences(file["warnings"])
    engine = warehouse.engine()
    if file["rejected"] and engine:
        frame = imports(engine)
        same = frame[(frame["file"] == file["file"]) & (frame["format"] == file["format"])]
        if len(same):
            show_rejected(engine, int(same.iloc[0]["import_id"]), file["rejected"])
