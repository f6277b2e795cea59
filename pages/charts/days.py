"""Axes of days and weeks: ticks in the house's order of day and month, on Mondays where bars are weeks."""

from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

_MOST_TICKS = 7
_MOST_WEEKS_NAMED = 26
# Each part of the axis is named by what changes: days with their month, months and years.
_STYLES = [
    {"dtickrange": [None, 27 * 86_400_000], "value": "%-d %b\n%Y"},
    {"dtickrange": [27 * 86_400_000, "M11"], "value": "%b\n%Y"},
    {"dtickrange": ["M11", None], "value": "%Y"},
]
# Part of the axis left free at both ends.
_ROOM = 0.012


def name_days(figure: go.Figure, days: pd.Series) -> None:
    """The axis from the first of these days to the last."""
    first, last = days.iloc[0], days.iloc[-1]
    room = max((last - first) * _ROOM, timedelta(hours=12))
    figure.update_xaxes(
        type="date", range=[first - room, last + room], tickformatstops=_STYLES,
        hoverformat="%-d %b %Y",
    )  # fmt: skip


def name_weeks(figure: go.Figure, weeks: pd.Series) -> None:
    """The axis of bars by the Mondays of their weeks: Plotly's own weeks begin on Sunday, a day beside the bars."""
    if len(weeks) > _MOST_WEEKS_NAMED:
        figure.update_xaxes(type="date", tickformatstops=_STYLES)
        return
    named = weeks.iloc[:: -(-len(weeks) // _MOST_TICKS)]
    figure.update_xaxes(tickvals=named.to_numpy(), ticktext=[f"{week:%-d %b}" for week in named])
