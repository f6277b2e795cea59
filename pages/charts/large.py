"""Each panel of the overview as a large Plotly figure, to be zoomed, read point by point, and saved as a picture."""

import pandas as pd
import plotly.graph_objects as go

from analytics.headline import goal_text
from analytics.overview import Overview
from pages.charts.course import add_bars, add_line, add_target, name_periods, set_values
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure, inert

TITLES = {
    "mttr": "Time to resolve",
    "fcr": "First contact resolution",
    "sla_adherence": "SLA adherence",
    "volume": "Volume by category",
    "backlog": "Backlog",
    "flow": "Inflow and outflow",
}


def large_figure(shown: Overview, name: str) -> go.Figure:
    """The figure of one of `TITLES`."""
    figure = empty_figure()
    match name:
        case "volume":
            _add_ranking(figure, shown.categories)
        case "flow":
            add_bars(figure, shown.trends["inflow"], "inflow", ORANGE)
            add_bars(figure, shown.trends["outflow"], "outflow", BLUE)
            set_values(figure, shown.trends["inflow"])
            name_periods(figure, shown.trends["inflow"])
        case _:
            _add_courses(figure, shown, name)
    return figure


def _add_courses(figure: go.Figure, shown: Overview, name: str) -> None:
    course, target = shown.trends[name], shown.targets.get(name)
    highest = course
    if name == "mttr":
        highest = shown.trends["p90_time_to_resolve"]
        add_line(figure, highest, "90th percentile", ORANGE, "dash")
        add_line(figure, shown.trends["median_time_to_resolve"], "median", GREEN, "dashdot")
    add_line(figure, course, "mean" if name == "mttr" else course.result.kpi.title, BLUE)
    set_values(figure, highest, target)
    name_periods(figure, course)
    add_target(figure, target, "" if target is None else goal_text(target, course.result.kpi.unit))


def _add_ranking(figure: go.Figure, ranked: pd.DataFrame) -> None:
    """Bars with the largest category on top."""
    words = [f"{value:,.0f} ({share:.0%})" for value, share in zip(ranked["value"], ranked["share"], strict=True)]
    figure.add_trace(
        go.Bar(
            x=ranked["value"].to_numpy(), y=[inert(label) for label in ranked["label"]], orientation="h", text=words,
            textposition="auto", hovertemplate="%{y}: <b>%{text}</b><extra></extra>", name="tickets opened",
            marker={"color": [GREY if len(values) > 1 else BLUE for values in ranked["values"]]},
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False)
    figure.update_yaxes(autorange="reversed", tickformat="", nticks=0)
