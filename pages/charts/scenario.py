"""What-ifs: the backlog's fan with the present course behind it, and several scenarios beside each other."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.forecast.outlook import Outlook
from pages.charts.days import name_days
from pages.charts.fan import fan_figure
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, PLUM, empty_figure, inert

_HEIGHT = 360
_COLORS = ((BLUE, "solid"), (ORANGE, "dash"), (GREEN, "dashdot"), (PLUM, "longdash"))
_LONGEST = 26
# As long as what lies ahead, which is what is compared.
_KNOWN_WEEKS = 13
# Whiskers stand beside each other after the last day.
_APART = timedelta(days=3)


def scenario_figure(changed: Outlook, present: Outlook | None, mark: date | None) -> go.Figure:
    """The fan as changed; `present` is the course without the changes, None where there are none."""
    figure = fan_figure(changed, _HEIGHT)
    if present is not None:
        _add_ghost(figure, present)
    if mark is not None:
        _mark(figure, mark)
    return figure


def comparison_figure(present: Outlook, named: Sequence[tuple[str, Outlook]], mark: date | None) -> go.Figure:
    """The expected courses and, at their end, the 80 % intervals; names are people's texts."""
    figure = empty_figure()
    known = present.known.tail(_KNOWN_WEEKS)
    figure.add_trace(
        go.Scatter(
            x=known["at"].to_numpy(), y=known["value"].to_numpy(), name="known", mode="lines",
            customdata=known["words"], line={"color": GREY, "width": 2},
            hovertemplate="<b>%{y:,.0f}</b> %{customdata}<extra></extra>",
        )
    )  # fmt: skip
    courses = [("present course", present, GREY, "dot")]
    for (name, shown), (color, dash) in zip(named, _COLORS, strict=False):
        courses.append((_short(name), shown, color, dash))
    for place, (name, shown, color, dash) in enumerate(courses):
        _add_course(figure, name, shown, color, dash)
        _add_whisker(figure, name, shown, color, place + 1)
    if mark is not None:
        _mark(figure, mark)
    figure.update_layout(height=_HEIGHT, hovermode="closest", margin={"l": 8, "r": 8, "t": 36, "b": 8})
    figure.update_yaxes(tickformat=",d", nticks=6)
    days = pd.concat([known["at"], present.ahead["at"]], ignore_index=True)
    last = pd.Series([days.iloc[-1] + _APART * (len(courses) + 1)])
    name_days(figure, pd.concat([days, last], ignore_index=True))
    return figure


def _add_ghost(figure: go.Figure, present: Outlook) -> None:
    fan = present.fan
    for name, width in (("lo80", 1), ("hi80", 1), ("mean", 2)):
        figure.add_trace(
            go.Scatter(
                x=fan["at"].to_numpy(), y=fan[name].to_numpy(), name="present course", showlegend=name == "mean",
                mode="lines", line={"color": GREY, "width": width, "dash": "dot"}, hoverinfo="skip",
            )
        )  # fmt: skip


def _add_course(figure: go.Figure, name: str, shown: Outlook, color: str, dash: str) -> None:
    fan = shown.fan
    figure.add_trace(
        go.Scatter(
            x=fan["at"].to_numpy(), y=fan["mean"].to_numpy(), name=name, mode="lines", customdata=fan["words"],
            line={"color": color, "width": 2, "dash": dash}, text=[name] * len(fan),
            hovertemplate="%{text}: <b>%{y:,.0f}</b> expected %{customdata}<extra></extra>",
        )
    )  # fmt: skip


def _add_whisker(figure: go.Figure, name: str, shown: Outlook, color: str, place: int) -> None:
    end = shown.ahead.iloc[-1]
    if not np.isfinite(end["lo80"]):
        return
    at = end["at"] + _APART * place
    said = f"{name}, {end['words']}: 80 % between {end['lo80']:,.0f} and {end['hi80']:,.0f}"
    figure.add_trace(
        go.Scatter(
            x=[at] * 3, y=[end["lo80"], end["mean"], end["hi80"]], mode="lines+markers", showlegend=False,
            line={"color": color, "width": 2}, text=[said] * 3, hovertemplate="%{text}<extra></extra>",
            marker={"color": color, "size": [9, 7, 9], "symbol": ["line-ew-open", "circle", "line-ew-open"],
                    "line": {"width": 2, "color": color}},
        )
    )  # fmt: skip


def _mark(figure: go.Figure, mark: date) -> None:
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=str(mark), x1=str(mark), yref="y domain", y0=0, y1=1, line=line)
    figure.add_annotation(
        text="30 days", x=str(mark), xanchor="left", yref="y domain", y=1, yanchor="top", yshift=-16,
        showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip


def _short(name: str) -> str:
    return inert(name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…")
