"""Self-check: what a team says of itself, set against what its tickets say."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.answer_section import answer_section
from pages.components.check_history_section import check_history_section
from pages.components.check_results_section import check_results_section
from pages.components.evidence_section import evidence_section
from pages.components.filter_bar import filter_bar
from pages.components.healthy_section import healthy_section
from pages.components.page import data_page
from pages.components.recurring_section import recurring_section
from pages.components.sections import sections
from pages.components.time_log_section import time_log_section
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Self-check", engine)
    named = {
        "Answer": answer_section,
        "What do the tickets say?": check_results_section,
        "Healthy or broken?": healthy_section,
        "How does the team see it?": check_history_section,
        "Evidence": evidence_section,
        "What returns?": recurring_section,
        "Where does time go?": time_log_section,
    }
    sections(named, view, engine)


data_page(_show)
