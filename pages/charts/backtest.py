"""The back-test by steps ahead: errors against naive, and how much lay within each interval."""

import pandas as pd
import plotly.graph_objects as go

from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from pages.charts.theme import BLUE, GREEN, GREY, OLIVE, ORANGE, empty_figure

_COLORS = {BACKLOG: BLUE, INFLOW: ORANGE, OUTFLOW: GREEN}
_LEVEL_COLORS = {50: OLIVE, 80: BLUE, 95: GREEN}
_HEIGHT = 260


def error_figure(steps: pd.DataFrame, step: str, unit: str) -> go.Figure:
    """Mean error by steps ahead: ours as a line over that of naive; `steps` as of `Backtest.by_horizon`."""
    figure = _figure(step)
    for name, column, color, dash in (("'as now'", "naive_error", GREY, "dash"), ("ours", "error", BLUE, "solid")):
        figure.add_trace(
            go.Scatter(
                x=steps["step"], y=steps[column], name=name, mode="lines+markers",
                line={"color": color, "width": 2, "dash": dash}, marker={"size": 4},
                hovertemplate=f"{name}: off by <b>%{{y:,.1f}}</b> {unit}<extra></extra>",
            )
        )  # fmt: skip
    figure.update_yaxes(tickformat=",.0f", nticks=5)
    return figure


def coverage_figure(steps: pd.DataFrame, step: str) -> go.Figure:
    """The share of what came within each interval, and the share that there should be."""
    figure = _figure(step)
    for level, color in _LEVEL_COLORS.items():
        figure.add_trace(
            go.Scatter(
                x=steps["step"], y=steps[f"coverage{level}"], name=f"within {level} %", mode="lines+markers",
                line={"color": color, "width": 2}, marker={"size": 4},
                hovertemplate=f"<b>%{{y:.0%}}</b> lay within the {level} % interval<extra></extra>",
            )
        )  # fmt: skip
        figure.add_shape(
            type="line", xref="x domain", x0=0, x1=1, y0=level / 100, y1=level / 100, layer="below",
            line={"color": color, "width": 1, "dash": "dot"},
        )  # fmt: skip
    shares = [0, *(level / 100 for level in _LEVEL_COLORS)]
    figure.update_yaxes(tickformat=".0%", range=[0, 1.03], tickvals=shares, showgrid=False)
    return figure


def _figure(step: str) -> go.Figure:
    figure = empty_figure()
    figure.update_layout(height=_HEIGHT, margin={"l": 8, "r": 8, "t": 28, "b": 8})
    figure.update_xaxes(title={"text": f"{step}s ahead", "font": {"size": 12}}, nticks=8, hoverformat=".0f")
    return figure
