"""A series and its fan: what is known as a line, what is expected with named bands, what came where it did."""

from datetime import date

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.forecast.expectation import INFLOW
from analytics.forecast.outlook import Outlook
from analytics.forecast.second_opinion import SecondOpinion
from pages.charts.days import name_days
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_LEVELS = (95, 80, 50)
# They lie on each other, so that the middle is the darkest.
_SHADES = {95: 0.22, 80: 0.25, 50: 0.35}
_BLUE, _ORANGE = "rgba(0, 114, 178, {})", "rgba(213, 94, 0, {})"
_WIDTHS = {50: "50 % interval", 80: "80 % interval", 95: "95 % interval"}
_SEAM = "rgba(255, 255, 255, 0.55)"
_MOST_MARKED = 120
_NO_LINE = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}


def fan_figure(shown: Outlook, height: int, legend: bool = True, other: SecondOpinion | None = None) -> go.Figure:
    """The figure; without a fan the known part alone. `other` is drawn over it."""
    figure = empty_figure()
    color = ORANGE if shown.series == INFLOW else BLUE
    _add_shades(figure, shown)
    _add_bands(figure, shown)
    _add_mean(figure, shown, color)
    _add_line(figure, shown.known, "known", color, "solid")
    _add_line(figure, shown.came, "what came", GREEN, "solid")
    _add_clean_ups(figure, shown)
    if other is not None:
        _add_other(figure, shown, other)
    if len(shown.ahead):
        _mark_day(figure, shown.begins, shown.begins_words, "right")
    if shown.tested_until:
        _mark_day(figure, shown.tested_until, "untested", "left")
    figure.update_layout(
        height=height, hovermode="x", showlegend=legend, margin={"l": 8, "r": 8, "t": 36 if legend else 16, "b": 8},
        legend={"traceorder": "normal"},
    )  # fmt: skip
    figure.update_yaxes(tickformat=",d", nticks=6, range=None if shown.ceiling is None else [0, shown.ceiling])
    if shown.is_high:
        _begin_high(figure, shown)
    name_days(figure, pd.concat([shown.known["at"], shown.ahead["at"]], ignore_index=True))
    # The words name the period; the axis would add the moment at which the value stands.
    figure.update_xaxes(hoverformat=" ")
    return figure


def _add_bands(figure: go.Figure, shown: Outlook) -> None:
    fan = shown.fan
    if fan.empty or not np.isfinite(fan["lo80"]).all():
        return
    fill, left = _ORANGE if shown.series == INFLOW else _BLUE, 1.0
    for level in _LEVELS:
        at = fan["at"].to_numpy()
        color = fill.format(_SHADES[level])
        left *= 1 - _SHADES[level]
        _add_key(figure, _WIDTHS[level], fill.format(round(1 - left, 3)))
        figure.add_trace(go.Scatter(x=at, y=fan[f"lo{level}"].to_numpy(), showlegend=False, **_NO_LINE))
        figure.add_trace(
            go.Scatter(
                x=at,
                y=fan[f"hi{level}"].to_numpy(),
                name=_WIDTHS[level],
                fill="tonexty",
                fillcolor=color,
                legendgroup=_WIDTHS[level],
                showlegend=False,
                **_NO_LINE,
            )
        )


def _add_key(figure: go.Figure, name: str, color: str) -> None:
    """The legend's patch as the band looks over the wider ones below it: one trace cannot be both."""
    key = go.Scatter(x=[None], y=[None], name=name, legendgroup=name, fill="toself", fillcolor=color, **_NO_LINE)
    figure.add_trace(key)


def _add_mean(figure: go.Figure, shown: Outlook, color: str) -> None:
    fan, skipped = shown.fan, len(shown.fan) - len(shown.ahead)
    if fan.empty:
        return
    # A light seam, so that the line stands out from its bands on a dark page too.
    seam = {"color": _SEAM, "width": 4.5}
    figure.add_trace(
        go.Scatter(
            x=fan["at"].to_numpy(), y=fan["mean"].to_numpy(), mode="lines", line=seam, hoverinfo="skip",
            showlegend=False,
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=fan["at"].to_numpy(), y=fan["mean"].to_numpy(), name="expected", mode="lines",
            line={"color": color, "width": 2, "dash": "dash"},
            hovertemplate=[""] * skipped + ["%{customdata}<extra></extra>"] * len(shown.ahead),
            hoverinfo=["skip"] * skipped + ["text"] * len(shown.ahead),
            customdata=[""] * skipped + [_said(row) for row in shown.ahead.to_dict("records")],
        )
    )  # fmt: skip


