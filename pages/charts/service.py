"""How well tickets are served: time to resolve, first contact resolution and SLA adherence over time."""

import plotly.graph_objects as go

from analytics.headline import goal_text
from analytics.kpi import Kpi
from analytics.overview import Overview
from pages.charts.course import add_line, add_target, set_axis
from pages.charts.theme import BLUE, GREEN, ORANGE

TIME, FIRST_CONTACT, SLA = 1, 2, 3


def add_service(figure: go.Figure, shown: Overview) -> None:
    """Draw the three panels, each with its target."""
    trends = shown.trends
    add_line(figure, TIME, trends["p90_time_to_resolve"], "p90", ORANGE, "dash")
    add_line(figure, TIME, trends["mttr"], "mean", BLUE)
    add_line(figure, TIME, trends["median_time_to_resolve"], "median", GREEN, "dashdot")
    add_line(figure, FIRST_CONTACT, trends["fcr"], "first contact resolution", BLUE)
    add_line(figure, SLA, trends["sla_adherence"], "SLA adherence", BLUE)
    set_axis(figure, TIME, trends["p90_time_to_resolve"], shown.targets.get("mttr"))
    set_axis(figure, FIRST_CONTACT, trends["fcr"])
    set_axis(figure, SLA, trends["sla_adherence"])
    for panel, name in ((TIME, "mttr"), (FIRST_CONTACT, "fcr"), (SLA, "sla_adherence")):
        target = shown.targets.get(name)
        add_target(figure, panel, target, _target_text(trends[name].result.kpi, target))


def _target_text(kpi: Kpi, target: float | None) -> str:
    return "" if target is None else f"target {goal_text(target, kpi.unit)}"
