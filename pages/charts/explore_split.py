"""A split as Explore draws it: bars for one dimension, lines where a few values run over time."""

import pandas as pd
import plotly.graph_objects as go

from analytics.explore.leaderboard import Leaderboard
from analytics.explore.pivot import Pivot
from analytics.formatting import TOO_FEW, value_text
from analytics.kpi import Unit
from analytics.ticks import hour_ticks
from pages.charts.theme import BLUE, GREEN, GREY, OLIVE, ORANGE, PLUM, SKY, empty_figure, inert

MOST_LINES = 6
_MOST_TICKS = 8
_ROOM = 1.04
_COLORS = (BLUE, ORANGE, GREEN, PLUM, OLIVE, SKY)
_LONGEST_LABEL = 30
_ROW_HEIGHT, _FRAME_HEIGHT, _LINES_HEIGHT = 26, 56, 340


def split_bars(board: Leaderboard, rows: pd.DataFrame) -> go.Figure:
    """One bar a row, in their order; with a comparison the value before as a mark. `customdata` is the row's place."""
    figure = empty_figure()
    unit, places = board.kpi.unit, list(range(len(rows)))
    labels = [inert(label) for label in rows["label"]]
    words = [value_text(value, unit, few) for value, few in zip(rows["value"], rows["too_few"], strict=True)]
    before = [f", before {value_text(value, unit)}" if pd.notna(value) else "" for value in rows["before"]]
    hover = [
        f"{label}: <b>{word}</b> ({n:,} tickets{then})"
        for label, word, n, then in zip(labels, words, rows["n"], before, strict=True)
    ]
    common = {"y": places, "customdata": [[place] for place in places], "hovertext": hover, "hoverinfo": "text"}
    figure.add_trace(
        go.Bar(
            x=rows["value"].to_numpy(), orientation="h", name=board.kpi.title,
            marker={"color": BLUE}, **common,
        )
    )  # fmt: skip
    if board.compared:
        figure.add_trace(
            go.Scatter(
                x=rows["before"].to_numpy(), mode="markers", name="before",
                marker={"symbol": "line-ns-open", "size": 16, "color": GREY, "line": {"width": 3}}, **common,
            )
        )  # fmt: skip
    height = _FRAME_HEIGHT + _ROW_HEIGHT * max(len(rows), 3)
    figure.update_layout(height=height, hovermode="closest", showlegend=board.compared, margin={"t": 28, "r": 24})
    ticks = [f"{_short(label)}  <b>{word}</b>" for label, word in zip(rows["label"], words, strict=True)]
    most = float(rows[["value", "before"]].max().max())
    # Marks would push the axis away from the names.
    figure.update_xaxes(showgrid=True, range=[0, most * _ROOM if most > 0 else 1])
    _name_values(figure, "xaxis", unit, most)
    figure.update_yaxes(
        tickvals=places, ticktext=ticks, range=[len(rows) - 0.5, -0.5],
        rangemode="normal", automargin=True,
    )  # fmt: skip
    return figure


def split_lines(shown: Pivot) -> go.Figure:
    """A line for each of the first values over the periods; `customdata` is the value's and the period's place."""
    figure, unit = empty_figure(), shown.kpi.unit
    values, counts = shown.matrix(), shown.matrix("n")
    periods, places = list(shown.column_labels), list(range(len(shown.column_labels)))
    for place, label in enumerate(shown.row_labels[:MOST_LINES]):
        line, n = values.loc[label], counts.loc[label].fillna(0)
        words = [value_text(value, unit) if pd.notna(value) else TOO_FEW for value in line]
        figure.add_trace(
            go.Scatter(
                x=places, y=line.to_numpy(dtype=float), name=inert(_cut(label)), mode="lines+markers",
                line={"color": _COLORS[place], "width": 2}, marker={"size": 6}, connectgaps=False, cliponaxis=False,
                customdata=[[place, column] for column in range(len(periods))], hoverinfo="text",
                hovertext=[
                    f"{inert(label)}, {period}: <b>{word}</b> ({int(count):,} tickets)"
                    for period, word, count in zip(periods, words, n, strict=True)
                ],
            )
        )  # fmt: skip
    figure.update_layout(height=_LINES_HEIGHT, hovermode="closest", legend={"x": 0, "xanchor": "left"})
    named = places[:: max(1, -(-len(places) // _MOST_TICKS))]
    figure.update_xaxes(tickvals=named, ticktext=[shown.column_titles[place] for place in named])
    _name_values(figure, "yaxis", unit, float(values.iloc[:MOST_LINES].max().max()))
    return figure


def _name_values(figure: go.Figure, axis: str, unit: Unit, most: float) -> None:
    match unit:
        case Unit.HOURS if most > 0:
            ticks = hour_ticks(most)
            figure.update_layout({axis: {"tickvals": list(ticks), "ticktext": list(ticks.values())}})
        case Unit.RATIO:
            figure.update_layout({axis: {"tickformat": ".0%"}})
        case Unit.TICKETS:
            figure.update_layout({axis: {"tickformat": ",d"}})


def _short(label: str) -> str:
    return inert(_cut(label))


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
