"""Time to resolve by month opened, conventional beside honest, with the share still open; and by month resolved."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import hours_text, period_text
from analytics.period import Grain
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_MOST_TICKS = 8
_MOST_MARKED = 60
_SMALL_SHARE = 0.04


def honest_mttr_figure(by_opened: pd.DataFrame) -> go.Figure:
    """Two panels over the months of opening: both medians, and below them the share still open."""
    figure = empty_figure()
    _add_hours(figure, by_opened, "median_hours", "conventional median", ORANGE, "dash")
    _add_hours(figure, by_opened, "honest_median_hours", "honest median", BLUE, "solid")
    _add_more_than(figure, by_opened)
    months, shares = by_opened["month"].to_numpy(), by_opened["still_open_share"].to_numpy(dtype=float)
    figure.add_trace(
        go.Bar(
            x=months, y=shares, name="still open", marker={"color": GREY}, yaxis="y2", customdata=_facts(by_opened),
            hovertemplate="still open: <b>%{y:.1%}</b> of %{customdata[0]} tickets<extra></extra>",
        )
    )  # fmt: skip
    _set_hours(figure, by_opened[["median_hours", "honest_median_hours", "more_than_hours"]])
    _name_months(figure, by_opened["month"])
    figure.update_layout(
        height=380,
        yaxis={"domain": [0.38, 1]},
        yaxis2={
            "domain": [0, 0.26],
            "tickformat": _share_format(shares),
            "rangemode": "tozero",
            "nticks": 4,
            "zeroline": False,
        },
        xaxis={"anchor": "y2"},
    )
    return figure


def resolved_figure(by_resolved: pd.DataFrame) -> go.Figure:
    """Mean, median and 90th percentile by month resolved, and the mean in business hours where it is known."""
    figure = empty_figure()
    _add_hours(figure, by_resolved, "p90_hours", "90th percentile", ORANGE, "dash")
    _add_hours(figure, by_resolved, "mean_hours", "mean", BLUE, "solid")
    _add_hours(figure, by_resolved, "median_hours", "median", GREEN, "dashdot")
    if "business_mean_hours" in by_resolved:
        _add_hours(figure, by_resolved, "business_mean_hours", "mean, business hours", GREY, "dot")
    _set_hours(figure, by_resolved[["p90_hours", "mean_hours", "median_hours"]])
    _name_months(figure, by_resolved["month"])
    return figure.update_layout(height=320)


def _add_hours(figure: go.Figure, frame: pd.DataFrame, column: str, name: str, color: str, dash: str) -> None:
    values = frame[column].to_numpy(dtype=float)
    marker = {"size": 7 if len(frame) <= _MOST_MARKED else 3, "color": color}
    figure.add_trace(
        go.Scatter(
            x=frame["month"].to_numpy(), y=values, name=name, mode="lines+markers", connectgaps=False, marker=marker,
            cliponaxis=False,
            line={"color": color, "width": 2, "dash": dash}, customdata=[[_text(value)] for value in values],
            hovertemplate=f"{name}: <b>%{{customdata[0]}}</b><extra></extra>",
        )
    )  # fmt: skip


def _share_format(shares: Any) -> str:
    """A decimal where all are small, so that no two ticks read alike."""
    return ".1%" if 0 < pd.Series(shares).max() < _SMALL_SHARE else ".0%"


def _add_more_than(figure: go.Figure, frame: pd.DataFrame) -> None:
    """Months whose honest median is not reached yet: an arrowhead at what it exceeds."""
    open_ended = frame[frame["more_than_hours"].notna()]
    if open_ended.empty:
        return
    values = open_ended["more_than_hours"].to_numpy(dtype=float)
    figure.add_trace(
        go.Scatter(
            x=open_ended["month"].to_numpy(), y=values, name="honest median: more than this", mode="markers",
            marker={"symbol": "triangle-up-open", "size": 11, "color": BLUE, "line": {"width": 2}},
            customdata=[[_text(value)] for value in values],
            hovertemplate="honest median: <b>more than %{customdata[0]}</b><extra></extra>",
        )
    )  # fmt: skip


def _facts(frame: pd.DataFrame) -> list[list[str]]:
    return [[f"{tickets:,}"] for tickets in frame["tickets"]]


def _text(hours: float) -> str:
    return "" if pd.isna(hours) else hours_text(hours)


def _set_hours(figure: go.Figure, values: pd.DataFrame) -> None:
    most: Any = values.astype(float).max().max()
    ticks = hour_ticks(0 if pd.isna(most) else float(most))
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()))


def _name_months(figure: go.Figure, months: pd.Series) -> None:
    every = pd.date_range(months.min(), months.max(), freq="MS")
    ticks = every[:: -(-len(every) // _MOST_TICKS) or 1]
    words = [period_text(month.date(), Grain.MONTH) for month in ticks]
    figure.update_xaxes(tickvals=ticks.to_numpy(), ticktext=words, hoverformat="%b %Y")
