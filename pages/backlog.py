"""Backlog: how much is open, whether it grows, why it changed, where it lies, how old it is, and who moves it."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.accumulation_section import accumulation_section
from pages.components.ageing_section import ageing_section
from pages.components.backlog_trend_section import backlog_trend_section
from pages.components.bridge_section import bridge_section
from pages.components.cumulative_flow_section import cumulative_flow_section
from pages.components.filter_bar import filter_bar
from pages.components.ownership_section import ownership_section
from pages.components.page import data_page
from pages.components.sections import sections
from pages.components.title_row import title_row
from pages.components.verdict_section import verdict_section
from pages.components.view import View


def _level(view: View, engine: Engine) -> None:
    verdict_section(view, engine)
    backlog_trend_section(view, engine)


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Backlog", engine)
    named = {
        "Is it growing?": _level,
        "Why did it change?": bridge_section,
        "Where does it lie?": accumulation_section,
        "How old is it?": ageing_section,
        "Who moves it?": ownership_section,
        "How does it flow?": cumulative_flow_section,
    }
    sections(named, view, engine)


data_page(_show)
