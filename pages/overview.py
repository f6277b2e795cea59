"""Overview: the five core KPIs on one screen, each with its course, its definition and its tickets."""

import streamlit as st

from analytics.headline import comparison
from analytics.warehouse.engine import Engine
from pages.components import results, warehouse
from pages.components.baseline import resets_in_force
from pages.components.cards import cards
from pages.components.filter_bar import filter_bar
from pages.components.page import data_page
from pages.components.pinned_section import pinned_section
from pages.components.title_row import title_row
from pages.components.trend_charts import trend_charts
from pages.components.welcome import no_match


def _show(engine: Engine) -> None:
    head = st.container()
    view = filter_bar(engine)
    with head:
        title_row(
            "Service desk overview",
            engine,
            comparison(view.filters, results.shown_extent(engine, engine.snapshot).first_day),
        )
    targets = tuple(sorted(warehouse.store().targets().items()))
    scope = (engine.snapshot, view.filters, view.grain, targets, resets_in_force())
    shown = results.measured_overview(engine, *scope)
    if not shown.matching:
        no_match(view)
        return
    with st.container(gap="xsmall"):
        cards(shown, view, engine)
        trend_charts(shown, results.drawn_overview(shown, *scope, dark=st.context.theme.type == "dark"), view, engine)
    pinned_section(engine)
    results.settle_memory()


data_page(_show)
