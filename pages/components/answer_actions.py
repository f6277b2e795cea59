"""What can be done with an answer: its tickets, a link that holds it, Explore, and keeping it under a name."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from analytics.ask.answer import Answer
from analytics.ask.question import Intent, Question
from analytics.ask.question_address import question_address
from pages.components.answer_picture import TICKETS, tickets_link
from pages.components.explore_address import explore_address
from pages.components.saved_views_part import save_view


def answer_actions(shown: Answer) -> None:
    """One row under the answer."""
    question = shown.question
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="answer_actions"):
        if question.intent is not Intent.DEFINITION:
            _further(shown)
            st.page_link(
                "pages/definitions.py", label="Definition", icon=":material/menu_book:", width="content",
                query_params={"kpi": shown.kpi.name},
            )  # fmt: skip
        with st.popover("Link", icon=":material/link:", type="tertiary"):
            st.caption("The same view whenever it is opened: its days are fixed.")
            st.code(permanent_link(question), language=None, wrap_lines=True)
        save_view("ask", question_address(question))


def _further(shown: Answer) -> None:
    """The tickets, and the same by clicking."""
    question, day = shown.question, shown.as_of.date() if shown.as_of else None
    st.page_link(
        TICKETS, label="Tickets", icon=":material/confirmation_number:", width="content",
        query_params=tickets_link(shown, question),
    )  # fmt: skip
    st.page_link(
        "pages/explore.py", label="Open in Explore", icon=":material/explore:", width="content",
        query_params=explore_address(question, day),
    )  # fmt: skip


def permanent_link(question: Question) -> str:
    """The whole view as a link, with days instead of words such as last month."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, here.path, urlencode(question_address(question, True), True), ""))
