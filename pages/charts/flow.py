"""What comes, what stays, what goes: volume by category, the backlog's level, inflow against outflow."""

import pandas as pd
import plotly.graph_objects as go

from analytics.overview import Overview
from pages.charts.course import add_counts, add_line, set_axis
from pages.charts.theme import BLUE, GREY, ORANGE, inert, nth

CATEGORIES, BACKLOG, FLOW = 4, 5, 6
# Bars keep their height when there are few: the largest eight and all others.
_SLOTS = 9
_PALE = 0.35


def add_flow(figure: go.Figure, shown: Overview, ink: str) -> None:
    """Draw the three panels; `ink` is the colour of words on bars."""
    trends = shown.trends
    _add_ranking(figure, CATEGORIES, shown.categories, ink)
    add_line(figure, BACKLOG, trends["backlog"], "backlog", BLUE)
    add_counts(figure, FLOW, trends["inflow"], "inflow", ORANGE)
    add_counts(figure, FLOW, trends["outflow"], "outflow", BLUE)
    set_axis(figure, BACKLOG, trends["backlog"])
    set_axis(figure, FLOW, trends["inflow"])


def _add_ranking(figure: go.Figure, panel: int, ranked: pd.DataFrame, ink: str) -> None:
    """Bars with their words inside, so that long names need no margin and are never cut."""
    names = [inert(label) for label in ranked["label"]]
    counts = [f"{value:,.0f} ({share:.0%})" for value, share in zip(ranked["value"], ranked["share"], strict=True)]
    # Plotly wants rows of one length; what follows the category's values is empty.
    most = max(map(len, ranked["values"]), default=0)
    facts = [["volume", *values, *[None] * (most - len(values))] for values in ranked["values"]]
    x, y = nth("x", panel), nth("y", panel)
    colors = [GREY if len(values) > 1 else BLUE for values in ranked["values"]]
    figure.add_trace(
        go.Bar(
            x=ranked["value"].to_numpy(), y=list(range(len(ranked))), orientation="h", xaxis=x, yaxis=y, width=0.82,
            marker={"color": colors, "opacity": _PALE}, unselected={"marker": {"opacity": _PALE}}, customdata=facts,
            hovertext=[f"{name}: <b>{count}</b>" for name, count in zip(names, counts, strict=True)],
            hovertemplate="%{hovertext} of all tickets opened<extra></extra>", showlegend=False,
        )
    )  # fmt: skip
    words = {"xref": f"{x} domain", "yref": y, "showarrow": False, "font": {"size": 12, "color": ink}}
    for row, (name, count) in enumerate(zip(names, counts, strict=True)):
        figure.add_annotation(text=name, x=0.01, xanchor="left", y=row, yanchor="middle", **words)
        figure.add_annotation(text=count, x=1, xanchor="right", y=row, yanchor="middle", **words)
    figure.update_layout(
        {
            nth("xaxis", panel): {"visible": False, "domain": (0.0, 0.315)},
            nth("yaxis", panel): {"visible": False, "range": [_SLOTS - 0.5, -0.5]},
        }
    )
