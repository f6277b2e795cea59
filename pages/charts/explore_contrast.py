"""What differs, drawn: a dot with its interval for each difference, to the right where there is more here."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.explore.contrast import SHARE, VALUE, Contrast
from analytics.explore.contrast_words import difference_text, interval_text, is_times, times_text
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert

_TIMES = (0.001, 0.01, 0.1, 0.2, 0.5, 1, 2, 5, 10, 100, 1_000)
_ROW_HEIGHT, _FRAME_HEIGHT, _LONGEST_LABEL = 28, 64, 38


def contrast_figure(found: Contrast, rows: pd.DataFrame) -> go.Figure:
    """Rows of one kind, the first on top; `customdata` is a row's place. Multiples stand on a logarithmic scale."""
    figure, listed = empty_figure(), list(rows.itertuples())
    times = bool(listed) and is_times(found, listed[0])
    factor, nought = (1.0, 1.0) if times else (100.0, 0.0)
    figure.add_trace(
        go.Scatter(
            x=[row.difference * factor for row in listed], y=list(range(len(listed))), mode="markers",
            marker={"size": 11, "color": [ORANGE if row.difference * factor > nought else BLUE for row in listed]},
            error_x={
                "type": "data", "array": [(row.hi - row.difference) * factor for row in listed],
                "arrayminus": [(row.difference - row.lo) * factor for row in listed], "color": GREY, "thickness": 1.5,
            },
            customdata=[[place] for place in range(len(listed))], hoverinfo="text",
            hovertext=[_hover(found, row) for row in listed], cliponaxis=False,
        )
    )  # fmt: skip
    figure.add_vline(x=nought, line={"color": GREY, "width": 1})
    figure.update_layout(
        height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(listed), 2), hovermode="closest", showlegend=False,
        margin={"t": 8, "r": 24},
    )  # fmt: skip
    if times:
        figure.update_xaxes(type="log", tickvals=_TIMES, ticktext=[times_text(value) for value in _TIMES])
    else:
        figure.update_xaxes(ticksuffix=" points", nticks=6)
    figure.update_xaxes(showgrid=True, rangemode="normal")
    figure.update_yaxes(
        tickvals=list(range(len(listed))), ticktext=[_label(row) for row in listed], automargin=True,
        range=[len(listed) - 0.5, -0.5], rangemode="normal",
    )  # fmt: skip
    return figure


def _label(row: Any) -> str:
    text = f"{row.dimension.replace('_', ' ')}: {row.label}" if row.dimension else "all tickets"
    return inert(text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1]}…")


def _hover(found: Contrast, row: Any) -> str:
    what = {SHARE: "share of the tickets", VALUE: "the KPI"}[row.kind]
    return f"{_label(row)}, {what}: <b>{difference_text(found, row)}</b> (95 % interval {interval_text(found, row)})"
