"""Behind a finding: its rule, picture, table, tickets, cost and remedy, and the way to an action."""

from typing import Literal

import pandas as pd
import streamlit as st

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.finding_words import VERDICT_WORDS, cost_text
from analytics.diagnostic.questionnaire import Statement
from analytics.warehouse.engine import Engine
from pages.charts.evidence_trend import evidence_trend_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts
from pages.components.answer_place import TEAM
from pages.components.basis import basis_line
from pages.components.evidence_parts import PARTS
from pages.components.numbers_editor import numbers_editor
from pages.components.selection import selection_button
from pages.components.view import Address, View

_FEWEST_POINTS = 2
_MOST_ROWS, _TABLE_HEIGHT = 10, 360
_TENS = 10


def finding_details(statement: Statement, finding: Finding | None, view: View, engine: Engine) -> None:
    """Draw it all; a statement without a finding has its remedy and the way to an action."""
    if finding is None:
        st.caption("No ticket can tell: this one is perception only.")
    else:
        _evidence(statement, finding, engine)
        if statement.evidence in PARTS:
            PARTS[statement.evidence](view, engine)
    st.markdown(f"**What to do.** {statement.remedy}")
    if statement.claim:
        st.caption(f"A claim from articles, not measured here: {statement.claim}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        action_link(statement, view)
        if finding is not None:
            numbers_editor(statement)
    if finding is not None and finding.basis.definition:
        basis_line(statement.sign, finding.basis, f"evidence_{statement.id}")


def action_link(statement: Statement, view: View) -> None:
    """The way to the plan, where an action about this statement is begun."""
    teams: Address = {TEAM: asked_texts(TEAM)} if asked_texts(TEAM) else {}
    asked_for: Address = {"show": "Who does what?", "statement": statement.id, **teams}
    st.page_link(
        "pages/plan.py", label="Make it an action", icon=":material/add_task:", query_params=view.address() | asked_for,
        width="content",
    )  # fmt: skip


def _evidence(statement: Statement, finding: Finding, engine: Engine) -> None:
    if finding.rule:
        st.text(f"The rule: {finding.rule}")
    if finding.reason and finding.sentence:
        st.text(f"Why it cannot be told. {finding.reason}")
    if len(finding.trend) >= _FEWEST_POINTS:
        st.plotly_chart(
            evidence_trend_figure(finding), config=CONFIG, key=f"trend_{statement.id}",
            alt=f"{statement.sign} over time: {VERDICT_WORDS[finding.verdict]}. {finding.sentence}",
        )  # fmt: skip
    if not finding.details.empty:
        height: Literal["content"] | int = "content" if len(finding.details) <= _MOST_ROWS else _TABLE_HEIGHT
        st.dataframe(
            _readable(finding.details), hide_index=True, height=height,
            row_height=32, key=f"details_{statement.id}", placeholder="",
            alt=f"{statement.sign}: what was found, row by row",
        )  # fmt: skip
    if finding.selection is not None:
        selection_button(
            "The tickets behind it", f"The tickets behind it: {statement.sign}", finding.selection, engine,
            f"tickets_{statement.id}",
        )  # fmt: skip
    st.text(cost_text(finding.cost))
    if finding.cost is not None and finding.cost.formula and finding.cost.hours is not None:
        st.text(f"How that is worked out: {finding.cost.formula}")


def _readable(details: pd.DataFrame) -> pd.DataFrame:
    """Headings in words, and fractions with one or two decimals, as a reader needs them."""
    fractions = details.select_dtypes("float").columns
    rounded = details.assign(
        **{name: details[name].round(1 if details[name].abs().max() >= _TENS else 2) for name in fractions}
    )
    return rounded.rename(columns=lambda name: str(name)[:1].upper() + str(name)[1:].replace("_", " "))
