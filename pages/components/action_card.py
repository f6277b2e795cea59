"""One action: what, who and when, the way on to its next status, comments, and everything that was changed."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.formatting import day_text, moment_text
from analytics.plan.action_filters import filters_of, filters_words
from analytics.plan.action_status import NEXT, with_days
from analytics.plan.plan_state import due_words, is_overdue
from analytics.store.actions import ActionComment, KeptAction
from analytics.store.names import LONGEST_TEXT
from analytics.store.records import RecordChange
from pages.components.action_editor import action_editor, is_open, open_editor
from pages.components.action_fields import TITLES, field_text
from pages.components.record_editing import tried
from pages.components.warehouse import store

_ICONS = {"Begin": "play_arrow", "Done": "check", "Drop": "block", "Not done yet": "undo", "Plan again": "undo"}
_SEPARATOR = "  ·  "


def action_card(one: KeptAction, today: date) -> None:
    """Draw it; all texts of people are inert."""
    with st.container(border=True, gap="xxsmall", key=f"action_{one.id}"):
        _row(one, today)
        if is_open(one.id):
            action_editor(one.id)
        else:
            comments = store().actions.comments(one.id)
            _ways(one, today, len(comments))
            if _is_shown(one.id):
                _more(one, comments)


def _row(one: KeptAction, today: date) -> None:
    action = one.entered
    st.text(f"{one.id}. {action.what}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if is_overdue(one, today):
            st.markdown(":orange[:material/schedule:] **Overdue**", width="content")
        st.text(f"{action.who or 'Nobody yet'}{_SEPARATOR}{due_words(one, today) or 'No day yet.'}")
    lines = [f"{TITLES[name]}: {field_text(name, getattr(action, name))}" for name in ("how", "statement", "origin")
             if getattr(action, name)]  # fmt: skip
    moved = [f"To move: {field_text('kpi', action.kpi)}"] if action.kpi else []
    if action.promised_percent is not None:
        moved.append(f"promised {action.promised_percent:+g} %")
    if action.started_on:
        moved.append(f"begun {day_text(action.started_on)}")
    if moved:
        lines.append(_SEPARATOR.join([f"{moved[0][0].upper()}{moved[0][1:]}", *moved[1:]]))
    if lines:
        st.text("\n".join(lines))


def _ways(one: KeptAction, today: date, comments: int) -> None:
    with st.container(horizontal=True, gap="small"):
        for label, status in NEXT[one.entered.status]:
            if st.button(label, key=f"{label}_{one.id}", type="tertiary", icon=f":material/{_ICONS[label]}:"):
                values = with_days(one.entered, {"status": status}, today)
                if tried(lambda values=values: store().actions.change(one.id, one.version, **values)):  # type: ignore[misc]
                    st.rerun()
        st.button(
            "Change", key=f"edit_{one.id}", type="tertiary", icon=":material/edit:", on_click=open_editor, args=(one,)
        )
        _more_button(one.id, comments)


def _more_button(number: int, comments: int) -> None:
    count = f" ({comments})" if comments else ""
    label = "Hide" if _is_shown(number) else "Show"
    st.button(
        f"Comments and history{count}", key=f"more_{number}", type="tertiary", icon=":material/forum:",
        help=f"{label} what was said about it and what was changed", on_click=_turn, args=(number,),
    )  # fmt: skip


def _turn(number: int) -> None:
    st.session_state[_shown(number)] = not _is_shown(number)


def _is_shown(number: int) -> bool:
    return bool(st.session_state.get(_shown(number)))


def _shown(number: int) -> str:
    return f"more_of_{number}_shown"


def _more(one: KeptAction, comments: Sequence[ActionComment]) -> None:
    """What was said and changed; only read where it is asked for."""
    with st.container(gap="xsmall", key=f"more_of_{one.id}"):
        for comment in comments:
            st.text(f"{moment_text(comment.written_at)} UTC: {comment.text}")
        with st.form(f"comment_form_{one.id}", border=False, clear_on_submit=False):
            text = st.text_area("Comment", key=f"comment_{one.id}_{len(comments)}", height=80, max_chars=LONGEST_TEXT)
            sent = st.form_submit_button("Add", icon=":material/add_comment:")
        if sent and tried(lambda: store().actions.comment(one.id, text)):
            st.rerun()
        st.text(f"Measured on {filters_words(filters_of(one.entered.filters))}.")
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
