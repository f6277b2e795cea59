"""Flow: how tickets move between groups and statuses, what a bounce costs, and where they wait."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.cycle_times_section import cycle_times_section
from pages.components.filter_bar import filter_bar
from pages.components.handoffs_section import handoffs_section
from pages.components.littles_law_section import littles_law_section
from pages.components.page import data_page
from pages.components.reprioritisation_section import reprioritisation_section
from pages.components.sections import sections
from pages.components.steps_section import steps_section
from pages.components.title_row import title_row
from pages.components.view import View


def _cycle_times(view: View, engine: Engine) -> None:
    cycle_times_section(view, engine)
    littles_law_section(view, engine)


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Flow", engine)
    named = {
        "Hand-offs": handoffs_section,
        "Where tickets wait": steps_section,
        "Time in the system": _cycle_times,
        "Changes of priority": reprioritisation_section,
    }
    sections(named, view, engine)


data_page(_show)
