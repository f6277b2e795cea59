"""Case mix as a dumbbell: each group's typical time as measured and like with like, with the latter's interval."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import hours_text
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert

_LONGEST_LABEL = 30
_ROW_HEIGHT, _FRAME_HEIGHT = 30, 110
# Minutes to years: what a person reads off a logarithmic axis, which has no nought.
_TICKS = {
    0.1: "6 min", 0.25: "15 min", 1: "1 h", 4: "4 h", 24: "1 d", 96: "4 d", 240: "10 d", 720: "30 d", 2400: "100 d",
    8760: "1 year", 43800: "5 years",
}  # fmt: skip
_LEAST = 0.05


def case_mix_figure(groups: pd.DataFrame, desk_hours: float) -> go.Figure:
    """A line a group, in the frame's order from the top; `customdata` is its place in the frame."""
    figure = empty_figure()
    rows = list(range(len(groups)))
    _add_line_of_all(figure, len(groups), desk_hours)
    _add_links(figure, groups)
    hollow = {"symbol": "circle-open", "size": 10, "color": GREY, "line": {"width": 2}}
    figure.add_trace(_points(groups, "raw_hours", "as measured", hollow))
    filled = {"size": 11, "color": [ORANGE if slow else BLUE for slow in groups["lo"] > 1]}
    adjusted = _points(groups, "adjusted_hours", "like with like, 95 % interval", filled)
    figure.add_trace(adjusted.update(error_x=_spans(groups)))
    figure.update_layout(
        hovermode="closest", height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(rows), 3),
        legend={"x": 0, "xanchor": "left"},
    )  # fmt: skip
    figure.update_xaxes(type="log", showgrid=True, tickvals=list(_TICKS), ticktext=list(_TICKS.values()))
    labels = [inert(_short(label)) for label in groups["label"]]
    figure.update_yaxes(
        tickvals=rows, ticktext=labels, range=[len(rows) - 0.5, -0.5], rangemode="normal", nticks=0, automargin=True
    )
    return figure


def _add_line_of_all(figure: go.Figure, rows: int, desk_hours: float) -> None:
    at = max(desk_hours, _LEAST)
    figure.add_trace(
        go.Scatter(
            x=[at, at], y=[-0.5, rows - 0.5], mode="lines", name=f"all together, {hours_text(desk_hours)}",
            line={"color": GREY, "width": 1.5, "dash": "dash"}, hoverinfo="skip",
        )
    )  # fmt: skip


def _add_links(figure: go.Figure, groups: pd.DataFrame) -> None:
    """A dotted line from what was measured to what it is like with like."""
    pairs = list(zip(_shown(groups, "raw_hours"), _shown(groups, "adjusted_hours"), strict=True))
    figure.add_trace(
        go.Scatter(
            x=[end for pair in pairs for end in (*pair, None)], y=[row for row in range(len(pairs)) for _ in range(3)],
            mode="lines", line={"color": GREY, "width": 1.5, "dash": "dot"}, hoverinfo="skip", showlegend=False,
        )
    )  # fmt: skip


def _points(groups: pd.DataFrame, column: str, name: str, marker: dict[str, Any]) -> go.Scatter:
    rows = list(range(len(groups)))
    said = [_words(row, column, name.partition(",")[0]) for row in groups.to_dict("records")]
    return go.Scatter(
        x=_shown(groups, column), y=rows, mode="markers", name=name, marker=marker, customdata=[[row] for row in rows],
        hovertext=said, hovertemplate="%{hovertext}<extra></extra>", cliponaxis=False,
    )  # fmt: skip


def _spans(groups: pd.DataFrame) -> dict[str, Any]:
    lo, middle, hi = (_shown(groups, name) for name in ("lo_hours", "adjusted_hours", "hi_hours"))
    return {
        "type": "data", "symmetric": False, "color": GREY, "thickness": 1.5, "width": 4,
        "array": [end - x for end, x in zip(hi, middle, strict=True)],
        "arrayminus": [x - start for start, x in zip(lo, middle, strict=True)],
    }  # fmt: skip


def _shown(groups: pd.DataFrame, column: str) -> list[float]:
    return [float(hours) for hours in groups[column].clip(lower=_LEAST)]


def _words(row: dict[Any, Any], column: str, how: str) -> str:
    span = f" ({hours_text(row['lo_hours'])} to {hours_text(row['hi_hours'])})" if column == "adjusted_hours" else ""
    return f"{inert(row['label'])}, {how}: <b>{hours_text(row[column])}</b>{span}, {row['tickets']:,} tickets"


def _short(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
