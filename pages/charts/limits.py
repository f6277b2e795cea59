"""Weekly values between their process-behaviour limits: what is normal as a band, and each signal as a mark."""

import numpy as np
import plotly.graph_objects as go

from analytics.formatting import day_text
from analytics.kpi import Unit
from analytics.limits import Array
from analytics.signals import Signal
from analytics.ticks import hour_ticks, signed_ticks
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_BAND = "rgba(127, 134, 143, 0.18)"
_BASELINE = "rgba(0, 114, 178, 0.06)"
_COLORS = {True: GREEN, False: ORANGE, None: ORANGE}
_NONE = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}


def limits_figure(signal: Signal, height: int = 320) -> go.Figure:
    """The weeks of one KPI; the shaded weeks are the baseline."""
    figure, found = empty_figure(), signal.limits
    told = np.isfinite(found.centre)  # a filled area would bridge a gap
    weeks = found.weeks[told].astype("datetime64[ns]")
    _shade_baseline(figure, signal)
    figure.add_trace(go.Scatter(x=weeks, y=found.lower[told], **_NONE))
    band = _NONE | {"showlegend": True}
    figure.add_trace(go.Scatter(x=weeks, y=found.upper[told], fill="tonexty", fillcolor=_BAND, name="normal", **band))
    line = {"color": GREY, "width": 1, "dash": "dash"}
    figure.add_trace(go.Scatter(x=weeks, y=found.centre[told], mode="lines", line=line, name="mean", hoverinfo="skip"))
    _add_left_out(figure, signal)
    _add_values(figure, signal)
    figure.update_layout(height=height, hovermode="closest", margin={"t": 28})
    _set_values(figure, signal)
    return figure


def _add_values(figure: go.Figure, signal: Signal) -> None:
    found = signal.limits
    marked = found.signals != 0
    figure.add_trace(
        go.Scatter(
            x=found.weeks.astype("datetime64[ns]"), y=found.values, name=signal.title, mode="lines+markers",
            connectgaps=False, line={"color": BLUE, "width": 1.5}, customdata=_facts(signal, found.values),
            marker={
                "size": np.where(marked, 9, 4).tolist(),
                "symbol": np.where(marked, "diamond", "circle").tolist(),
                "color": [_color(signal, int(side)) for side in found.signals],
            },
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip


def _add_left_out(figure: go.Figure, signal: Signal) -> None:
    """The weeks at the edge of the export, in grey."""
    if not np.isfinite(signal.left_out).any():
        return
    figure.add_trace(
        go.Scatter(
            x=signal.limits.weeks.astype("datetime64[ns]"), y=signal.left_out, name="left out", mode="lines+markers",
            connectgaps=False, line={"color": GREY, "width": 1, "dash": "dot"}, marker={"color": GREY, "size": 3},
            customdata=_facts(signal, signal.left_out),
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}, left out<extra></extra>",
        )
    )  # fmt: skip


def _color(signal: Signal, side: int) -> str:
    return _COLORS[signal.is_better(side)] if side else BLUE


def _facts(signal: Signal, values: Array) -> list[list[str]]:
    """What a hover says: the value and the week in words."""
    weeks = [week.item() for week in signal.limits.weeks]
    named = [f"week {week.isocalendar().week} ({day_text(week)})" for week in weeks]
    return [list(pair) for pair in zip([signal.text(float(v)) for v in values], named, strict=True)]


def _shade_baseline(figure: go.Figure, signal: Signal) -> None:
    weeks = signal.limits.weeks[signal.limits.baseline]
    if len(weeks) and not signal.limits.reason:
        figure.add_vrect(
            x0=str(weeks[0]), x1=str(weeks[-1]), fillcolor=_BASELINE, line_width=0, layer="below",
            annotation={"text": "baseline", "font": {"size": 11, "color": GREY}}, annotation_position="top left",
        )  # fmt: skip


def _set_values(figure: go.Figure, signal: Signal) -> None:
    """Ticks in the unit of the KPI."""
    found = signal.limits
    known = np.concatenate([found.values, found.upper, signal.left_out])
    known = known[np.isfinite(known)]
    match signal.kpi.unit:
        case Unit.HOURS if len(known):
            ticks = hour_ticks(float(known.max()))
            figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()))
        case Unit.RATIO:
            figure.update_yaxes(tickformat=".0%", rangemode="normal")
        case Unit.TICKETS:
            if signal.kpi.is_stock and len(known):
                ticks = signed_ticks(float(known.min()), float(known.max()))
                figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), rangemode="normal")
            else:
                figure.update_yaxes(tickformat=",d")
