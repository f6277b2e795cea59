"""What comes, what stays, what goes: volume by category, the backlog's level, inflow against outflow."""

import pandas as pd
import plotly.graph_objects as go

from analytics.overview import Overview
from pages.charts.course import add_flow, add_line, set_axis
from pages.charts.theme import BLUE, GREY, ORANGE, inert, nth, row_of_panels

# Bars keep their height when there are few: the largest eight and all others.
_SLOTS = 9


def flow_figure(shown: Overview, ink: str) -> go.Figure:
    """One figure of three panels: one is drawn in a third of the time of three. `ink` is the colour of words on bars."""
    figure, trends = row_of_panels(), shown.trends
    _add_ranking(figure, 1, shown.categories, ink)
    add_line(figure, 2, trends["backlog"], "backlog", BLUE)
    add_flow(figure, 3, trends["inflow"], "inflow", ORANGE)
    add_flow(figure, 3, trends["outflow"], "outflow", BLUE)
    set_axis(figure, 2, trends["backlog"])
    set_axis(figure, 3, trends["inflow"])
    figure.update_layout(legend_visible=False, legend2_visible=False)
    return figure


def _add_ranking(figure: go.Figure, panel: int, ranked: pd.DataFrame, ink: str) -> None:
    """Bars with their words inside, so that long names need no margin and are never cut."""
    names = [inert(label) for label in ranked["label"]]
    counts = [f"{value:,.0f} ({share:.0%})" for value, share in zip(ranked["value"], ranked["share"], strict=True)]
    # Plotly wants rows of one length; what follows the category's values is empty.
    most = max(map(len, ranked["values"]), default=0)
    facts = [["volume", *values, *[None] * (most - len(values))] for values in ranked["values"]]
    x, y = nth("x", panel), nth("y", panel)
    figure.add_trace(
        go.Bar(
            x=ranked["value"].to_numpy(), y=list(range(len(ranked))), orientation="h", xaxis=x, yaxis=y, customdata=facts,
            marker={"color": [GREY if len(values) > 1 else BLUE for values in ranked["values"]], "opacity": 0.35}, unselected={"marker": {"opacity": 0.35}}, hovertext=[f"{n}: <b>{c}</b>" for n, c in zip(names, counts, strict=True)],
            hovertemplate="%{hovertext} of all tickets opened<extra></extra>", showlegend=False, width=0.82,
        )
    )  # fmt: skip
    for row, (name, count) in enumerate(zip(names, counts, strict=True)):
        place = {"xref": f"{x} domain", "yref": y, "y": row, "showarrow": False, "font": {"size": 12, "color": ink}, "yanchor": "middle"}
        figure.add_annotation(text=name, x=0.01, xanchor="left", **place)
        figure.add_annotation(text=count, x=1, xanchor="right", **place)
    figure.update_layout(
        {
            nth("xaxis", panel): {"visible": False, "domain": (0.0, 0.315)},
            nth("yaxis", panel): {"visible": False, "range": [_SLOTS - 0.5, -0.5]},
        }
    )
