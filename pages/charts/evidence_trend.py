"""The course of a finding's number, with the threshold that it is held against."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analytics.diagnostic.finding import Finding
from analytics.diagnostic.finding_words import number_text
from analytics.formatting import day_text
from pages.charts.theme import BLUE, GREY, empty_figure, inert

_HEIGHT = 240


def evidence_trend_figure(finding: Finding) -> go.Figure:
    """A line of the trend's values by period, in the finding's unit; a dashed line is the threshold."""
    periods, values = list(finding.trend["period"]), list(finding.trend["value"])
    figure = empty_figure()
    words = [f"{_named(period)}: {_number(value, finding.unit)}" for period, value in zip(periods, values, strict=True)]
    figure.add_trace(
        go.Scatter(
            x=periods, y=values, mode="lines+markers", text=words, line={"color": BLUE, "width": 2},
            marker={"color": BLUE, "size": 6}, hovertemplate="%{text}<extra></extra>", name="value",
        )
    )  # fmt: skip
    if finding.threshold is not None and finding.value is not None:
        figure.add_hline(
            finding.threshold, line={"color": GREY, "width": 1.5, "dash": "dash"},
            annotation={"text": f"threshold {number_text(finding.threshold, finding.unit)}", "font": {"color": GREY}},
        )  # fmt: skip
    figure.update_layout(height=_HEIGHT, showlegend=False, hovermode="closest", margin={"t": 16})
    figure.update_yaxes(
        tickformat=".0%" if finding.unit == "ratio" else ",",
        title=None if finding.unit == "ratio" else inert(finding.unit),
    )
    return figure


def _named(period: object) -> str:
    return day_text(pd.Timestamp(period)) if isinstance(period, date) else inert(str(period))


def _number(value: object, unit: str) -> str:
    return number_text(None if pd.isna(value) else float(str(value)), inert(unit))
