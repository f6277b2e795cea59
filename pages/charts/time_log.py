"""The logged weeks as bars of shares in three classes, over the bar that they are held against."""

from collections.abc import Mapping

import plotly.graph_objects as go

from analytics.diagnostic.known import TimeClass
from analytics.diagnostic.time_shares import CLASSES, TimeShares
from analytics.formatting import day_text
from pages.charts.theme import BLUE, GREEN, GREY, SAND, empty_figure

_COLOURS = {"operational": SAND, "tactical": BLUE, "strategic": GREEN}
_ROW, _REST = 34, 84
_AIM = "wanted"
_TICKS = (0, 0.25, 0.5, 0.75, 1)


def time_log_figure(found: TimeShares, aims: Mapping[TimeClass, float]) -> go.Figure:
    """A bar a week, the newest at the top, and below them the aim; `aims` has a share for each class."""
    shares, hours = found.by_week, found.frame
    names = [_AIM, *(day_text(week) for week in shares["week"])]
    figure = empty_figure()
    for work in CLASSES:
        facts = [f"wanted: {_percent(aims[work])} {work}"] + [
            f"week of {day_text(row['week'])}: {row[work]:g} h {work}, {_percent(share)}"
            for row, share in zip(hours.to_dict("records"), shares[work], strict=True)
        ]
        values = [aims[work], *shares[work]]
        figure.add_trace(
            go.Bar(
                x=values, y=names, orientation="h", name=work, customdata=facts,
                marker={"color": _COLOURS[work], "opacity": [0.75, *([0.95] * found.weeks)]},
                text=[_percent(value) for value in values], textposition="inside", insidetextanchor="middle",
                textangle=0, textfont={"color": "#FFFFFF"}, hovertemplate="%{customdata}<extra></extra>",
            )
        )  # fmt: skip
    _add_limits(figure, aims)
    figure.update_layout(barmode="stack", height=_REST + _ROW * len(names), hovermode="closest", bargap=0.2)
    figure.update_layout(legend={"traceorder": "normal"}, margin={"l": 8, "r": 24, "t": 36, "b": 8})
    figure.update_layout(uniformtext={"minsize": 9, "mode": "hide"})
    figure.update_xaxes(range=[0, 1], tickvals=_TICKS, ticktext=[_percent(share) for share in _TICKS])
    figure.update_yaxes(type="category", rangemode="normal")
    return figure


def _add_limits(figure: go.Figure, aims: Mapping[TimeClass, float]) -> None:
    """Dashed lines where operational and tactical work should end."""
    for place in (aims["operational"], aims["operational"] + aims["tactical"]):
        figure.add_vline(place, line={"color": GREY, "width": 1.5, "dash": "dash"}, layer="below")


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
