"""How well tickets are served: time to resolve, first contact resolution and SLA adherence, side by side."""

import plotly.graph_objects as go

from analytics.headline import goal_text
from analytics.kpi import Kpi
from analytics.overview import Overview
from pages.charts.course import add_line, add_target, set_axis
from pages.charts.theme import BLUE, GREEN, ORANGE, row_of_panels


def service_figure(shown: Overview) -> go.Figure:
    """One figure of three panels: one is drawn in a third of the time of three."""
    figure, trends = row_of_panels(), shown.trends
    add_line(figure, 1, trends["p90_time_to_resolve"], "90th percentile", ORANGE, "dash")
    add_line(figure, 1, trends["mttr"], "mean", BLUE)
    add_line(figure, 1, trends["median_time_to_resolve"], "median", GREEN, "dashdot")
    add_line(figure, 2, trends["fcr"], "first contact resolution", BLUE)
    add_line(figure, 3, trends["sla_adherence"], "SLA adherence", BLUE)
    for panel, name in enumerate(("mttr", "fcr", "sla_adherence"), 1):
        kpi = trends[name].result.kpi
        set_axis(figure, panel, *([trends["p90_time_to_resolve"], trends[name]] if panel == 1 else [trends[name]]))
        add_target(figure, panel, shown.targets.get(name), _target_text(kpi, shown.targets.get(name)))
    figure.update_layout(legend2_visible=False, legend3_visible=False)
    return figure


def _target_text(kpi: Kpi, target: float | None) -> str:
    return "" if target is None else f"target {goal_text(target, kpi.unit)}"
