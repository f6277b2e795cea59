"""The charts of the overview: two figures of three panels, each panel with its heading and its actions."""

from typing import Any

import plotly.graph_objects as go
import streamlit as st

from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.overview import Overview
from analytics.ranking import ranking_sentence
from analytics.trend import sentence
from analytics.warehouse.engine import Engine
from pages.charts.theme import CONFIG
from pages.components.kpi_actions import kpi_actions
from pages.components.point import open_point
from pages.components.view import View

_SERVICE = ("mttr", "median_time_to_resolve", "p90_time_to_resolve", "fcr", "sla_adherence")
_FLOW = ("backlog", "inflow", "outflow")


def trend_charts(shown: Overview, figures: tuple[go.Figure, go.Figure], view: View, engine: Engine) -> None:
    """Draw both rows; a click on a point leads to its tickets."""
    per = f"per {view.grain.value}"
    _headings(
        [
            ("mttr", "Time to resolve", per),
            ("fcr", "First contact resolution", per),
            ("sla_adherence", "SLA adherence", per),
        ],
        view,
        engine,
    )
    _chart(figures[0], " ".join(sentence(shown.trends[name]) for name in _SERVICE), "service", view, engine)
    _headings(
        [
            ("volume", "Volume by category", "opened"),
            ("backlog", "Backlog", f"at the end of each {view.grain.value}"),
            ("inflow", "Inflow and outflow", per),
        ],
        view,
        engine,
    )
    categories = ranking_sentence("Ticket volume by category", shown.categories)
    _chart(figures[1], " ".join([categories, *(sentence(shown.trends[name]) for name in _FLOW)]), "flow", view, engine)
    if left_out := _left_out(shown):
        st.caption(left_out)


def _headings(panels: list[tuple[str, str, str]], view: View, engine: Engine) -> None:
    for column, (name, title, per) in zip(st.columns(len(panels), gap="medium"), panels, strict=True):
        kpi: Kpi = find_kpi(name)
        with (
            column,
            st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="xsmall"),
        ):
            st.markdown(f"**{title}** :gray[:small[{per}]]", width="content")
            kpi_actions(kpi, view, engine, "chart")


def _chart(figure: go.Figure, alt: str, key: str, view: View, engine: Engine) -> None:
    event: Any = st.plotly_chart(
        figure, key=f"{key}_chart", on_select="rerun", selection_mode="points", config=CONFIG, alt=alt
    )
    open_point(event.selection.points, key, view, engine)


def _left_out(shown: Overview) -> str:
    gaps = {course.result.kpi.title: course.left_out for course in shown.trends.values() if course.left_out}
    if not gaps:
        return ""
    listed = ", ".join(f"{title} {count}" for title, count in gaps.items())
    return f"Gaps: periods with fewer than five tickets are not drawn ({listed})."
