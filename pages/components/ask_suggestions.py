"""What can be asked: questions made of the loaded data, the latest ones and the saved ones.

A question may quote the export, so it is inert text beside a link of our own words.
"""

from collections.abc import Iterable

import streamlit as st

from analytics.ask.suggestions import suggested_questions
from analytics.warehouse.engine import Engine
from pages.components.ask_box import QUESTION
from pages.components.asked_question import known_words
from pages.components.results import asked
from pages.components.saved_views_part import saved_views_part
from pages.components.warehouse import store

_PAGE = "pages/ask.py"
_LATEST = 8


def ask_suggestions(engine: Engine) -> None:
    """What the page shows before anything is asked."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**You can ask**")
        questions_to_ask(asked(_suggested, engine))
    with right:
        saved_views_part()
        _latest()


def questions_to_ask(texts: Iterable[str]) -> None:
    """Each with a link that asks it."""
    with st.container(gap="xxsmall"):
        for text in texts:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.page_link(
                    _PAGE, label="Ask", icon=":material/search:", query_params={QUESTION: text}, width="content"
                )
                st.text(text, width="stretch")


def _latest() -> None:
    kept = store().asked_questions.latest(_LATEST)
    if not kept:
        return
    st.markdown("**Asked lately**")
    with st.container(gap="xxsmall", key="asked_lately"):
        for question in kept:
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.page_link(
                    _PAGE, label="Ask", icon=":material/history:", query_params=question.address, width="content"
                )
                st.text(question.words, width="stretch")
    st.button(
        "Forget what was asked", type="tertiary", key="forget_asked", icon=":material/delete:",
        on_click=store().asked_questions.forget,
    )  # fmt: skip


def _suggested(engine: Engine) -> tuple[str, ...]:
    return suggested_questions(known_words(engine))
