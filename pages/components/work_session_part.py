"""The work session: an agenda from the backlog as it stands, minutes, and a day on which it is looked at again."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from analytics.formatting import day_text
from analytics.store.handed_work import LONGEST_PAGE, WorkSession
from analytics.store.record_door import KeptRecord
from pages.components.record_editing import close_button, edit_button, save_record, seen_version, tried
from pages.components.warehouse import store

_NEW, _KEPT = "session_new", "session_kept"
_KIND, _AGAIN_DAYS, _HEIGHT = "session", 30, 320


def work_session_part(agenda: Callable[[date], str], minutes: Callable[[], str], today: date) -> None:
    """A place to prepare a session, and those held, the newest first; `agenda(day)` and `minutes()` are drafts."""
    if st.session_state.pop(_KEPT, False):
        st.session_state[_NEW] = False
    with st.expander("Prepare a session", icon=":material/edit_calendar:", key=_NEW, on_change="rerun") as new:
        if new.open:
            _new(agenda, minutes, today)
    for one in sorted(store().work_sessions.all(), key=lambda kept: (kept.entered.held_on, kept.id), reverse=True):
        with st.container(border=True, gap="xxsmall", key=f"session_{one.id}"):
            _row(one, today)
            seen = seen_version(_KIND, one.id)
            if seen is not None:
                _editor(one, seen)


def _new(agenda: Callable[[date], str], minutes: Callable[[], str], today: date) -> None:
    held_on = st.date_input("Day of the session", today, key="session_day", format="YYYY-MM-DD")
    with st.form("session_form", border=False):
        entered = _fields(
            WorkSession(held_on, agenda(held_on), minutes(), held_on + timedelta(days=_AGAIN_DAYS)), f"new_{held_on}"
        )
        sent = st.form_submit_button("Keep it", icon=":material/save:")
    if sent and tried(lambda: store().work_sessions.add(entered)):
        st.session_state[_KEPT] = True
        st.rerun()


def _row(one: KeptRecord[WorkSession], today: date) -> None:
    session = one.entered
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.text(f"Session of {day_text(session.held_on)}", width="stretch")
        edit_button(_KIND, one.id, one.version)
        st.download_button(
            "As text", f"{session.agenda}\n\nMinutes\n\n{session.minutes}\n", f"work-session-{session.held_on}.txt",
            "text/plain", key=f"session_file_{one.id}", type="tertiary", icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    if session.follow_up_on:
        late = "To be looked at again since" if session.follow_up_on <= today else "Looked at again on"
        st.text(f"{late} {day_text(session.follow_up_on)}")
    with st.expander("Agenda and minutes", icon=":material/notes:"):
        st.code(session.agenda, language=None, wrap_lines=True)
        st.code(session.minutes or "No minutes yet.", language=None, wrap_lines=True)


def _editor(one: KeptRecord[WorkSession], seen: int) -> None:
    with st.form(f"session_form_{one.id}", border=False):
        entered = _fields(one.entered, str(one.id))
        sent = st.form_submit_button("Save", icon=":material/save:")
    if sent:
        save_record(
            _KIND, one.id, lambda: store().work_sessions.change(one.id, seen, **vars(entered)),
            lambda: store().work_sessions.one(one.id).version,
        )  # fmt: skip
    close_button(_KIND, one.id)


def _fields(now: WorkSession, key: str) -> WorkSession:
    agenda = st.text_area("Agenda", now.agenda, _HEIGHT, LONGEST_PAGE, key=f"session_agenda_{key}")
    minutes = st.text_area("Minutes: who, how, when, what", now.minutes, _HEIGHT, LONGEST_PAGE, key=f"minutes_{key}")
    again = st.date_input(
        "Looked at again on", now.follow_up_on, key=f"session_again_{key}", format="YYYY-MM-DD", width=220
    )
    return WorkSession(now.held_on, agenda, minutes, again)
