"""A KPI around the start of an action: its weeks, what was normal before, and where it was going."""

import numpy as np
import plotly.graph_objects as go

from analytics.formatting import day_text, value_text
from analytics.kpi import Unit
from analytics.limits import Array
from analytics.plan.effect import Effect
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure

_NORMAL = "rgba(127, 134, 143, 0.14)"
_BAND = "rgba(213, 94, 0, 0.14)"
_NONE = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip", "showlegend": False}


def effect_figure(found: Effect) -> go.Figure:
    """Weekly values (or of four weeks), the limits from before the start, and the counterfactual dashed with a band."""
    figure = empty_figure()
    periods = found.periods
    weeks = periods.begins.astype("datetime64[ns]")
    _add_limits(figure, found, weeks)
    _add_path(figure, found, weeks)
    unit = "week of" if periods.length_weeks == 1 else "four weeks from"
    facts = [
        [value_text(float(value), found.kpi.unit), f"{unit} {day_text(day.item())}"]
        for value, day in zip(periods.values, periods.begins, strict=True)
    ]
    figure.add_trace(
        go.Scatter(
            x=weeks, y=periods.values, name=found.kpi.title, mode="lines+markers", connectgaps=False, customdata=facts,
            line={"color": BLUE, "width": 1.5}, marker={"size": 4},
            hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    figure.add_vline(x=str(found.started_on), line={"color": GREY, "width": 1.5})
    figure.add_annotation(
        x=str(found.started_on), y=1, yref="paper", yanchor="top", xanchor="right", xshift=-4, showarrow=False,
        text=f"start, {day_text(found.started_on)}", font={"size": 12, "color": GREY},
    )  # fmt: skip
    figure.update_layout(height=360, hovermode="closest", margin={"t": 32})
    _set_values(figure, found)
    return figure


def _add_limits(figure: go.Figure, found: Effect, weeks: Array) -> None:
    if not np.isfinite(found.centre) or not len(weeks):
        return
    ends = [weeks[0], weeks[-1]]
    figure.add_trace(go.Scatter(x=ends, y=[found.lower] * 2, **_NONE))
    shown = _NONE | {"showlegend": True}
    figure.add_trace(
        go.Scatter(x=ends, y=[found.upper] * 2, fill="tonexty", fillcolor=_NORMAL, name="normal before", **shown)
    )


def _add_path(figure: go.Figure, found: Effect, weeks: Array) -> None:
    if found.estimate is None:
        return
    told = np.isfinite(found.estimate.path_low)
    figure.add_trace(go.Scatter(x=weeks[told], y=found.estimate.path_low[told], **_NONE))
    figure.add_trace(
        go.Scatter(x=weeks[told], y=found.estimate.path_high[told], fill="tonexty", fillcolor=_BAND, **_NONE)
    )
    line = {"color": ORANGE, "width": 1.5, "dash": "dash"}
    before = {"color": ORANGE, "width": 1, "dash": "dot"}
    shown = {"mode": "lines", "hoverinfo": "skip"}
    figure.add_trace(
        go.Scatter(x=weeks[~told], y=found.estimate.path[~told], line=before, name="trend before", **shown)
    )
    figure.add_trace(
        go.Scatter(x=weeks[told], y=found.estimate.path[told], line=line, name="where it was going", **shown)
    )


def _set_values(figure: go.Figure, found: Effect) -> None:
    """Ticks in the unit of the KPI."""
    known = found.periods.values[np.isfinite(found.periods.values)]
    match found.kpi.unit:
        case Unit.HOURS if len(known):
            ticks = hour_ticks(float(known.max()))
            figure.update_yaxes(tickvals=list(ticks), ticktext=list(ticks.values()))
        case Unit.RATIO:
            figure.update_yaxes(tickformat=".0%", rangemode="normal")
        case Unit.TICKETS:
            figure.update_yaxes(tickformat=",d")
