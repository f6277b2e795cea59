"""SLA adherence, ours beside the conventional one: a line between two points for each value of a dimension."""

import pandas as pd
import plotly.graph_objects as go

from analytics.filters import NOT_RECORDED
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert

_ROW_HEIGHT = 30
_LONGEST = 32
_FIGURES = (
    ("conventional", "conventional: ended only", ORANGE, "circle-open"),
    ("ours", "ours: breached and open count", BLUE, "circle"),
)


def sla_figure(split: pd.DataFrame, dimension: str) -> go.Figure:
    """`split` as of SlaViews, values with enough tickets only, the first row on top."""
    figure = empty_figure()
    labels = [inert(_label(value, dimension)) for value in split[dimension]]
    pairs = zip(split["ours"], split["conventional"], strict=True)
    ends = [end for ours, conventional in pairs for end in (ours, conventional, None)]
    rows = [label for label in labels for _ in range(3)]
    line = {"color": GREY, "width": 3}
    figure.add_trace(go.Scatter(x=ends, y=rows, mode="lines", line=line, hoverinfo="skip", showlegend=False))
    facts = [
        [f"{tickets:,}", f"{breached:,.0f}"]
        for tickets, breached in zip(split["tickets"], split["breached_and_open"], strict=True)
    ]
    for column, name, color, symbol in _FIGURES:
        figure.add_trace(_points(labels, split[column], name, color, facts, symbol))
    figure.update_layout(hovermode="closest", height=90 + _ROW_HEIGHT * max(len(labels), 2))
    figure.update_xaxes(tickformat=".0%", showgrid=True, range=[-0.02, 1.02])
    figure.update_yaxes(autorange="reversed", type="category", nticks=0, showgrid=False)
    return figure


def _points(
    labels: list[str], shares: pd.Series, name: str, color: str, facts: list[list[str]], symbol: str
) -> go.Scatter:
    return go.Scatter(
        x=shares.to_numpy(dtype=float), y=labels, mode="markers", name=name, customdata=facts,
        marker={"color": color, "size": 11, "symbol": symbol, "line": {"width": 2, "color": color}},
        hovertemplate=f"%{{y}}, {name}: <b>%{{x:.1%}}</b><br>%{{customdata[0]}} judged, "
        "%{customdata[1]} breached and still open<extra></extra>",
    )  # fmt: skip


def _label(value: object, dimension: str) -> str:
    if value is None or pd.isna(value):
        return NOT_RECORDED
    words = f"Priority {value:.0f}" if dimension == "priority" and isinstance(value, int | float) else str(value)
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
