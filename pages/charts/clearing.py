"""The backlog's fan with the target and the day asked for, and the chance of being at or under the target by week."""

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from analytics.forecast.clearing_course import ClearingCourse
from analytics.formatting import count_text, day_text
from pages.charts.days import name_days
from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure

_LEVELS = (95, 80, 50)
# They lie on each other, so that the middle is the darkest.
_SHADES = {95: "rgba(0, 114, 178, 0.16)", 80: "rgba(0, 114, 178, 0.20)", 50: "rgba(0, 114, 178, 0.30)"}
_NO_LINE = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
_FAN_HEIGHT, _CHANCE_HEIGHT = 340, 200


def clearing_fan_figure(course: ClearingCourse, ghost: ClearingCourse | None = None) -> go.Figure:
    """The fan; `ghost` is the unchanged course behind a changed one."""
    figure = empty_figure()
    if ghost is not None:
        _add_ghost(figure, ghost)
    for level in _LEVELS:
        _add_band(figure, course.ahead, level)
    _add_expected(figure, course.ahead)
    _add_known(figure, course.known)
    if course.target_in_sight:
        _add_target(figure, course)
    _mark_day(figure, course.by, day_text(course.by))
    figure.update_layout(
        height=_FAN_HEIGHT, hovermode="x", margin={"l": 8, "r": 8, "t": 36, "b": 8}, legend={"traceorder": "normal"}
    )
    figure.update_yaxes(tickformat=",d", nticks=6, rangemode="tozero" if course.from_nought else "normal")
    _name_days(figure, course)
    return figure


def clearing_chance_figure(course: ClearingCourse) -> go.Figure:
    """The chance at the end of each week, and of having come down to the target by then."""
    figure = empty_figure()
    _add_chance(figure, course.chances, "reached", "has come down to it by then", GREEN, "dash")
    _add_chance(figure, course.chances, "probability", "at or under it then", BLUE, "solid")
    _mark_day(figure, course.by, "")
    figure.update_layout(
        height=_CHANCE_HEIGHT, hovermode="x", margin={"l": 8, "r": 8, "t": 36, "b": 8}, legend={"traceorder": "normal"}
    )
    figure.update_yaxes(tickformat=".0%", range=[-0.02, 1.02], nticks=5)
    _name_days(figure, course)
    return figure


def _add_band(figure: go.Figure, ahead: pd.DataFrame, level: int) -> None:
    at = ahead["at"].to_numpy()
    figure.add_trace(go.Scatter(x=at, y=ahead[f"lo{level}"].to_numpy(), showlegend=False, **_NO_LINE))
    figure.add_trace(
        go.Scatter(
            x=at, y=ahead[f"hi{level}"].to_numpy(), name=f"{level} % interval", fill="tonexty",
            fillcolor=_SHADES[level], **_NO_LINE,
        )
    )  # fmt: skip


def _add_known(figure: go.Figure, known: pd.DataFrame) -> None:
    figure.add_trace(
        go.Scatter(
            x=known["at"].to_numpy(), y=known["open"].to_numpy(), name="known", mode="lines",
            line={"color": BLUE, "width": 2}, hovertemplate="<b>%{y:,.0f}</b> open on %{x|%-d %b %Y}<extra></extra>",
        )
    )  # fmt: skip


def _add_target(figure: go.Figure, course: ClearingCourse) -> None:
    ends = [course.known["at"].iloc[0], course.ahead["at"].iloc[-1]]
    figure.add_trace(
        go.Scatter(
            x=ends, y=[course.target] * 2, name=f"at most {count_text(course.target)}", mode="lines",
            line={"color": ORANGE, "width": 2, "dash": "dash"}, hoverinfo="skip",
        )
    )  # fmt: skip


def _add_expected(figure: go.Figure, ahead: pd.DataFrame) -> None:
    later = ahead.iloc[1:]
    said = [
        f"<b>{row['mean']:,.0f}</b> expected on {day_text(row['at'])}<br>"
        + "<br>".join(f"{level} %: {row[f'lo{level}']:,.0f} to {row[f'hi{level}']:,.0f}" for level in (50, 80, 95))
        for row in later.to_dict("records")
    ]
    figure.add_trace(
        go.Scatter(
            x=ahead["at"].to_numpy(), y=ahead["mean"].to_numpy(), name="expected", mode="lines",
            line={"color": BLUE, "width": 2, "dash": "dash"}, customdata=["", *said],
            hovertemplate=["", *["%{customdata}<extra></extra>"] * len(said)],
            hoverinfo=["skip", *["text"] * len(said)],
        )
    )  # fmt: skip


def _add_ghost(figure: go.Figure, ghost: ClearingCourse) -> None:
    at = ghost.ahead["at"].to_numpy()
    for name, width in (("lo80", 1), ("hi80", 1), ("mean", 2)):
        figure.add_trace(
            go.Scatter(
                x=at, y=ghost.ahead[name].to_numpy(), name="on the present course", showlegend=name == "mean",
                mode="lines", line={"color": GREY, "width": width, "dash": "dot"}, hoverinfo="skip",
            )
        )  # fmt: skip


def _add_chance(figure: go.Figure, chances: pd.DataFrame, column: str, name: str, color: str, dash: str) -> None:
    figure.add_trace(
        go.Scatter(
            x=chances["at"].to_numpy(), y=chances[column].to_numpy(), name=name, mode="lines",
            line={"color": color, "width": 2, "dash": dash},
            hovertemplate=f"<b>%{{y:.0%}}</b> {name} (%{{x|%-d %b %Y}})<extra></extra>",
        )
    )  # fmt: skip


def _mark_day(figure: go.Figure, day: date, text: str) -> None:
    line = {"color": GREY, "width": 1.5, "dash": "dot"}
    figure.add_shape(type="line", x0=str(day), x1=str(day), yref="y domain", y0=0, y1=1, line=line)
    if text:
        figure.add_annotation(
            text=text, x=str(day), xanchor="right", yref="y domain", y=1, yanchor="top", showarrow=False,
            font={"size": 12, "color": GREY},
        )  # fmt: skip


def _name_days(figure: go.Figure, course: ClearingCourse) -> None:
    """Both pictures have the same days, so that they can be read below each other."""
    name_days(figure, pd.concat([course.known["at"], course.ahead["at"]], ignore_index=True))
