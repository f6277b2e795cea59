"""The charts of the overview, their definitions, and the way from each point to its tickets."""

from typing import Any

import streamlit as st

from analytics.kpis import find_kpi
from analytics.kpis.volume import VOLUME
from analytics.overview import Overview
from analytics.ranking import ranking_sentence
from analytics.trend import sentence
from analytics.warehouse.engine import Engine
from pages.charts.glance import HEIGHT
from pages.charts.large import TITLES, large_figure
from pages.charts.panels import Option
from pages.charts.theme import CONFIG
from pages.components.explanation import explain
from pages.components.point import open_point
from pages.components.view import View


def trend_charts(shown: Overview, chart: Option, view: View, engine: Engine) -> None:
    """Draw them all; a click on a point leads to its tickets."""
    event: Any = st.echarts_chart(chart, height=HEIGHT, key="overview_chart", on_select="rerun", alt=_alt(shown))
    open_point(event.selection.selected, shown, view, engine)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_reading(shown), width="stretch")
        large = st.menu_button(
            "Open a chart",
            list(TITLES),
            format_func=TITLES.__getitem__,
            icon=":material/open_in_full:",
            type="tertiary",
        )
        asked = st.menu_button(
            "How are they computed?",
            [*shown.trends, VOLUME.name],
            format_func=lambda name: find_kpi(name).title,
            icon=":material/info:",
            type="tertiary",
        )
    if large:
        st.dialog(TITLES[large], width="large")(_large)(shown, large)
    elif asked:
        explain(find_kpi(asked), view, engine)


def _large(shown: Overview, name: str) -> None:
    st.plotly_chart(large_figure(shown, name), config=CONFIG, alt=_in_words(shown, name))
    st.caption(_in_words(shown, name) if name != "volume" else "")


def _in_words(shown: Overview, name: str) -> str:
    """A panel's main fact in words, for whoever cannot see the picture."""
    if name == "volume":
        return ranking_sentence("Ticket volume by category", shown.categories)
    courses = ("inflow", "outflow") if name == "flow" else (name,)
    return " ".join(sentence(shown.trends[course]) for course in courses)


def _alt(shown: Overview) -> str:
    return " ".join(_in_words(shown, name) for name in TITLES)


def _reading(shown: Overview) -> str:
    words = "Click a point or bar for its tickets. Dotted and hollow, or pale: not finished yet."
    gaps = any(course.left_out for course in shown.trends.values())
    return f"{words} Gaps: periods with fewer than five tickets." if gaps else words
