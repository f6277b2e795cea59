"""Incidents linked to changes and possibly caused by them, a bar a quarter; and the share of changes that failed."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import day_text, percent_text
from pages.charts.theme import BLUE, GREY, ORANGE, SAND, empty_figure, inert

_HEIGHT, _ROW = 240, 44


def change_incidents_figure(quarters: pd.DataFrame, threshold: float) -> go.Figure:
    """`quarters` as of ChangeIncidents: what is linked below, what is possible above it; the line is the threshold."""
    figure = empty_figure()
    # The year on a line of its own, so that the names lie flat on a phone too.
    names = [day_text(period).replace(f" {period.year}", f"<br>{period.year}") for period in quarters["period"]]
    for column, name, colour in (("linked", "linked to a change", ORANGE), ("possible", "possible", SAND)):
        figure.add_trace(
            go.Bar(
                x=names, y=quarters[column].to_numpy(), name=name, marker={"color": colour},
                hovertemplate=f"%{{y:,}} {name} in 91 days from %{{x}}<extra></extra>",
            )
        )  # fmt: skip
    figure.add_hline(threshold, line={"color": GREY, "width": 1.5, "dash": "dash"})
    figure.update_layout(barmode="stack", height=_HEIGHT, hovermode="closest")
    figure.update_xaxes(type="category")
    figure.update_yaxes(tickformat=",d", nticks=5, title="incidents")
    return figure


def change_failures_figure(tiers: pd.DataFrame) -> go.Figure:
    """`tiers` as of ChangeRecords, those with a share: a bar a tier, with its number of changes."""
    told = tiers[tiers["share"].notna()].iloc[::-1]
    words = [
        f"{percent_text(row.share)} of {row.known:,}" for row in told.itertuples()
    ]  # fmt: skip
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            y=[inert(str(tier)) for tier in told["tier"]], x=told["share"].to_numpy(dtype=float), orientation="h",
            text=words, textposition="outside", cliponaxis=False, marker={"color": BLUE},
            hovertemplate="%{y}: %{text} failed<extra></extra>",
        )
    )  # fmt: skip
    most = float(told["share"].max()) if len(told) else 0.0
    figure.update_layout(height=48 + _ROW * len(told), hovermode="closest", showlegend=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_xaxes(tickformat=".0%", range=[0, max(0.01, most * 1.35)], nticks=4)
    figure.update_yaxes(rangemode="normal", type="category")
    return figure
