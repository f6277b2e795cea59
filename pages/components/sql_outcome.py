"""A statement under way, and what it found. One at a time in a session."""

import time

import streamlit as st

from analytics.errors import BacklightError
from analytics.export import csv_bytes
from analytics.formatting import count_text, moment_text
from analytics.warehouse.sandbox.errors import SqlRefused, SqlStopped
from analytics.warehouse.sandbox.run import SqlRun
from analytics.warehouse.sandbox.sql_result import SqlResult
from analytics.warehouse.snapshots import default_folder
from pages.components.message import show_error
from pages.components.sql_editor import Written
from pages.components.warehouse import store

_RUN, _OUTCOME = "sql_run", "sql_outcome"
_TALLEST = 560
_ROW = 32
# What is quick is shown without a sign of waiting between.
_QUICK, _LOOKS = 0.6, 0.02


def start(written: Written) -> None:
    """Run it, and follow it from now on."""
    st.session_state.pop(_OUTCOME, None)
    run = SqlRun(default_folder(), written.statement, written.limits, names_shown())
    st.session_state[_RUN] = run
    while not run.done and time.monotonic() - run.started < _QUICK:
        time.sleep(_LOOKS)
    if run.done:
        _conclude(run)


def names_shown() -> bool:
    """Whether an administrator shows the names of persons."""
    return store().setting("show_names", "no") == "yes"


def running() -> SqlRun | None:
    """The statement of this session that is under way."""
    run: SqlRun | None = st.session_state.get(_RUN)
    return run


@st.fragment(run_every=0.4)
def follow() -> None:
    """What it is doing and for how long, with a way to end it; the page runs again once it is done."""
    run = running()
    if run is None:
        return
    if run.done:
        _conclude(run)
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        waited = time.monotonic() - run.started
        st.text(f"{run.say}  ·  {waited:.0f} s of at most {run.limits.seconds:g}", width="stretch")
        st.button("Cancel", icon=":material/stop_circle:", on_click=run.cancel, key="sql_cancel")


def show_outcome() -> None:
    """The result, or why there is none; a hint while nothing was run."""
    outcome = st.session_state.get(_OUTCOME)
    if isinstance(outcome, SqlResult):
        _show_result(outcome)
    elif isinstance(outcome, BacklightError):
        show_error(outcome, _headline(outcome))
    else:
        st.caption("Nothing was run yet: write a statement or choose an example, then press Run.")


def _conclude(run: SqlRun) -> None:
    st.session_state.pop(_RUN, None)
    try:
        st.session_state[_OUTCOME] = run.result()
    except BacklightError as error:
        st.session_state[_OUTCOME] = error


def _headline(error: BacklightError) -> str:
    if isinstance(error, SqlRefused):
        return "The statement was not run"
    return "The statement was stopped" if isinstance(error, SqlStopped) else "That did not work"


def _show_result(result: SqlResult) -> None:
    noun = "row" if result.row_count == 1 else "rows"
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.text(
            f"{count_text(result.row_count)} {noun}  ·  {count_text(round(result.seconds * 1000))} ms  ·  "
            f"as of {moment_text(result.as_of)}", width="content",
        )  # fmt: skip
        st.download_button(
            "Download as CSV", lambda: csv_bytes(result.frame), "sql-result.csv", "text/csv",
            icon=":material/download:", on_click="ignore", disabled=not result.row_count,
        )  # fmt: skip
    for note in result.notes:
        st.caption(note)
    if not result.row_count:
        st.info("The statement ran and found no rows.", icon=":material/search_off:")
        return
    st.dataframe(
        result.frame, hide_index=True, row_height=_ROW, placeholder="",
        height=min(_TALLEST, _ROW * (result.row_count + 1) + 4),
        alt=f"The statement's result: {count_text(result.row_count)} {noun}",
    )  # fmt: skip
