"""A usual week by weekday and hour as a heat map with the business hours outlined, or as bars by weekday."""

from itertools import pairwise

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.forecast.staffing import Staffing
from analytics.forecast.week_gaps import WEEKDAYS, amount_text
from analytics.formatting import TOO_FEW, signed_text
from pages.charts.theme import (
    BLUE,
    INK_ON_DARK,
    INK_ON_LIGHT,
    NOTHING_ON_DARK,
    NOTHING_ON_LIGHT,
    ORANGE,
    empty_figure,
)

MEASURES = {"arrivals": "Arrivals", "departures": "Departures", "gap": "Gap"}
_NOTHING = {False: NOTHING_ON_LIGHT, True: NOTHING_ON_DARK}
_INK = {False: INK_ON_LIGHT, True: INK_ON_DARK}
_HEIGHT = 340


def week_figure(found: Staffing, measure: str, dark: bool) -> go.Figure:
    """Weekdays by hours, coloured by one of `MEASURES`; a gap of too few tickets has no colour."""
    figure, frame = empty_figure(), found.frame
    shown = frame[measure].mask(frame["too_few"]) if measure == "gap" else frame[measure]
    figure.add_trace(
        go.Heatmap(
            x=np.arange(24) + 0.5, y=list(range(7)), z=shown.to_numpy().reshape(7, 24), xgap=1, ygap=1,
            text=_facts(frame).reshape(7, 24), hovertemplate="%{text}<extra></extra>", hoverongaps=True,
            colorbar={"orientation": "h", "thickness": 8, "y": -0.12, "yanchor": "top", "len": 0.5, "x": 0,
                      "xanchor": "left", "outlinewidth": 0, "nticks": 5,
                      "title": {"text": "tickets in that hour of a week", "side": "bottom", "font": {"size": 12}}},
            **_scale(shown, measure, dark),
        )
    )  # fmt: skip
    for first, last in _runs(found.calendar.days):
        figure.add_shape(
            type="rect", x0=found.calendar.opens / 60, x1=found.calendar.closes / 60, y0=first - 0.5, y1=last + 0.5,
            line={"color": _INK[dark], "width": 2}, fillcolor="rgba(0,0,0,0)",
        )  # fmt: skip
    figure.update_layout(height=_HEIGHT, hovermode="closest", margin={"l": 8, "r": 8, "t": 8, "b": 64})
    figure.update_xaxes(range=[0, 24], tickvals=list(range(0, 25, 3)), fixedrange=True, showgrid=False)
    figure.update_yaxes(
        range=[6.5, -0.5], tickvals=list(range(7)), ticktext=[day[:3] for day in WEEKDAYS], fixedrange=True,
        showgrid=False, rangemode="normal", nticks=0,
    )  # fmt: skip
    return figure


def weekdays_figure(found: Staffing) -> go.Figure:
    """Bars of what comes and leaves by weekday, where the hour is not known."""
    figure, frame = empty_figure(), found.by_weekday
    for name, color in (("arrivals", ORANGE), ("departures", BLUE)):
        figure.add_trace(
            go.Bar(
                x=[day[:3] for day in WEEKDAYS], y=frame[name].to_numpy(), name=name, marker={"color": color},
                customdata=[amount_text(value) for value in frame[name]],
                hovertemplate=f"{name}: <b>%{{customdata}}</b><extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(height=_HEIGHT, margin={"l": 8, "r": 8, "t": 36, "b": 8})
    return figure


def _scale(shown: pd.Series, measure: str, dark: bool) -> dict[str, object]:
    """Colours from nought, or from both sides of it for a gap."""
    most = float(np.nanmax([0.1, *shown.abs()]))
    color = BLUE if measure == "departures" else ORANGE
    both = [[0, BLUE], [0.5, _NOTHING[dark]], [1, ORANGE]]
    colors = both if measure == "gap" else [[0, _NOTHING[dark]], [1, color]]
    return {"colorscale": colors, "zmin": -most if measure == "gap" else 0, "zmax": most}


def _facts(frame: pd.DataFrame) -> np.ndarray:
    """What a hover says of each hour."""
    return np.array([_fact(row) for row in frame.to_dict("records")], dtype=object)


def _fact(row: dict[str, float]) -> str:
    day, hour = WEEKDAYS[int(row["weekday"])], int(row["hour"])
    lines = [f"<b>{day} {hour} to {hour + 1}</b>"]
    lines.append(f"{amount_text(row['arrivals'])} expected, {amount_text(row['departures'])} leave a week")
    lines.append(f"{TOO_FEW} to compare" if row["too_few"] else f"gap {signed_text(row['gap'], 1)}")
    if pd.notna(row["person_hours"]) and not row["too_few"]:
        lines.append(f"{row['person_hours']:,.1f} person-hours at the desk's own rate")
    return "<br>".join(lines)


def _runs(days: tuple[int, ...]) -> list[tuple[int, int]]:
    """Business days as stretches of days beside each other."""
    breaks = [0, *(place for place, (one, other) in enumerate(pairwise(days), 1) if other - one > 1), len(days)]
    return [(days[start], days[end - 1]) for start, end in pairwise(breaks)]
