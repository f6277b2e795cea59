"""Median hours to resolve by number of hand-offs, like compared with like."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import count_text, hours_text
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, empty_figure


def bounce_price_figure(by_handoffs: pd.DataFrame) -> go.Figure:
    """A point a number of hand-offs with its 95 % interval; the frame has handoffs, tickets, hours, lo, hi."""
    facts = [
        [hours_text(row.hours), hours_text(max(row.lo, 0)), hours_text(row.hi), count_text(row.tickets)]
        for row in by_handoffs.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Scatter(
            x=by_handoffs["handoffs"].to_numpy(), y=by_handoffs["hours"].to_numpy(), customdata=facts,
            mode="lines+markers", cliponaxis=False,
            line={"color": BLUE, "width": 2}, marker={"size": 8, "color": BLUE},
            error_y={
                "array": (by_handoffs["hi"] - by_handoffs["hours"]).to_numpy(), "color": BLUE, "thickness": 1.2,
                "arrayminus": (by_handoffs["hours"] - by_handoffs["lo"].clip(lower=0)).to_numpy(), "symmetric": False,
            },
            hovertemplate="%{x} hand-offs: <b>%{customdata[0]}</b> (%{customdata[1]} to %{customdata[2]}, "
            "%{customdata[3]} tickets)<extra></extra>",
        )
    )  # fmt: skip
    ticks = hour_ticks(float(by_handoffs["hi"].max()))
    figure.update_layout(height=300, hovermode="closest", showlegend=False, margin={"t": 12})
    figure.update_xaxes(dtick=1, title="hand-offs of a ticket")
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), title="median time to resolve")
    return figure
