"""One action: what, who and when, the way on to its next status, comments, and everything that was changed."""

from datetime import date

import streamlit as st

from analytics.formatting import day_text, moment_text
from analytics.plan.action_filters import filters_of, filters_words
from analytics.plan.action_status import NEXT, with_days
from analytics.plan.plan_state import due_words, is_overdue
from analytics.store.actions import KeptAction
from analytics.store.names import LONGEST_TEXT
from analytics.store.records import RecordChange
from pages.components.action_editor import action_editor, is_open, open_editor
from pages.components.action_fields import TITLES, field_text
from pages.components.record_editing import tried
from pages.components.warehouse import store

_ICONS = {"Begin": "play_arrow", "Done": "check", "Drop": "block", "Not done yet": "undo", "Plan again": "undo"}


def action_card(one: KeptAction, today: date) -> None:
    """Draw it; all texts of people are inert."""
    with st.container(border=True, gap="xxsmall", key=f"action_{one.id}"):
        _row(one, today)
        if is_open(one.id):
            action_editor(one.id)
        else:
            _ways(one, today)
            _more(one)


def _row(one: KeptAction, today: date) -> None:
    action = one.action
    st.text(f"{one.id}. {action.what}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if is_overdue(one, today):
            st.markdown(":orange[:material/schedule:] **Overdue**", width="content")
        st.text(f"{action.who or 'Nobody yet'}  ·  {due_words(one, today) or 'No day yet.'}")
    lines = [
        f"{TITLES[name]}: {field_text(name, getattr(action, name))}"
        for name in ("how", "statement", "kpi", "origin")
        if getattr(action, name)
    ]
    if action.started_on:
        lines.append(f"Begun {day_text(action.started_on)}")
    if lines:
        st.text("\n".join(lines))


def _ways(one: KeptAction, today: date) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, status in NEXT[one.action.status]:
            if st.button(label, key=f"{label}_{one.id}", type="tertiary", icon=f":material/{_ICONS[label]}:"):
                values = with_days(one.action, {"status": status}, today)
                if tried(lambda values=values: store().actions.change(one.id, one.version, **values)):  # type: ignore[misc]
                    st.rerun()
        st.button(
            "Change", key=f"edit_{one.id}", type="tertiary", icon=":material/edit:", on_click=open_editor, args=(one,)
        )


def _more(one: KeptAction) -> None:
    comments = store().actions.comments(one.id)
    label = f"Comments ({len(comments)}) and history" if comments else "Comments and history"
    with st.expander(label, icon=":material/forum:", key=f"more_{one.id}", on_change="rerun") as more:
        if not more.open:
            return
        for comment in comments:
            st.text(f"{moment_text(comment.written_at)}: {comment.text}")
        with st.form(f"comment_form_{one.id}", border=False, clear_on_submit=False):
            text = st.text_area("Comment", key=f"comment_{one.id}_{len(comments)}", height=80, max_chars=LONGEST_TEXT)
            sent = st.form_submit_button("Add", icon=":material/add_comment:")
        if sent and tried(lambda: store().actions.comment(one.id, text)):
            st.rerun()
        st.text(f"Measured on {filters_words(filters_of(one.action.filters))}.")
        for change in reversed(store().actions.changes(one.id)):
            st.text(_change_words(change))


def _change_words(change: RecordChange) -> str:
    """A version in words, a field a line."""
    if change.version == 1:
        return f"{moment_text(change.changed_at)} UTC: made"
    fields = [
        f"  {TITLES.get(name, name)}: {field_text(name, before)} \N{RIGHTWARDS ARROW} {field_text(name, after)}"
        for name, before, after in change.fields
    ]
    return "\n".join([f"{moment_text(change.changed_at)} UTC:", *fields])
