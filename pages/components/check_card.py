"""A statement's card: what was said, what the tickets say, how they compare, and what comes next."""

import streamlit as st

from analytics.diagnostic.comparison import Compared
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL, Verdict
from analytics.diagnostic.finding_words import VERDICT_WORDS, against_text, days_text
from analytics.warehouse.engine import Engine
from pages.components.address import asked_texts, write
from pages.components.answer_place import TEAM
from pages.components.finding_details import finding_details
from pages.components.judged import VERDICT_ICONS
from pages.components.selection import selection_button
from pages.components.view import Address, View

_OPENED = "opened"
# An icon, words and, last, a colour: whether what was said and what was found agree, not whether it is good.
_VERDICTS: dict[Verdict, str] = {
    AGREES: ":blue[:material/equal:] said and found **agree**",
    DISAGREES: ":orange[:material/difference:] said and found **disagree**",
    PARTIAL: ":orange[:material/contrast:] they agree **in part**",
    CANNOT_TELL: ":gray[:material/help:] the tickets **cannot tell**",
}


def check_card(number: int, row: Compared, team: str | None, view: View, engine: Engine, answered: bool) -> None:
    """Draw it; opened, with rule, table, cost, remedy and claim. `team` goes with a new action.

    Unless anything `answered` is shown, nothing is said of answers: there may be some, too few to show.
    """
    statement = row.statement
    with st.container(border=True, gap="xxsmall", key=f"said_{statement.id}"):
        st.markdown(f"**{number}. {statement.sign}**: {_verdict(row)}")
        st.caption(statement.text)
        _said(row, answered)
        is_open = statement.id in asked_texts(_OPENED)
        _found(row, is_open)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if row.finding and row.finding.selection and not is_open:
                selection_button(
                    "The tickets", f"The tickets behind it: {statement.sign}", row.finding.selection, engine,
                    f"said_tickets_{statement.id}",
                )  # fmt: skip
            st.button(
                "Less" if is_open else "Why, and what to do?", key=f"said_open_{statement.id}", type="tertiary",
                icon=":material/expand_less:" if is_open else ":material/expand_more:", on_click=_turn,
                args=(statement.id,), help=f"{statement.sign}: rule, numbers, cost and remedy",
            )  # fmt: skip
            if not is_open:
                _action_link(statement.id, team, view)
        if is_open:
            finding_details(statement, row.finding, view, engine)


def _verdict(row: Compared) -> str:
    """How answer and tickets compare; where there is no answer to compare, what the tickets say by themselves."""
    if row.verdict == CANNOT_TELL and row.finding and row.finding.verdict != CANNOT_TELL:
        return f"{VERDICT_ICONS[row.finding.verdict]} **{VERDICT_WORDS[row.finding.verdict]}**"
    return _VERDICTS[row.verdict]


def _said(row: Compared, answered: bool) -> None:
    """What was answered, or why the tickets cannot tell."""
    if row.finding and row.finding.verdict == CANNOT_TELL:
        st.text(row.finding.reason)
    elif answered or row.finding is None:
        st.text(row.sentence)


def _found(row: Compared, is_open: bool) -> None:
    """The finding's sentence with its numbers and days, where it can be told."""
    if row.finding is None or row.finding.verdict == CANNOT_TELL:
        return
    st.text(row.finding.sentence)
    facts = [text for text in (against_text(row.finding), days_text(row.finding)) if text]
    if facts:
        st.text("  ·  ".join(facts))
    if row.finding.rule and not is_open:
        st.caption(f"The rule: {row.finding.rule}")


def _action_link(statement: str, team: str | None, view: View) -> None:
    asked: Address = {"show": "Who does what?", "statement": statement, **({TEAM: team} if team else {})}
    st.page_link(
        "pages/plan.py", label="Make it an action", icon=":material/add_task:", query_params=view.address() | asked,
        width="content",
    )  # fmt: skip


def _turn(statement: str) -> None:
    opened = asked_texts(_OPENED)
    write(_OPENED, [one for one in opened if one != statement] if statement in opened else [*opened, statement])
