"""A KPI's course over time as Plotly traces: solid where it is a fact, dotted and hollow where unfinished."""

from typing import Any

import plotly.graph_objects as go

from analytics.kpi import Unit
from analytics.ticks import hour_ticks
from analytics.trend import Trend
from pages.charts.theme import GREY

_MOST_MARKED = 60
_MOST_TICKS = 8
# Half to all is where ratios of a desk live, and lower ones stretch the axis.
_WHOLE_RATIO = {
    "tickformat": ".0%",
    "rangemode": "normal",
    "autorangeoptions": {"include": [0.5, 1.0], "clipmax": 1.02},
}


def add_line(figure: go.Figure, course: Trend, name: str, color: str, dash: str = "solid") -> None:
    """The course as a line; what rests on too few tickets leaves a gap."""
    frame, unfinished = course.frame, course.frame["unfinished"]
    marker = {"size": 7 if len(frame) <= _MOST_MARKED else 3, "color": color}
    line = {"color": color, "width": 2, "dash": dash}
    figure.add_trace(_line(frame[~unfinished], name, mode="lines+markers", line=line, marker=marker))
    if unfinished.any():
        tail = frame[unfinished | unfinished.shift(-1, fill_value=False)]
        open_end = {"size": [0] * (len(tail) - 1) + [9], "color": color, "symbol": "circle-open"}
        dotted = {"color": color, "width": 1.5, "dash": "dot"}
        tail_line = _line(tail, f"{name}, unfinished", mode="lines+markers", line=dotted, marker=open_end)
        figure.add_trace(tail_line.update(showlegend=False))


def add_bars(figure: go.Figure, course: Trend, name: str, color: str) -> None:
    """A count per period as bars, an unfinished one paler."""
    frame = course.frame
    opacity = [0.4 if unfinished else 0.9 for unfinished in frame["unfinished"]]
    figure.add_trace(
        go.Bar(
            x=frame["period"].to_numpy(), y=frame["value"].to_numpy(), name=name,
            marker={"color": color, "opacity": opacity}, customdata=_facts(frame), hovertemplate=_hover(name),
        )
    )  # fmt: skip


def add_target(figure: go.Figure, target: float | None, text: str) -> None:
    """A dashed line with its value in words."""
    if target is None:
        return
    line = {"color": GREY, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=target, y1=target, line=line)
    figure.add_annotation(
        text=f"target {text}", xref="x domain", x=0, y=target, xanchor="left", yanchor="bottom", showarrow=False,
        font={"size": 12, "color": GREY},
    )  # fmt: skip


def name_periods(figure: go.Figure, course: Trend) -> None:
    """Ticks on the periods themselves: Plotly's own weeks begin on Sunday, a day beside the points."""
    frame = course.frame.iloc[:: max(1, len(course.frame) // _MOST_TICKS)]
    figure.update_xaxes(tickvals=frame["period"].to_numpy(), ticktext=frame["tick"].tolist())


def set_values(figure: go.Figure, course: Trend, target: float | None = None) -> None:
    """Ticks in the unit of the highest course."""
    match course.result.kpi.unit:
        case Unit.HOURS:
            ticks = hour_ticks(max(course.most, target or 0))
            figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()))
        case Unit.RATIO:
            figure.update_yaxes(_WHOLE_RATIO)
        case Unit.TICKETS:
            figure.update_yaxes(tickformat=",d")


def _line(frame: Any, name: str, **style: Any) -> go.Scatter:
    return go.Scatter(
        x=frame["period"].to_numpy(), y=frame["value"].to_numpy(), name=name, connectgaps=False,
        customdata=_facts(frame), hovertemplate=_hover(name), **style,
    )  # fmt: skip


def _facts(frame: Any) -> list[list[str]]:
    """What a hover says: the value and the number of tickets in words."""
    counts = [f"{count:,} tickets" for count in frame["tickets"]]
    return [list(row) for row in zip(frame["shown"], counts, frame["label"], strict=True)]


def _hover(name: str) -> str:
    return f"{name}: <b>%{{customdata[0]}}</b> (%{{customdata[1]}}, %{{customdata[2]}})<extra></extra>"
