"""A pinned question: a small card with its name, its number or sentence, the way to open it, and to take it away.

Names and sentences may quote people and the export, so they are inert text.
"""

from hashlib import sha256

import streamlit as st

from analytics.ask.answer import Answer, Shape, answer
from analytics.ask.question import Intent, Question
from analytics.ask.question_address import question_of
from analytics.errors import BacklightError
from analytics.formatting import value_text
from analytics.store.saved_views import SavedView
from analytics.warehouse.engine import Engine
from pages.components.answer_rows_table import row_columns, shown_rows
from pages.components.explore_address import explore_question
from pages.components.results import asked
from pages.components.saved_views_part import open_view
from pages.components.warehouse import store

_MOST_ROWS = 5
_MEASURED = (Intent.MEASURE, Intent.TICKETS)
_READ = {"ask": question_of, "explore": explore_question}


def pinned_card(view: SavedView, engine: Engine) -> None:
    """Measured once per snapshot; a view that cannot be read any more says so."""
    st.text(view.name)
    try:
        question = _question(view, engine)
        if question is not None:
            _answer(asked(answer, engine, question))
        else:
            st.caption("A list of tickets, shown on its own page.")
    except BacklightError:
        st.caption("This view cannot be read any more. Take it off the Overview on the Ask page, under Saved.")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        open_view(view, "Open")
        st.button(
            "Unpin", key=f"unpin_{sha256(view.name.encode()).hexdigest()[:16]}", type="tertiary",
            icon=":material/keep_off:", help="Take it off the Overview; it stays among the saved ones on the Ask page",
            on_click=store().saved_views.pin, args=(view.name, False),
        )  # fmt: skip


def _question(view: SavedView, engine: Engine) -> Question | None:
    """The question that a view holds; None for one of tickets, which holds no number."""
    if engine.as_of is None or view.page not in _READ:
        return None
    return _READ[view.page](view.address, engine.as_of.date())


def _answer(shown: Answer) -> None:
    if (
        shown.shape is Shape.NUMBER
        and shown.whole is not None
        and shown.question.intent in (Intent.MEASURE, Intent.TICKETS)
    ):
        whole = shown.whole
        st.metric(shown.kpi.title, value_text(whole.value, shown.kpi.unit, whole.too_few))
    st.text(shown.sentence)
    if shown.shape in (Shape.BARS, Shape.MATRIX):
        rows = shown_rows(shown).head(_MOST_ROWS)
        st.dataframe(
            rows, hide_index=True, height="content", row_height=28, column_config=row_columns(shown, rows),
            alt=f"First rows of {shown.kpi.title}",
        )  # fmt: skip