def _said(row: dict[str, float | str]) -> str:
    """All numbers of a point."""
    lines = [f"<b>{row['mean']:,.0f}</b> expected {row['words']}"]
    if np.isfinite(row["lo80"]):
        lines += [f"{level} %: {row[f'lo{level}']:,.0f} to {row[f'hi{level}']:,.0f}" for level in reversed(_LEVELS)]
    return "<br>".join(lines)


def _add_line(figure: go.Figure, rows: pd.DataFrame, name: str, color: str, dash: str) -> None:
    if rows.empty:
        return
    figure.add_trace(
        go.Scatter(
            x=rows["at"].to_numpy(), y=rows["value"].to_numpy(), name=name, customdata=rows["words"].to_list(),
            mode="lines+markers" if len(rows) <= _MOST_MARKED else "lines",
            line={"color": color, "width": 2, "dash": dash}, marker={"size": 4, "color": color},
            hovertemplate=f"<b>%{{y:,.0f}}</b> {name} %{{customdata}}<extra></extra>",
        )
    )  # fmt: skip


def _add_clean_ups(figure: go.Figure, shown: Outlook) -> None:
    rows = shown.known[shown.known["clean_up"]]
    if rows.empty or shown.series == INFLOW:
        return
    figure.add_trace(
        go.Scatter(
            x=rows["at"].to_numpy(), y=rows["value"].to_numpy(), name="clean-up", mode="markers",
            marker={"color": ORANGE, "size": 10, "symbol": "triangle-down"},
            hovertemplate="holds a clean-up: no pace is learned from it<extra></extra>",
        )
    )  # fmt: skip


def _add_other(figure: go.Figure, shown: Outlook, other: SecondOpinion) -> None:
    at = shown.ahead["at"].to_numpy()
    for values, name, width in ((other.lo80, "", 1), (other.hi80, "its 80 %", 1), (other.mean, "second opinion", 2)):
        figure.add_trace(
            go.Scatter(
                x=at, y=values, name=name, mode="lines", showlegend=bool(name), hoverinfo="y+name" if name else "skip",
                line={"color": GREEN, "width": width, "dash": "dot" if width == 1 else "solid"}, yhoverformat=",.0f",
            )
        )  # fmt: skip


def _add_shades(figure: go.Figure, shown: Outlook) -> None:
    """What is not sound is shaded, as far as it is in the picture."""
    if shown.known.empty:
        return
    first = shown.known["at"].iloc[0].date()
    last = pd.concat([shown.known["at"], shown.ahead["at"]]).iloc[-1].date()
    for row, shade in enumerate(shown.shades):
        start, end = max(shade.start, first), min(shade.end, last)
        if start >= end:
            continue
        figure.add_shape(
            type="rect", x0=str(start), x1=str(end), yref="y domain", y0=0, y1=1, fillcolor=GREY, opacity=0.18,
            line_width=0, layer="below",
        )  # fmt: skip
        if (end - start).days * 12 > (last - first).days:
            figure.add_annotation(
                text=shade.kind, x=str(start), xanchor="left", yref="y domain", y=0.02, yshift=16 * (row % 3),
                yanchor="bottom", showarrow=False, font={"size": 12, "color": GREY},
            )  # fmt: skip


def _begin_high(figure: go.Figure, shown: Outlook) -> None:
    """An axis that begins near the lowest value, and says so in the lower corner that the course leaves free."""
    is_rising = shown.ahead["mean"].iloc[-1] > shown.known["value"].iloc[0]
    figure.update_yaxes(rangemode="normal")
    figure.add_annotation(
        text="does not begin at 0", xref="x domain", x=1 if is_rising else 0, xanchor="right" if is_rising else "left",
        yref="y domain", y=0, yanchor="bottom",
        showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip


def _mark_day(figure: go.Figure, day: date, text: str, side: str) -> None:
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=str(day), x1=str(day), yref="y domain", y0=0, y1=1, line=line)
    figure.add_annotation(
        text=text, x=str(day), xanchor=side, xshift=-4 if side == "right" else 4, yref="y domain", y=1, yanchor="top",
        showarrow=False,
        font={"size": 12, "color": GREY},
    )  # fmt: skip
