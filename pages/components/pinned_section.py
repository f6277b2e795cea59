"""Pinned questions on the Overview: each a small card with its name, its number or sentence, and the way to open it.

Names and sentences may quote people and the export, so they are inert text.
"""

import streamlit as st

from analytics.ask.answer import Answer, Shape, answer
from analytics.ask.question import Intent, Question
from analytics.ask.question_address import question_of
from analytics.errors import BacklightError
from analytics.formatting import value_text
from analytics.store.saved_views import SavedView
from analytics.warehouse.engine import Engine
from pages.components.answer_rows_table import shown_rows
from pages.components.results import asked
from pages.components.saved_views_part import open_view
from pages.components.warehouse import store

_IN_A_ROW, _MOST_ROWS = 3, 5


def pinned_section(engine: Engine) -> None:
    """A row of cards; nothing where nothing is pinned."""
    views = store().saved_views.pinned()
    if not views:
        return
    st.markdown("**Pinned questions**")
    for first in range(0, len(views), _IN_A_ROW):
        for column, view in zip(st.columns(_IN_A_ROW, gap="small"), views[first : first + _IN_A_ROW], strict=False):
            with column, st.container(border=True, height="stretch", gap="xsmall"):
                _card(view, engine)


def _card(view: SavedView, engine: Engine) -> None:
    st.text(view.name)
    try:
        question = _question(view, engine)
        if question is not None:
            _answer(asked(answer, engine, question))
        else:
            st.caption("A view of another page, shown there.")
    except BacklightError:
        st.caption("This view cannot be read any more. Take it off the Overview on the Ask page, under Saved.")
    open_view(view, "Open")


def _question(view: SavedView, engine: Engine) -> Question | None:
    """The question that a view holds; None for a view of another page, which has an address of its own."""
    if view.page != "ask" or engine.as_of is None:
        return None
    return question_of(view.address, engine.as_of.date())


def _answer(shown: Answer) -> None:
    if shown.shape is Shape.NUMBER and shown.whole is not None and shown.question.intent is Intent.MEASURE:
        whole = shown.whole
        st.metric(shown.kpi.title, value_text(whole.value, shown.kpi.unit, whole.too_few))
    st.text(shown.sentence)
    if shown.shape in (Shape.BARS, Shape.MATRIX):
        st.dataframe(
            shown_rows(shown).head(_MOST_ROWS), hide_index=True, height="content", row_height=28,
            alt=f"First rows of {shown.kpi.title}",
        )  # fmt: skip
