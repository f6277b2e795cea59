"""A KPI's course over time as traces of one panel: solid where it is a fact, dotted and hollow where unfinished."""

from typing import Any

import plotly.graph_objects as go

from analytics.kpi import Unit
from analytics.period import Grain
from analytics.ticks import hour_ticks
from analytics.trend import Trend
from pages.charts.theme import GREY, nth

_MOST_NAMED_DAYS = 46
_MOST_BARS = 26
_FEW = 4
# A click opens tickets; it must not make everything else fade.
_STEADY = {"marker": {"opacity": 0.9}}
# Lines need no zero; half to all is where ratios of a desk live, and lower ones stretch the axis.
_WHOLE_RATIO = {
    "tickformat": ".0%",
    "rangemode": "normal",
    "autorangeoptions": {"include": [0.5, 1.0], "clipmax": 1.02},
}


def add_line(figure: go.Figure, panel: int, course: Trend, name: str, color: str, dash: str = "solid") -> None:
    """The course as a line; what rests on too few tickets leaves a gap."""
    frame, unfinished = course.frame, course.frame["unfinished"]
    done = frame[~unfinished]
    marker = {"size": 5 if len(frame) <= _MOST_BARS else 3, "color": color}
    line = {"color": color, "width": 2, "dash": dash}
    figure.add_trace(_line(panel, done, course, name, mode="lines+markers", line=line, marker=marker))
    if unfinished.any():
        tail = frame[unfinished | unfinished.shift(-1, fill_value=False)]
        open_end = {"size": [0] * (len(tail) - 1) + [7], "color": color, "symbol": "circle-open"}
        dotted = {"color": color, "width": 1.5, "dash": "dot"}
        figure.add_trace(
            _line(panel, tail, course, f"{name}, unfinished", mode="lines+markers", line=dotted, marker=open_end)
            .update(showlegend=False, opacity=0.75)
        )  # fmt: skip


def add_counts(figure: go.Figure, panel: int, course: Trend, name: str, color: str) -> None:
    """A count per period as bars, an unfinished one paler; as a line where bars would be too thin to be told apart."""
    frame = course.frame
    if len(frame) > _MOST_BARS:
        add_line(figure, panel, course, name, color)
        return
    opacity = [0.4 if unfinished else 0.9 for unfinished in frame["unfinished"]]
    figure.add_trace(
        go.Bar(
            x=frame["period"].to_numpy(), y=frame["value"].to_numpy(), name=name,
            marker={"color": color, "opacity": opacity}, unselected=_STEADY,
            customdata=_facts(frame, course), hovertemplate=_hover(name), **_place(panel),
        )
    )  # fmt: skip


def add_target(figure: go.Figure, panel: int, target: float | None, text: str) -> None:
    """A dashed line with its value in words."""
    if target is None:
        return
    x, y = nth("x", panel), nth("y", panel)
    figure.add_shape(
        type="line", xref=f"{x} domain", yref=y, x0=0, x1=1, y0=target, y1=target,
        line={"color": GREY, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        text=text, xref=f"{x} domain", yref=y, x=0, y=target, xanchor="left", yanchor="bottom", showarrow=False,
        font={"size": 11, "color": GREY},
    )  # fmt: skip


def set_axis(figure: go.Figure, panel: int, course: Trend, target: float | None = None) -> None:
    """Ticks in the unit of the panel's highest course, dates as exact as its grain."""
    figure.update_layout({nth("xaxis", panel): _dates(course), nth("yaxis", panel): _values(course, target)})


def _dates(course: Trend) -> dict[str, Any]:
    days = course.grain in (Grain.DAY, Grain.WEEK) and len(course.frame) <= _MOST_NAMED_DAYS
    form = "%-d %b" if days else "%b %Y"
    if len(course.frame) <= _FEW:
        return {"tickformat": form, "tickvals": list(course.frame["period"])}
    return {"tickformat": form, "nticks": 5}


def _values(course: Trend, target: float | None) -> dict[str, Any]:
    most = max(course.most, target or 0)
    match course.result.kpi.unit:
        case Unit.HOURS:
            ticks = hour_ticks(most)
            return {"tickvals": list(ticks), "ticktext": list(ticks.values())}
        case Unit.RATIO:
            return _WHOLE_RATIO
        case Unit.TICKETS:
            return {"tickformat": ",d"} | ({"dtick": 1} if most <= _FEW else {})


def _line(panel: int, frame: Any, course: Trend, name: str, **style: Any) -> go.Scatter:
    return go.Scatter(
        x=frame["period"].to_numpy(), y=frame["value"].to_numpy(), name=name, connectgaps=False, unselected=_STEADY,
        customdata=_facts(frame, course), hovertemplate=_hover(name), **_place(panel), **style,
    )  # fmt: skip


def _facts(frame: Any, course: Trend) -> list[list[str]]:
    """What a hover says and a click needs."""
    counts = [f"{count:,} tickets" for count in frame["tickets"]]
    notes = [
        f"{count}, unfinished" if open_ else count for count, open_ in zip(counts, frame["unfinished"], strict=True)
    ]
    starts = [day.date().isoformat() for day in frame["period"]]
    ends = [day.isoformat() for day in frame["last"]]
    kpi = [course.result.kpi.name] * len(notes)
    return [list(row) for row in zip(frame["shown"], frame["label"], notes, kpi, starts, ends, strict=True)]


def _hover(name: str) -> str:
    return f"{name}: <b>%{{customdata[0]}}</b><br>%{{customdata[1]}}<br>%{{customdata[2]}}<extra></extra>"


def _place(panel: int) -> dict[str, str]:
    return {"xaxis": nth("x", panel), "yaxis": nth("y", panel), "legend": nth("legend", panel)}
