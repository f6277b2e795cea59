"""Answer: all statements on one page, each saved as it is answered."""

import streamlit as st

from analytics.diagnostic.comparison import ANSWERS
from analytics.diagnostic.questionnaire import Questionnaire, Statement
from analytics.errors import BacklightError
from analytics.store.names import LONGEST_TEXT
from analytics.store.responses import DRAFT_DAYS, Response
from analytics.warehouse.engine import Engine
from pages.components.answer_place import asked_sheet, asked_sheets, choose_place, choose_sheet, placed
from pages.components.answer_review import answer_review, is_reviewed, start_review, thanks, thanks_due
from pages.components.message import show_error
from pages.components.own_answers import (
    draft_key,
    keep_key,
    note_refused,
    note_saved,
    open_draft,
    refused_error,
    saved_note,
)
from pages.components.view import View
from pages.components.warehouse import store


def answer_section(view: View, engine: Engine) -> None:  # noqa: ARG001 - answers are of now, whatever the filters
    """Draw the questions, then the review, then a word of thanks."""
    st.fragment(_section)(engine)


def _section(engine: Engine) -> None:
    sheet = asked_sheet()
    key = draft_key(sheet)
    draft = open_draft(key)
    if draft and draft.questionnaire in asked_sheets():
        sheet = asked_sheets()[draft.questionnaire]
        keep_key(sheet, key)
    elif key:
        keep_key(sheet, None)
        st.text("This draft was handed in or discarded, or is older than 90 days. Below is a new one.")
    if thanks_due(sheet) and not draft:
        thanks(sheet)
        return
    st.markdown(
        f"**{sheet.question}** {sheet.minutes} minute, without your name: only the team, the role and the day are kept."
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        choose_sheet(sheet)
        choose_place(draft, sheet, engine)
    refused = refused_error()
    if refused:
        show_error(refused)
    if draft and is_reviewed(draft):
        answer_review(sheet, draft)
        return
    for number, statement in enumerate(sheet.statements, 1):
        _question(number, statement, sheet, draft)
    _progress(sheet, draft)


def _question(number: int, statement: Statement, sheet: Questionnaire, draft: Response | None) -> None:
    name = f"answer_{sheet.id}_{statement.id}"
    written = draft.comment(statement.id) if draft else ""
    st.session_state[name] = draft.answer(statement.id) if draft else None
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{number}.** {statement.text}")
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.segmented_control(
                f"{number}. {statement.text}", list(ANSWERS), key=name, format_func=lambda one: ANSWERS[one],
                label_visibility="collapsed", on_change=_keep_answer, args=(sheet, statement.id, name),
            )  # fmt: skip
            label = "Comment (1)" if written else "Comment"
            with st.popover(label, icon=":material/comment:", type="tertiary", key=f"{name}_place"):
                _comment(statement, sheet, name, written)
            if statement.help:
                st.caption(statement.help, width="stretch")


def _comment(statement: Statement, sheet: Questionnaire, name: str, written: str) -> None:
    st.session_state[f"{name}_words"] = written
    st.text_area(
        "Comment", key=f"{name}_words", max_chars=LONGEST_TEXT, placeholder="What should others know?",
        on_change=_keep_comment, args=(sheet, statement.id, f"{name}_words"),
    )  # fmt: skip
    st.caption("Shown as written, mixed with others', once enough have answered: leave out who you are.")


def _progress(sheet: Questionnaire, draft: Response | None) -> None:
    told = sum(bool(draft and draft.answer(one.id)) for one in sheet.statements)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Review and submit", type="primary", icon=":material/checklist:", key="review_answers", disabled=not told,
            on_click=start_review, args=(draft,),
        )  # fmt: skip
        st.markdown(f"{told} of {len(sheet.statements)} answered", width="content")
        if saved_note():
            st.caption(f":material/check: {saved_note()}", width="content")
        if draft:
            with st.popover("Discard", icon=":material/delete:", type="tertiary", key="discard_draft"):
                st.button("Discard this draft", key="discard_draft_now", on_click=_discard, args=(sheet,))
    if draft:
        st.caption(
            "This page's address is your own draft: keep it to go on later, and to yourself, for whoever has it can "
            f"change your answers. It opens nothing once you have submitted, or after {DRAFT_DAYS} days."
        )


def _begun(sheet: Questionnaire) -> str:
    """The key of the draft, which begins with the first answer."""
    key = draft_key(sheet)
    if not open_draft(key) or key is None:
        key = store().responses.begin(sheet.id, *placed(None))
    keep_key(sheet, key)
    return key


def _keep_answer(sheet: Questionnaire, statement: str, name: str) -> None:
    try:
        store().responses.answer(_begun(sheet), statement, st.session_state[name])
    except BacklightError as error:
        note_refused(error)
    else:
        note_saved()


def _keep_comment(sheet: Questionnaire, statement: str, name: str) -> None:
    try:
        store().responses.comment(_begun(sheet), statement, st.session_state[name] or "")
    except BacklightError as error:
        note_refused(error)
    else:
        note_saved()


def _discard(sheet: Questionnaire) -> None:
    key = draft_key(sheet)
    if key:
        store().responses.discard(key)
    keep_key(sheet, None)
