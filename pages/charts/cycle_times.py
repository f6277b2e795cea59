"""Cycle times: a dot a ticket by the day it ended, and the lines within which 50, 85 and 95 % were resolved."""

import plotly.graph_objects as go

from analytics.flow.cycle_times import CycleTimes
from analytics.formatting import hours_text
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure, inert

_LINES = ((0.5, GREEN, "solid"), (0.85, BLUE, "dash"), (0.95, ORANGE, "dashdot"))
_ROUND = {
    1 / 60: "1 min",
    1 / 6: "10 min",
    1: "1 h",
    6: "6 h",
    24: "1 d",
    168: "7 d",
    720: "30 d",
    4_320: "180 d",
    17_520: "2 y",
}
_SHORTEST = 1 / 60


def cycle_times_figure(shown: CycleTimes, logarithmic: bool) -> go.Figure:
    """The scatter; on a logarithmic axis whatever took less than a minute stands at a minute."""
    points, figure = shown.points, empty_figure()
    hours = points["hours"].clip(lower=_SHORTEST) if logarithmic else points["hours"]
    facts = [
        [inert(str(name)), hours_text(each)] for name, each in zip(points["ticket_id"], points["hours"], strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=points["ended_on"].to_numpy(), y=hours.to_numpy(), mode="markers", customdata=facts, name="tickets",
            marker={"size": 5, "color": GREY, "opacity": 0.55}, showlegend=False,
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b>, %{x|%-d %b %Y}<extra></extra>",
        )
    )  # fmt: skip
    for share, color, dash in _LINES if len(points) else ():
        _add_line(figure, shown, share, color, dash)
    figure.update_layout(hovermode="closest", height=360, margin={"t": 28})
    figure.update_xaxes(tickformat="%-d %b\n%Y")
    ticks = _ROUND if logarithmic else hour_ticks(float(points["hours"].max()) if len(points) else 1)
    figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()), type="log" if logarithmic else "linear")
    return figure


def _add_line(figure: go.Figure, shown: CycleTimes, share: float, color: str, dash: str) -> None:
    hours = dict(shown.lines).get(share)
    if hours is None:
        return
    ends = [shown.points["ended_on"].min(), shown.points["ended_on"].max()]
    figure.add_trace(
        go.Scatter(
            x=ends, y=[hours, hours], mode="lines", line={"color": color, "width": 2, "dash": dash},
            name=f"{share:.0%} within {hours_text(hours)}".replace("%", " %"), hoverinfo="skip",
        )
    )  # fmt: skip
