"""The charts of the overview, their definitions, and the way from each point to its tickets."""

from typing import Any

import streamlit as st

from analytics.kpis import find_kpi
from analytics.kpis.volume import VOLUME
from analytics.overview import Overview
from analytics.ranking import ranking_sentence
from analytics.trend import sentence
from analytics.warehouse.engine import Engine
from pages.charts.theme import CONFIG, Figure
from pages.components.explanation import explain
from pages.components.point import open_point
from pages.components.view import View

_HOW = "How are the charts computed?"


def trend_charts(shown: Overview, figure: Figure, view: View, engine: Engine) -> None:
    """Draw them all; a click on a point leads to its tickets."""
    event: Any = st.plotly_chart(
        figure, key="overview_chart", on_select="rerun", selection_mode="points", config=CONFIG, alt=_alt(shown)
    )
    open_point(event.selection.points, view, engine)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(_reading(shown), width="stretch")
        asked = st.menu_button(
            _HOW,
            [*shown.trends, VOLUME.name],
            format_func=lambda name: find_kpi(name).title,
            icon=":material/info:",
            type="tertiary",
        )
    if asked:
        explain(find_kpi(asked), view, engine)


def _alt(shown: Overview) -> str:
    """Every panel's main fact in words, for whoever cannot see the picture."""
    courses = [sentence(course) for course in shown.trends.values()]
    return " ".join([*courses, ranking_sentence("Ticket volume by category", shown.categories)])


def _reading(shown: Overview) -> str:
    words = "Click a point or bar for its tickets. Dotted and hollow, or pale: not finished yet."
    gaps = any(course.left_out for course in shown.trends.values())
    return f"{words} Gaps: periods with fewer than five tickets." if gaps else words
