"""The cumulative flow as stacked bands, and the net flow per week as bars."""

import plotly.graph_objects as go

from analytics.flow.cumulative_flow import CumulativeFlow
from analytics.formatting import day_text, signed_text
from pages.charts.days import name_days, name_weeks
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, SAND, SKY, empty_figure

BAND_WORDS = {
    "new": "new",
    "in_progress": "in progress",
    "pending": "pending",
    "resolved_still_counted": "resolved for now",
    "status_unknown": "status not known",
    "backlog": "open",
    "ended_since": "ended",
}
_LINES = {
    "new": ORANGE,
    "in_progress": BLUE,
    "pending": GREEN,
    "resolved_still_counted": SKY,
    "status_unknown": SAND,
    "backlog": ORANGE,
    "ended_since": GREY,
}
_HEIGHT, _OPEN_HEIGHT, _NET_HEIGHT = 320, 280, 240


def flow_bands(found: CumulativeFlow, with_ended: bool) -> go.Figure:
    """Bands of open tickets over those that ended since the window began, or of the open ones alone."""
    figure, frame = empty_figure(), found.frame
    bands = [*(["ended_since"] if with_ended else []), *reversed(found.bands or ("backlog",))]
    for band in bands:
        figure.add_trace(
            go.Scatter(
                x=frame["day"].to_numpy(), y=frame[band].to_numpy(), name=BAND_WORDS[band], stackgroup="flow",
                mode="lines", line={"width": 0.8, "color": _LINES[band]}, fillcolor=_fill(_LINES[band]),
                hovertemplate=f"{BAND_WORDS[band]}: <b>%{{y:,}}</b><extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(height=_HEIGHT if with_ended else _OPEN_HEIGHT, legend={"traceorder": "reversed"})
    figure.update_yaxes(tickformat=",d")
    figure.update_layout(margin={"t": 28})
    name_days(figure, frame["day"])
    return figure


def net_flow_bars(found: CumulativeFlow) -> go.Figure:
    """Opened less ended by week; a week that is cut or not over is paler. `customdata` is its first day."""
    weeks, figure = found.weeks, empty_figure()
    names = [
        f"week of {day_text(week)}{', cut or not over' if partial else ''}"
        for week, partial in zip(weeks["week"], weeks["partial"], strict=True)
    ]
    facts = [
        f"{name}<br><b>{signed_text(net)}</b>: {opened:,} opened, {ended:,} ended"
        for name, net, opened, ended in zip(names, weeks["net"], weeks["opened"], weeks["ended"], strict=True)
    ]
    figure.add_trace(
        go.Bar(
            x=weeks["week"].to_numpy(), y=weeks["net"].to_numpy(), hovertext=facts,
            hovertemplate="%{hovertext}<extra></extra>", customdata=[[f"{week:%Y-%m-%d}"] for week in weeks["week"]],
            marker={
                "color": [ORANGE if net > 0 else BLUE for net in weeks["net"]],
                "opacity": [0.35 if partial else 0.9 for partial in weeks["partial"]],
            },
        )
    )  # fmt: skip
    figure.update_layout(height=_NET_HEIGHT, hovermode="closest", showlegend=False, margin={"t": 8})
    figure.update_yaxes(tickformat=",d", rangemode="normal", zeroline=True, zerolinewidth=1, zerolinecolor=GREY)
    name_weeks(figure, weeks["week"])
    return figure


def _fill(color: str) -> str:
    """The colour, a little transparent."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.7)"
