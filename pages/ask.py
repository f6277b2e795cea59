"""Ask: a question in words, and its answer with everything behind it.

Links: `ask?q=SLA by group last quarter`, or the parts of a question as in `analytics/ask/question_address.py`.
"""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.ask_box import large_ask_box
from pages.components.ask_page import answered
from pages.components.ask_suggestions import ask_suggestions
from pages.components.asked_question import asked_question
from pages.components.page import data_page
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    title_row("Ask", engine, box=False)
    found = asked_question(engine)
    large_ask_box(found.text)
    if found.question is None and found.reading is None and found.error is None:
        st.caption("A question about the loaded tickets, in plain words. Typing errors and the order do not matter.")
        ask_suggestions(engine)
    else:
        answered(found, engine)


data_page(_show)
