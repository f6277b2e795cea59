"""What the model has read off the desk: how tickets leave by age, and how the weeks to come differ."""

import plotly.graph_objects as go

from analytics.forecast.fitted import Fitted
from analytics.period import Grain
from pages.charts.days import name_days, name_weeks
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_HEIGHT = 240


def ages_figure(found: Fitted, step: str) -> go.Figure:
    """A bar for each bucket of ages: the share that ends in a week or day."""
    figure = _figure()
    figure.add_trace(
        go.Bar(
            x=found.ages["age"], y=found.ages["share"].to_numpy(), marker={"color": BLUE}, showlegend=False,
            hovertemplate=f"{step}s since opening: %{{x}}<br><b>%{{y:.1%}}</b> of those open end in a {step}"
            "<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest")
    figure.update_xaxes(type="category", title={"text": f"{step}s since opening", "font": {"size": 12}})
    figure.update_yaxes(tickformat=".0%", nticks=5)
    return figure


def ahead_figure(found: Fitted, grain: Grain) -> go.Figure:
    """Two lines around 1: how busy the periods to come are, and at what pace the desk closes in them."""
    figure = _figure()
    for column, name, color in (("busy", "what comes in", ORANGE), ("pace", "pace of closing", GREEN)):
        figure.add_trace(
            go.Scatter(
                x=found.ahead["period"].to_numpy(), y=found.ahead[column].to_numpy(), name=name,
                mode="lines+markers", line={"color": color, "width": 2}, marker={"size": 5},
                hovertemplate=f"{name}: <b>%{{y:.2f}}</b> of usual, from %{{x|%-d %b %Y}}<extra></extra>",
            )
        )  # fmt: skip
    line = {"color": GREY, "width": 1, "dash": "dash"}
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=1, y1=1, line=line)
    figure.update_yaxes(tickformat=".1f", nticks=5)
    name_axis = name_weeks if grain is Grain.WEEK else name_days
    name_axis(figure, found.ahead["period"])
    return figure


def _figure() -> go.Figure:
    figure = empty_figure()
    figure.update_layout(height=_HEIGHT, margin={"l": 8, "r": 8, "t": 28, "b": 8})
    return figure
