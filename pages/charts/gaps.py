"""What each gap costs: a bar a gap with its interval, the dearest on top."""

import plotly.graph_objects as go

from analytics.diagnostic.gaps import Gaps
from pages.charts.theme import BLUE, ORANGE, empty_figure, inert

_COLORS = {"the desk": BLUE}


def gaps_figure(found: Gaps) -> go.Figure:
    """Hours a month by gap, coloured by whose time it is."""
    figure = empty_figure()
    names = [inert(gap.sign.statement.sign) for gap in found.costed]
    for whose in dict.fromkeys(gap.cost.whose for gap in found.costed):
        mine = [gap for gap in found.costed if gap.cost.whose == whose]
        color = _COLORS.get(whose, ORANGE)
        figure.add_trace(
            go.Bar(
                x=[gap.hours for gap in mine], y=[inert(gap.sign.statement.sign) for gap in mine], orientation="h",
                name=f"time of {inert(whose)}", marker={"color": color, "opacity": 0.75},
                customdata=[gap.hours_text for gap in mine],
                error_x={
                    "array": [gap.high - gap.hours for gap in mine], "symmetric": False, "thickness": 1.5,
                    "arrayminus": [gap.hours - gap.low for gap in mine], "color": color,
                },
                hovertemplate="%{y}: <b>%{customdata}</b> hours a month<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(height=90 + 38 * len(names), hovermode="closest", showlegend=True, margin={"t": 28})
    figure.update_xaxes(title="hours a month, with the interval", rangemode="tozero", showgrid=True, tickformat=",")
    figure.update_yaxes(
        categoryorder="array", categoryarray=names[::-1], rangemode="normal", automargin=True, showgrid=False
    )
    return figure
