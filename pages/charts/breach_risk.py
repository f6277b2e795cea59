"""Calibration: what was predicted against what came, a point a bin; on the diagonal the prediction is right."""

import pandas as pd
import plotly.graph_objects as go

from pages.charts.theme import BLUE, GREY, empty_figure

_SMALLEST, _LARGEST = 6, 30


def calibration_figure(bins: pd.DataFrame) -> go.Figure:
    """`bins` as of a Calibration; the more tickets, the larger the point."""
    figure = empty_figure()
    diagonal = {"color": GREY, "width": 1.5, "dash": "dash"}
    figure.add_trace(
        go.Scatter(x=[0, 1], y=[0, 1], mode="lines", line=diagonal, name="predicted = came true", hoverinfo="skip")
    )
    figure.add_trace(
        go.Scatter(
            x=bins["predicted"].to_numpy(dtype=float), y=bins["missed"].to_numpy(dtype=float), mode="markers",
            name="predictions of the last weeks",
            marker={
                "color": BLUE, "opacity": 0.8, "sizemode": "area", "size": bins["tickets"].to_numpy(dtype=float),
                "sizeref": 2 * float(bins["tickets"].max()) / _LARGEST**2, "sizemin": _SMALLEST,
            },
            customdata=[[f"{tickets:,}"] for tickets in bins["tickets"]],
            hovertemplate="predicted %{x:.0%}, missed <b>%{y:.0%}</b> of %{customdata[0]}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_xaxes(tickformat=".0%", range=[-0.06, 1.06], title="predicted", showgrid=True)
    figure.update_yaxes(tickformat=".0%", range=[-0.06, 1.06], title="missed")
    return figure.update_layout(hovermode="closest", height=320)
