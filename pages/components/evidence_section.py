"""Evidence: what the tickets say of every statement of a questionnaire, whether or not anybody has answered it."""

import streamlit as st

from analytics.diagnostic.finding import CANNOT_TELL, Finding
from analytics.diagnostic.finding_words import VERDICT_WORDS, against_text, counted_sentence, days_text
from analytics.diagnostic.questionnaire import Questionnaire, Statement, questionnaires
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, asked_texts, write
from pages.components.finding_details import finding_details
from pages.components.judged import VERDICT_ICONS, judged, own_days
from pages.components.view import View

SHEET, OPENED = "evidence_of", "opened"


def evidence_section(view: View, engine: Engine) -> None:
    """Draw a row for each statement; the opened ones with all that stands behind them."""
    head = st.container()
    sheet = _chosen()
    rows = judged(sheet, view, engine)
    with head:
        st.markdown(counted_sentence([finding for _, finding in rows]))
        st.caption(own_days(view, engine))
    opened = asked_texts(OPENED)
    for statement, finding in rows:
        with st.container(border=True, gap="xxsmall", key=f"row_{statement.id}"):
            _row(statement, finding, statement.id in opened)
            if statement.id in opened:
                finding_details(statement, finding, view, engine)


def _chosen() -> Questionnaire:
    sheets = {sheet.id: sheet for sheet in questionnaires()}
    names = list(sheets)
    st.session_state[SHEET] = asked_one(SHEET, names, names[0])
    st.selectbox(
        "Statements of", names, key=SHEET, format_func=lambda name: sheets[name].title, on_change=_keep,
        args=(names[0],), width=320,
    )  # fmt: skip
    return sheets[st.session_state[SHEET]]


def _keep(first: str) -> None:
    write(SHEET, [st.session_state[SHEET]], [first])


def _row(statement: Statement, finding: Finding | None, is_open: bool) -> None:
    verdict = finding.verdict if finding else CANNOT_TELL
    words = VERDICT_WORDS[verdict] if finding else "perception only"
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"):
        st.markdown(f"{VERDICT_ICONS[verdict]} **{statement.sign}**: {words}", width="content")
        st.button(
            "Close" if is_open else "Why?", key=f"open_{statement.id}", type="tertiary",
            icon=":material/expand_less:" if is_open else ":material/expand_more:", on_click=_turn,
            args=(statement.id,), help=f"{statement.sign}: rule, numbers, tickets and what to do",
        )  # fmt: skip
    st.caption(statement.text)
    if finding is None:
        return
    st.text(finding.sentence or finding.reason or "Nothing can be told yet.")
    facts = [text for text in (against_text(finding), days_text(finding)) if text]
    if facts:
        st.text("  ·  ".join(facts))


def _turn(statement: str) -> None:
    opened = asked_texts(OPENED)
    write(OPENED, [one for one in opened if one != statement] if statement in opened else [*opened, statement])
