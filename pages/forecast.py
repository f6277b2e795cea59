"""Forecast: what comes in, what goes out, when the backlog clears, what would change it, and how far to trust it."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.ahead_section import ahead_section
from pages.components.backtest_section import backtest_section
from pages.components.clearing_section import clearing_section
from pages.components.filter_bar import filter_bar
from pages.components.kept_weekly import keep_weekly
from pages.components.model_section import model_section
from pages.components.page import data_page
from pages.components.scenario_section import scenario_section
from pages.components.sections import sections
from pages.components.staffing_section import staffing_section
from pages.components.title_row import title_row
from pages.components.track_section import track_section


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row("Forecast", engine)
    named = {
        "What lies ahead?": ahead_section,
        "When does it clear?": clearing_section,
        "What if?": scenario_section,
        "Who is needed when?": staffing_section,
        "Are we on track?": track_section,
        "How good is it?": backtest_section,
        "How does it work?": model_section,
    }
    sections(named, view, engine)
    # At the end, so that nobody waits for it.
    keep_weekly(engine)


data_page(_show)
