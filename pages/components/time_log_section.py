"""Time log: where leadership's own weeks go, a small form and a file to log them, and the way back."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import streamlit as st

from analytics.diagnostic.evidence.no_strategic_work import MEANING, NAME, log_sentence
from analytics.diagnostic.gathered import logged_time, numbers
from analytics.diagnostic.time_log_file import EXAMPLE, MOST_BYTES, read_time_log
from analytics.diagnostic.time_shares import aims_of, time_shares
from analytics.errors import BacklightError
from analytics.formatting import day_text
from analytics.plan.today import today
from analytics.store.time_log import CLASSES, HOURS_IN_A_WEEK, LogChange, LoggedWeek
from analytics.warehouse.engine import Engine
from pages.charts.theme import CONFIG
from pages.charts.time_log import time_log_figure
from pages.components.message import show_error
from pages.components.view import View
from pages.components.warehouse import store

_CHANGED, _REFUSED, _ROUND = "time_log_changed", "time_log_refused", "time_log_round"


def time_log_section(view: View, engine: Engine) -> None:  # noqa: ARG001
    """Draw the sentence, the picture, the form, the file and the logged weeks."""
    limits = numbers(store())
    found = time_shares(logged_time(store()), round(limits.threshold(NAME, "weeks_logged")))
    sentence = log_sentence(found, limits)
    st.markdown(sentence)
    if found.weeks:
        aims = aims_of(limits.threshold(NAME, "operational_share"), limits.threshold(NAME, "strategic_share"))
        st.plotly_chart(time_log_figure(found, aims), config=CONFIG, key="time_log_weeks", alt=sentence)
    st.caption(f"From the log below; no ticket is used, and the filters play no part. {MEANING}.")
    # A place of its own, so that what is below stays as the reader left it.
    with st.container():
        _news()
    entered, listed = st.columns(2, gap="large")
    with entered:
        st.subheader("Log a week", anchor=False)
        _form()
        _file()
    with listed:
        st.subheader("Logged weeks", anchor=False)
        _weeks(store().time_log.weeks())


def _form() -> None:
    last_week = today() - timedelta(weeks=1)
    with st.form("time_log_form"):
        day = st.date_input(
            "A day of the week",
            last_week - timedelta(days=last_week.weekday()),
            format="YYYY-MM-DD",
            key="time_log_day",
        )
        with st.container(horizontal=True, gap="small"):
            hours = {
                work: st.number_input(
                    f"{work.capitalize()} hours", 0.0, float(HOURS_IN_A_WEEK), None, step=0.5, format="%g", width=148,
                    placeholder="0", key=f"time_log_{work}",
                )
                for work in CLASSES
            }  # fmt: skip
        sent = st.form_submit_button("Save the week", icon=":material/save:")
    if sent:
        week = LoggedWeek(day, **{work: float(value or 0) for work, value in hours.items()})
        _do(lambda: store().time_log.save([week], replace=True), "Nothing changed: the week is logged like this.")
        st.rerun()


def _file() -> None:
    with st.expander("From a CSV file", icon=":material/upload_file:"):
        st.caption("Columns week, operational, tactical and strategic. A week that is logged already stays as it is.")
        st.download_button(
            "An example to fill in", EXAMPLE, "time_log.csv", "text/csv", icon=":material/download:", type="tertiary",
            key="time_log_example",
        )  # fmt: skip
        chosen = st.file_uploader(
            "Time log", type=["csv", "tsv", "txt"], key=f"time_log_file_{st.session_state.get(_ROUND, 0)}"
        )
        if chosen is not None and st.button("Import it", icon=":material/upload:", key="time_log_import"):
            content = chosen.getvalue()[: MOST_BYTES + 1]
            _do(lambda: store().time_log.save(read_time_log(content)), "All of these weeks are logged already.")
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
            st.rerun()


def _weeks(weeks: Sequence[LoggedWeek]) -> None:
    if not weeks:
        st.caption("None yet: begin with the last one.")
        return
    with st.container(height=360 if len(weeks) > 8 else "content", border=False, gap="xxsmall"):
        for week in reversed(weeks):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.text(_words(week), width="stretch")
                st.button(
                    "Remove", key=f"time_log_remove_{week.week.isoformat()}", type="tertiary",
                    icon=":material/delete:", on_click=_remove, args=(week,), help=f"The week of {day_text(week.week)}",
                )  # fmt: skip


def _words(week: LoggedWeek) -> str:
    hours = ", ".join(f"{value:g} h {work}" for work, value in week.hours.items())
    return f"Week of {day_text(week.week)}: {hours}"


def _news() -> None:
    """What was just changed, with the way back, or why it was not."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        show_error(refused)
    said, changes = st.session_state.get(_CHANGED, ("", ()))
    if said:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="content"):
            st.text(said, width="content")
            if changes:
                st.button("Undo", icon=":material/undo:", type="tertiary", key="time_log_undo", on_click=_undo)


def _do(change: Callable[[], Sequence[LogChange]], unchanged: str) -> None:
    """Change the log; what became of it is said at the next run."""
    st.session_state.pop(_CHANGED, None)
    try:
        changes = tuple(change())
    except BacklightError as error:
        st.session_state[_REFUSED] = error
    else:
        st.session_state[_CHANGED] = (_said(changes) or unchanged, changes)


def _said(changes: Sequence[LogChange]) -> str:
    parts = []
    for what, found in (
        ("Logged", [one for one in changes if one.before is None]),
        ("Replaced", [one for one in changes if one.before and one.after]),
        ("Removed", [one for one in changes if one.after is None]),
    ):
        if found:
            which = f"the week of {day_text(found[0].week)}" if len(found) == 1 else f"{len(found)} weeks"
            parts.append(f"{what} {which}.")
    return " ".join(parts)


def _remove(week: LoggedWeek) -> None:
    _do(lambda: store().time_log.remove(week.week), "The week was removed before.")


def _undo() -> None:
    _, changes = st.session_state.pop(_CHANGED, ("", ()))
    try:
        store().time_log.undo(changes)
    except BacklightError as error:
        st.session_state[_REFUSED] = error
