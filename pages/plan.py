"""Plan: who does what by when, and whether it worked."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.actions_section import actions_section
from pages.components.automation_section import automation_section
from pages.components.effects_section import effects_section
from pages.components.filter_bar import filter_bar
from pages.components.handed_work_section import handed_work_section
from pages.components.page import data_page
from pages.components.plan_export_section import plan_export_section
from pages.components.problem_records_section import problem_records_section
from pages.components.sections import sections
from pages.components.title_row import title_row


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Plan", engine)
    named = {
        "Who does what?": actions_section,
        "Did it work?": effects_section,
        "Problem records": problem_records_section,
        "What to automate?": automation_section,
        "What can the business build?": handed_work_section,
        "Print and export": plan_export_section,
    }
    sections(named, view, engine)


data_page(_show)
