"""Contributions as bars: each value's change, stacked from demand, throughput and carry-over."""

import pandas as pd
import plotly.graph_objects as go

from analytics.flow.contributions import PARTS, Contributions
from analytics.formatting import signed_text
from pages.charts.theme import BLUE, GREY, INK_ON_DARK, INK_ON_LIGHT, ORANGE, empty_figure, inert

PART_WORDS = {
    "demand": "demand: change in arrivals",
    "throughput": "throughput: change in closures",
    "carry_over": "carry-over: change of the period before",
}
_COLORS = {"demand": ORANGE, "throughput": BLUE, "carry_over": GREY}
_LONGEST_LABEL = 32
_ROW_HEIGHT, _FRAME_HEIGHT = 28, 64


def contribution_bars(split: Contributions, lines: pd.DataFrame, dark: bool) -> go.Figure:
    """One line a value, in the order of `lines` (`Contributions.largest`); `customdata` is its place in the frame."""
    figure = empty_figure()
    places = [[place] for place in lines["place"]]
    rows = list(range(len(lines)))
    common: dict[str, object] = {"y": rows, "orientation": "h", "customdata": places}
    labels = [inert(_short(label)) for label in lines["label"]]
    ticks = [f"{label}  <b>{signed_text(change)}</b>" for label, change in zip(labels, lines["change"], strict=True)]
    if split.before is None:
        figure.add_trace(_bar("change", lines["change"], ORANGE, labels, common))
    else:
        for part in PARTS:
            figure.add_trace(_bar(PART_WORDS[part], lines[part], _COLORS[part], labels, common))
        figure.add_trace(
            go.Scatter(
                x=lines["change"].to_numpy(), y=rows, mode="markers", name="change", customdata=places,
                marker={"symbol": "diamond", "size": 9, "color": INK_ON_DARK if dark else INK_ON_LIGHT},
                hovertext=labels, hovertemplate="%{hovertext}, change: <b>%{x:+,}</b><extra></extra>", cliponaxis=False,
            )
        )  # fmt: skip
    figure.update_layout(
        barmode="relative", hovermode="closest", height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(rows), 3),
        legend={"x": 0, "xanchor": "left"}, margin={"t": 28 if split.before else 8},
    )  # fmt: skip
    figure.update_xaxes(tickformat=",d", showgrid=True, zeroline=True, zerolinewidth=1, zerolinecolor=GREY)
    figure.update_yaxes(
        tickvals=rows, ticktext=ticks, range=[len(rows) - 0.5, -0.5], rangemode="normal", nticks=0, automargin=True
    )
    return figure


def _bar(name: str, values: pd.Series, color: str, labels: list[str], common: dict[str, object]) -> go.Bar:
    return go.Bar(
        x=values.to_numpy(), name=name, marker={"color": color}, hovertext=labels,
        hovertemplate=f"%{{hovertext}}, {name.partition(':')[0]}: <b>%{{x:+,}}</b><extra></extra>", **common,
    )  # fmt: skip


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
