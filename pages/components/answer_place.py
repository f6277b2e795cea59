"""Answer place: to which questionnaire, for which team and in which role somebody answers.

A team's name is text from exports or people: a selectbox shows its options as they are.
"""

import streamlit as st

from analytics.diagnostic.perception import WHOLE
from analytics.diagnostic.questionnaire import Questionnaire, questionnaires
from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED
from analytics.store.names import LONGEST_NOTE
from analytics.store.responses import ROLES, Response
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, asked_texts, write
from pages.components.own_answers import draft_key, note_refused, note_saved, switch_draft
from pages.components.results import choice_texts
from pages.components.warehouse import store

SHEET, TEAM, ROLE = "questionnaire", "team", "role"
ROLE_WORDS = {"practitioner": "Team member", "leader": "Leader"}
_SHEET_KEY, _TEAM_KEY, _ROLE_KEY = "answer_sheet", "answer_team", "answer_role"


def team_names(engine: Engine) -> list[str]:
    """The groups that the data names."""
    return [name for name in choice_texts(engine, engine.snapshot, "assignment_group") if name != NOT_RECORDED]


def asked_sheets() -> dict[str, Questionnaire]:
    """The questionnaires that are asked, by id."""
    return {one.id: one for one in questionnaires() if one.asked}


def asked_sheet() -> Questionnaire:
    """The questionnaire that the address names, else the seven signs."""
    sheets = asked_sheets()
    return sheets[asked_one(SHEET, sheets, next(iter(sheets)))]


def asked_team(default: str) -> str:
    """The team that the address names."""
    return next((text[:LONGEST_NOTE] for text in asked_texts(TEAM) if text.strip()), default)


def choose_sheet(sheet: Questionnaire, key: str = _SHEET_KEY) -> None:
    """A choice of questionnaire that the address keeps."""
    sheets = asked_sheets()
    st.session_state[key] = sheet.id
    st.selectbox(
        "Questionnaire", list(sheets), key=key, format_func=lambda name: sheets[name].title, on_change=_keep_sheet,
        args=(key,), width=240,
    )  # fmt: skip


def choose_place(draft: Response | None, sheet: Questionnaire, engine: Engine) -> None:
    """Choices of team and role, which go into the draft, or before there is one into the address."""
    named = [WHOLE, *team_names(engine)]
    team, role = placed(draft)
    st.session_state[_TEAM_KEY], st.session_state[_ROLE_KEY] = team, role or None
    st.selectbox(
        "About which team", list(dict.fromkeys([*named, team])), key=_TEAM_KEY, accept_new_options=True, width=280,
        help="Choose one, or type a name of your own.", on_change=_keep_place, args=(sheet, tuple(named)),
    )  # fmt: skip
    st.segmented_control(
        "Role", ROLES, key=_ROLE_KEY, format_func=lambda name: ROLE_WORDS[name], on_change=_keep_place,
        args=(sheet, tuple(named)),
    )  # fmt: skip


def placed(draft: Response | None) -> tuple[str, str]:
    """The team and role, empty where it was not said: of the draft, else of the address."""
    if draft:
        return draft.team, draft.role
    return asked_team(WHOLE), asked_one(ROLE, ROLES, "")


def _keep_sheet(key: str) -> None:
    name = st.session_state[key]
    write(SHEET, [name], [next(iter(asked_sheets()))])
    switch_draft(name)


def _keep_place(sheet: Questionnaire, named: tuple[str, ...]) -> None:
    typed = " ".join((st.session_state[_TEAM_KEY] or WHOLE).split()) or WHOLE
    # A name typed in other letters than the data's is the same team.
    team = next((name for name in named if name.casefold() == typed.casefold()), typed)
    role = st.session_state[_ROLE_KEY] or ""
    write(TEAM, [team], [WHOLE])
    write(ROLE, [role] if role else [])
    key = draft_key(sheet)
    if key:
        try:
            store().responses.place(key, team, role)
        except BacklightError as error:
            note_refused(error)
        else:
            note_saved()
