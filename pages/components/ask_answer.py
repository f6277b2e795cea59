"""An answer: its sentence and number, the picture, the table, and everything that stands behind it.

The sentence and the notes may quote the export, so they are inert text.
"""

from typing import Literal

import streamlit as st

from analytics.ask.answer import Answer, Shape
from analytics.ask.question import Intent
from analytics.formatting import change_text, value_text
from analytics.kpi import Direction
from analytics.warehouse.engine import Engine
from pages.components.answer_actions import answer_actions
from pages.components.answer_picture import answer_picture
from pages.components.answer_rows_table import answer_table
from pages.components.answer_tickets import answer_tickets
from pages.components.basis import basis_line
from pages.components.message import show_sentences

_MEASURED = (Intent.MEASURE, Intent.TICKETS)
_COLORS: dict[bool | None, Literal["green", "red", "gray"]] = {True: "green", False: "red", None: "gray"}


def ask_answer(shown: Answer, engine: Engine) -> None:
    """Draw it all; nothing here is measured again."""
    with st.container(border=True, gap="small", key="answer"):
        _head(shown)
        if not shown.table.empty and shown.shape is not Shape.NUMBER:
            _picture_and_table(shown)
        if shown.question.intent is Intent.TICKETS:
            answer_tickets(shown, engine)
        _leads(shown)
        _behind(shown)
        answer_actions(shown)


def _head(shown: Answer) -> None:
    """The number, large, beside the sentence that says it."""
    if shown.whole is None or shown.question.intent not in _MEASURED:
        st.text(shown.sentence)
        return
    number, sentence = st.columns([1, 4], vertical_alignment="center", gap="small")
    with number:
        _number(shown)
    with sentence:
        st.text(shown.sentence)


def _number(shown: Answer) -> None:
    """The KPI without a split; every part of it is our own text."""
    whole, kpi = shown.whole, shown.kpi
    if whole is None:
        return
    single = shown.shape is Shape.NUMBER
    st.metric(
        kpi.title if single else f"{kpi.title}, all together", value_text(whole.value, kpi.unit, whole.too_few),
        _change(shown) if single else None, delta_color=_COLORS[_better(shown)], delta_arrow="off",
    )  # fmt: skip


def _row_change(shown: Answer) -> tuple[float, float] | None:
    """The value and the one before, where both are known and rest on enough tickets."""
    if len(shown.table) != 1 or "before" not in shown.table or bool(shown.table["too_few"].iloc[0]):
        return None
    value, before = float(shown.table["value"].iloc[0]), float(shown.table["before"].iloc[0])
    few = shown.before is not None and not shown.before.kpi.is_stock and shown.before.too_few
    return None if few or value != value or before != before else (value, before)


def _change(shown: Answer) -> str | None:
    pair = _row_change(shown)
    return change_text(*pair, shown.kpi.unit) if pair else None


def _better(shown: Answer) -> bool | None:
    pair = _row_change(shown)
    if pair is None or pair[0] == pair[1] or shown.kpi.direction is Direction.NEUTRAL:
        return None
    return (pair[0] > pair[1]) == (shown.kpi.direction is Direction.HIGHER)


def _picture_and_table(shown: Answer) -> None:
    """Side by side where there is room."""
    if shown.shape is Shape.NONE:
        answer_table(shown)
        return
    left, right = st.columns([1, 1] if "before" in shown.table else [3, 2], gap="medium")
    with left:
        answer_picture(shown)
    with right:
        answer_table(shown)


def _leads(shown: Answer) -> None:
    """Where the matter is looked into further."""
    if shown.leads:
        with st.container(horizontal=True, gap="small"):
            for lead in shown.leads:
                st.page_link(
                    lead.page, label=lead.label, icon=":material/arrow_forward:", query_params=lead.address,
                    width="content",
                )  # fmt: skip


def _behind(shown: Answer) -> None:
    """The definition, what the data does to it, and the account of the tickets."""
    if shown.rows_left_out:
        st.text(shown.rows_left_out)
    show_sentences(shown.notes)
    if shown.question.intent is not Intent.DEFINITION:
        with st.container(gap=None, key="answer_basis"):
            st.caption(f"{shown.kpi.title}: {shown.kpi.definition}")
            basis_line(shown.kpi.title, shown.basis, "answer", dated=False)
