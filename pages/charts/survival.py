"""The survival curve: the share of tickets still open, by time since opening."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import hours_text
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREY, empty_figure

_BAND = "rgba(0, 114, 178, 0.18)"


def survival_figure(points: pd.DataFrame, target_hours: float, shown_hours: float) -> go.Figure:
    """The curve with its 95 % band up to `shown_hours`, and the target as a line; `points` as of a SurvivalCurve."""
    figure = empty_figure()
    step = {"shape": "hv", "width": 0}
    figure.add_trace(go.Scatter(x=points["hours"], y=points["hi"], line=step, hoverinfo="skip", showlegend=False))
    figure.add_trace(
        go.Scatter(
            x=points["hours"], y=points["lo"], line=step, fill="tonexty", fillcolor=_BAND, hoverinfo="skip",
            name="95 % interval",
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=points["hours"], y=points["survival"], line={"shape": "hv", "color": BLUE, "width": 2},
            name="still open", customdata=[[hours_text(hours)] for hours in points["hours"]],
            hovertemplate="after %{customdata[0]}: <b>%{y:.1%}</b> still open<extra></extra>",
        )
    )  # fmt: skip
    line = {"color": GREY, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", yref="y domain", y0=0, y1=1, x0=target_hours, x1=target_hours, line=line)
    figure.add_annotation(
        text=f"target {hours_text(target_hours)}", yref="y domain", y=1, x=target_hours, xanchor="left",
        yanchor="top", showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip
    ticks = hour_ticks(shown_hours)
    figure.update_xaxes(tickvals=list(ticks), ticktext=list(ticks.values()), range=[0, shown_hours])
    figure.update_yaxes(tickformat=".0%", range=[0, 1.02])
    figure.update_layout(hovermode="closest", height=320)
    return figure
