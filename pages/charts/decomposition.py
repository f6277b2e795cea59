"""A series taken apart: its trend, its season and the rest, one above the other."""

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from analytics.forecast.decomposition import Decomposition
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_PARTS = (("trend", BLUE), ("season", GREEN), ("rest", ORANGE))
_HEIGHT = 380


def decomposition_figure(found: Decomposition) -> go.Figure:
    """Three rows that share their axis of days; the series itself in grey behind its trend."""
    figure = make_subplots(rows=len(_PARTS), cols=1, shared_xaxes=True, vertical_spacing=0.06)
    figure.update_layout(empty_figure().layout)
    days = found.frame["period"].to_numpy()
    figure.add_trace(
        go.Scatter(x=days, y=found.frame["value"].to_numpy(), name="value", line={"color": GREY, "width": 1}), 1, 1
    )
    for row, (name, color) in enumerate(_PARTS, start=1):
        line = {"color": color, "width": 1.5}
        figure.add_trace(go.Scatter(x=days, y=found.frame[name].to_numpy(), name=name, line=line), row, 1)
    figure.update_traces(mode="lines", hovertemplate="%{y:,.1f} on %{x|%-d %b %Y}")
    figure.update_layout(height=_HEIGHT, hovermode="closest", margin={"l": 8, "r": 8, "t": 28, "b": 8})
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(zeroline=False, nticks=4, tickformat=",.0f", rangemode="normal", title=None)
    return figure
