"""Contacts that ask about an earlier ticket: how long that had waited, and whose tickets are asked about."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import count_text, hours_text
from pages.charts.theme import BLUE, empty_figure, inert

MOST_BARS = 10
_LONGEST_NAME = 26


def waits_figure(bands: pd.DataFrame) -> go.Figure:
    """A bar a band of waiting time, `band` and `contacts`, the shortest first."""
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=bands["band"], y=bands["contacts"].to_numpy(), marker={"color": BLUE, "opacity": 0.9},
            text=[count_text(contacts) for contacts in bands["contacts"]], textposition="outside", cliponaxis=False,
            hovertemplate="waited %{x}: <b>%{y:,}</b> contacts<extra></extra>",
        )
    )  # fmt: skip
    labels = [str(band).replace(" day", "<br>day") for band in bands["band"]]
    figure.update_xaxes(tickvals=bands["band"], ticktext=labels, tickangle=0)
    figure.update_layout(height=280, hovermode="closest", showlegend=False, margin={"t": 24})
    figure.update_yaxes(showticklabels=False, showgrid=False)
    return figure


def asked_groups_figure(groups: pd.DataFrame) -> go.Figure:
    """A bar a group: contacts about its tickets. `customdata` begins with the group as it stands in the export."""
    shown = groups.head(MOST_BARS)
    facts = [
        [
            row.assignment_group,
            inert(str(row.assignment_group)),
            count_text(row.asked_about),
            hours_text(row.median_hours),
        ]
        for row in shown.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=shown["chasers"].to_numpy(), y=[fact[0] for fact in facts], orientation="h", customdata=facts,
            text=[count_text(contacts) for contacts in shown["chasers"]], textposition="outside", cliponaxis=False,
            marker={"color": BLUE, "opacity": 0.9},
            hovertemplate=(
                "%{customdata[1]}: <b>%{x:,}</b> contacts about %{customdata[2]} tickets<br>"
                "which had waited %{customdata[3]} (median)<extra></extra>"
            ),
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False, height=90 + 30 * max(len(shown), 3))
    figure.update_layout(margin={"l": 8, "r": 64, "t": 8, "b": 8})
    figure.update_xaxes(rangemode="tozero", nticks=4, tickangle=0)
    ticks = {"tickvals": [fact[0] for fact in facts], "ticktext": [fact[1][:_LONGEST_NAME] for fact in facts]}
    figure.update_yaxes({"autorange": "reversed", "type": "category", "nticks": 0} | ticks)
    return figure
