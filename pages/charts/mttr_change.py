"""What moved MTTR as bars: the mix and the rate of each value, to the side to which they moved the mean."""

import pandas as pd
import plotly.graph_objects as go

from analytics.flow.mttr_change import signed_hours
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREY, INK_ON_DARK, INK_ON_LIGHT, ORANGE, empty_figure, inert

_PARTS = {
    "rate": ("rate: the same kind took more or less time", ORANGE),
    "mix": ("mix: another share of tickets", BLUE),
}
_LONGEST_LABEL = 32
_ROW_HEIGHT, _FRAME_HEIGHT = 34, 100


def mttr_change_bars(lines: pd.DataFrame, dark: bool) -> go.Figure:
    """One line a row of `MttrChange.frame`, in its order from the top; `customdata` is the row's `place`."""
    figure = empty_figure()
    rows = list(range(len(lines)))
    labels = [inert(_short(label)) for label in lines["label"]]
    places = [[place] for place in lines["place"]]
    for part, (name, color) in _PARTS.items():
        figure.add_trace(
            go.Bar(
                x=lines[part].tolist(), y=rows, orientation="h", name=name, marker={"color": color}, customdata=places,
                hovertext=_words(labels, part, lines[part]), hovertemplate="%{hovertext}<extra></extra>",
            )
        )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=lines["part"].tolist(), y=rows, mode="markers", name="together", customdata=places, cliponaxis=False,
            marker={"symbol": "diamond", "size": 9, "color": INK_ON_DARK if dark else INK_ON_LIGHT},
            hovertext=_words(labels, "together", lines["part"]), hovertemplate="%{hovertext}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(
        barmode="relative", hovermode="closest", height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(rows), 3),
        legend={"x": 0, "xanchor": "left"},
    )  # fmt: skip
    above = hour_ticks(max(lines[[*_PARTS, "part"]].abs().max().max(), 0.5))
    below = {-value: f"-{words}" for value, words in above.items() if value}
    ticks = below | {value: f"+{words}" if value else words for value, words in above.items()}
    figure.update_xaxes(
        showgrid=True, zeroline=True, zerolinewidth=1, zerolinecolor=GREY, tickvals=list(ticks),
        ticktext=list(ticks.values()),
    )  # fmt: skip
    named = [f"{label}  <b>{signed_hours(part)}</b>" for label, part in zip(labels, lines["part"], strict=True)]
    figure.update_yaxes(
        tickvals=rows, ticktext=named, range=[len(rows) - 0.5, -0.5], rangemode="normal", nticks=0, automargin=True
    )
    return figure


def _words(labels: list[str], part: str, hours: pd.Series) -> list[str]:
    return [f"{label}, {part}: <b>{signed_hours(value)}</b>" for label, value in zip(labels, hours, strict=True)]


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
