"""Answer review: everything once more before it is handed in, and a word of thanks with the band after it."""

import streamlit as st

from analytics.diagnostic.comparison import ANSWERS
from analytics.diagnostic.questionnaire import Questionnaire
from analytics.errors import BacklightError
from analytics.plan.today import today
from analytics.store.responses import ROLES, Response
from pages.components.address import write
from pages.components.own_answers import draft_key, handed_in, keep_handed_in, keep_key, note_refused
from pages.components.sections import SHOW
from pages.components.warehouse import store

RESULTS = "What do the tickets say?"
_REVIEWED, _THANKS = "reviewed_draft", "thanked_for"
_ICONS = {"yes": "check_circle", "no": "cancel", "dont_know": "help", None: "radio_button_unchecked"}


def is_reviewed(draft: Response) -> bool:
    """Whether the reader looks at this draft once more before submitting it."""
    return bool(st.session_state.get(_REVIEWED) == draft.id)


def start_review(draft: Response) -> None:
    """Show the draft once more."""
    st.session_state[_REVIEWED] = draft.id


def answer_review(sheet: Questionnaire, draft: Response) -> None:
    """Draw the review, with the way back and the button that hands it in."""
    st.subheader("Before you submit", anchor=False)
    with st.container(border=True, gap="xsmall"):
        for number, statement in enumerate(sheet.statements, 1):
            answer = draft.answer(statement.id)
            word = next((words for name, words in ANSWERS.items() if name == answer), "Not answered")
            st.markdown(f"**{number}.** {statement.text}  \n:material/{_ICONS[answer]}: **{word}**")
            if draft.comment(statement.id):
                st.text(draft.comment(statement.id))
    left = sum(not draft.answer(statement.id) for statement in sheet.statements)
    if left:
        st.caption(f"{left} not answered. You can submit without, or go back.")
    if draft.role not in ROLES:
        st.markdown(":material/error: Choose your role above first.")
    with st.container(horizontal=True, gap="small"):
        st.button(
            "Submit", type="primary", icon=":material/send:", key="submit_answers", disabled=draft.role not in ROLES,
            on_click=_submit, args=(sheet,),
        )  # fmt: skip
        st.button("Back", icon=":material/arrow_back:", key="review_back", on_click=_back)
    st.caption("Once submitted, nobody can change your answers or tell that they are yours, you included.")


def thanks_due(sheet: Questionnaire) -> bool:
    """Whether the reader has just handed in this one."""
    return st.session_state.get(_THANKS) == sheet.id and handed_in(sheet) is not None


def thanks(sheet: Questionnaire) -> None:
    """Draw the band of what was ticked, and where to go from here."""
    response = handed_in(sheet)
    ticked = sum(one.answer == "yes" for one in response.answers) if response else 0
    band = sheet.band(ticked)
    st.markdown(
        f":material/check_circle: Thank you. Your answers are in. You ticked {ticked} of {len(sheet.statements)}."
    )
    if band:
        st.subheader(band.name, anchor=False)
        st.markdown(band.meaning)
    with st.container(horizontal=True, gap="small"):
        if st.button(RESULTS, type="primary", icon=":material/compare_arrows:", key="thanks_results"):
            write(SHOW, [RESULTS])
            st.rerun(scope="app")
        st.button("Answer another one", icon=":material/edit_note:", key="answer_another", on_click=_another)
    st.caption(
        "You see your own answers beside the tickets as long as this window is open. What the team answered is shown "
        "once enough have."
    )


def _back() -> None:
    st.session_state.pop(_REVIEWED, None)


def _another() -> None:
    st.session_state.pop(_THANKS, None)


def _submit(sheet: Questionnaire) -> None:
    try:
        response = store().responses.submit(draft_key(sheet) or "", today())
    except BacklightError as error:
        note_refused(error)
        return
    keep_handed_in(sheet, response)
    keep_key(sheet, None)
    st.session_state.pop(_REVIEWED, None)
    st.session_state.pop("draft_note", None)
    st.session_state[_THANKS] = sheet.id
