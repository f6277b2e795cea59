"""Net flow per week as bars, with its mean and the interval that the verdict rests on."""

import plotly.graph_objects as go

from analytics.flow.verdict import Verdict
from analytics.formatting import day_text, signed_text
from pages.charts.days import name_weeks
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure

_HEIGHT = 240


def net_flow_figure(found: Verdict) -> go.Figure:
    """Bars of opened less ended in each week judged; above nought the backlog grew."""
    frame = found.frame
    facts = [
        [day_text(row.week.date()), signed_text(row.net), f"{row.opened:,.0f}", f"{row.ended:,.0f}"]
        for row in frame.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=frame["week"].to_numpy(), y=frame["net"].to_numpy(), customdata=facts, name="net flow",
            marker={"color": [ORANGE if net > 0 else BLUE for net in frame["net"]], "opacity": 0.85},
            hovertemplate="week of %{customdata[0]}: <b>%{customdata[1]}</b> "
            "(%{customdata[2]} opened, %{customdata[3]} ended)<extra></extra>",
        )
    )  # fmt: skip
    _add_mean(figure, found)
    figure.update_layout(height=_HEIGHT, hovermode="closest", showlegend=False)
    figure.update_layout(margin={"l": 8, "r": 8, "t": 24, "b": 8})
    figure.update_yaxes(rangemode="normal", zeroline=True, zerolinecolor=GREY, tickformat=",d", nticks=5)
    name_weeks(figure, frame["week"])
    return figure


def _add_mean(figure: go.Figure, found: Verdict) -> None:
    if found.drift_per_week is None:
        return
    across = {"xref": "x domain", "x0": 0, "x1": 1}
    figure.add_shape(
        type="rect", y0=found.lo, y1=found.hi, fillcolor=GREY, opacity=0.22, line_width=0, layer="below", **across
    )
    figure.add_shape(
        type="line", y0=found.drift_per_week, y1=found.drift_per_week, line={"color": GREY, "width": 2}, **across
    )
    figure.add_annotation(
        text=f"opened less ended a week: mean {signed_text(found.drift_per_week, 1)}, 95 % interval shaded",
        xref="x domain", x=0, yref="y domain",
        y=1, xanchor="left", yanchor="bottom", showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip
