"""Where the backlog lies, as a heat map or a treemap."""

from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from analytics.flow.accumulation import Accumulation
from analytics.formatting import TOO_FEW, count_text, signed_text
from pages.charts.theme import BLUE, NOTHING_ON_DARK, NOTHING_ON_LIGHT, ORANGE, empty_figure, inert

MEASURES = {"tickets": "Tickets", "median_age_days": "Median age", "change": "Change"}
# From nothing to much; opaque, so that Plotly finds a text colour that stands out.
_NOTHING = {False: NOTHING_ON_LIGHT, True: NOTHING_ON_DARK}
_LONGEST_LABEL = 24
_ROW_HEIGHT, _FRAME_HEIGHT, _TREE_HEIGHT = 30, 48, 420


def heat_map(found: Accumulation, measure: str, dark: bool) -> go.Figure:
    """Cells of rows by columns; an unseen point in each has its places as `customdata`, for Plotly selects points."""
    frame, figure = found.frame, empty_figure()
    rows, columns = found.rows.labels, found.columns.labels
    values = np.full((len(rows), len(columns)), np.nan)
    values[frame["row_place"], frame["column_place"]] = _shown(frame, measure)
    texts = np.full(values.shape, "", dtype=object)
    texts[frame["row_place"], frame["column_place"]] = _texts(frame, measure)
    figure.add_trace(
        go.Heatmap(
            z=values, text=texts, texttemplate="%{text}", hoverinfo="skip", showscale=False, xgap=2, ygap=2,
            **_scale(frame, measure, dark),
        )
    )  # fmt: skip
    figure.add_trace(
        go.Scatter(
            x=frame["column_place"].to_numpy(), y=frame["row_place"].to_numpy(), mode="markers",
            marker={"symbol": "square", "size": 30, "opacity": 0}, hovertext=_facts(frame),
            customdata=frame[["row_place", "column_place"]].to_numpy().tolist(),
            hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
            selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
        )
    )  # fmt: skip
    figure.update_layout(
        height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(rows), 3), hovermode="closest", hoverdistance=-1,
        margin={"t": 8},
    )  # fmt: skip
    figure.update_xaxes(tickvals=list(range(len(columns))), ticktext=_short(columns), side="top", range=_range(columns))
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=_short(rows), range=_range(rows)[::-1], automargin=True, nticks=0,
        showgrid=False, rangemode="normal",
    )  # fmt: skip
    return figure


def treemap(found: Accumulation, measure: str, dark: bool) -> go.Figure:
    """Areas are tickets, colours the measure; the `id` of a leaf is `row place:column place`, of a row its place."""
    cells, sums = (part[part["tickets"] > 0] for part in (found.frame, found.by_row))
    columns = zip(cells["row_place"], cells["column_place"], strict=True)
    figure = empty_figure()
    figure.add_trace(
        go.Treemap(
            ids=[*(str(place) for place in sums["row_place"]), *(f"{row}:{column}" for row, column in columns)],
            parents=[*("" for _ in range(len(sums))), *(str(place) for place in cells["row_place"])],
            labels=[inert(label) for label in (*sums["row"], *cells["column"])],
            values=[*sums["tickets"], *cells["tickets"]], branchvalues="total",
            marker={"colors": [*_shown(sums, measure), *_shown(cells, measure)], **_scale(cells, measure, dark, "c")},
            text=[*_texts(sums, measure), *_texts(cells, measure)],
            hovertext=[*_facts(sums), *_facts(cells)], hovertemplate="%{hovertext}<extra></extra>",
            texttemplate="%{label}<br>%{text}", tiling={"pad": 2}, pathbar={"visible": False},
            root={"color": "rgba(127,134,143,0.1)"},
        )
    )  # fmt: skip
    figure.update_layout(height=_TREE_HEIGHT, margin={"t": 8})
    return figure


def _scale(frame: pd.DataFrame, measure: str, dark: bool, axis: str = "z") -> dict[str, Any]:
    """Colours from nought, or from both sides of it for a change."""
    most = float(np.nanmax([1, *_shown(frame, measure).abs()]))
    least = -most if measure == "change" else 0
    more, both = [[0, _NOTHING[dark]], [1, ORANGE]], [[0, BLUE], [0.5, _NOTHING[dark]], [1, ORANGE]]
    colors = both if measure == "change" else more
    return {"colorscale": colors, f"{axis}min": least, f"{axis}max": most}


def _shown(frame: pd.DataFrame, measure: str) -> pd.Series:
    """The measure; an age of too few tickets has no colour."""
    return frame[measure].mask(frame["too_few"]) if measure == "median_age_days" else frame[measure]


def _texts(frame: pd.DataFrame, measure: str) -> list[str]:
    few = frame["too_few"] & (measure == "median_age_days")
    return [TOO_FEW if hidden else _text(value, measure) for value, hidden in zip(frame[measure], few, strict=True)]


def _text(value: float, measure: str) -> str:
    if pd.isna(value):
        return ""
    match measure:
        case "change":
            return signed_text(value)
        case "median_age_days":
            return f"{value:,.0f} d"
        case _:
            return count_text(int(value))


def _facts(frame: pd.DataFrame) -> list[str]:
    """What a hover says of each cell."""
    names = [
        inert(f"{row['row']}, {row['column']}" if "column" in row else str(row["row"]))
        for row in frame.to_dict("records")
    ]
    ages = ["" if pd.isna(age) else f", median age {age:,.0f} days" for age in _shown(frame, "median_age_days")]
    return [
        f"{name}<br><b>{count_text(count)} open</b>{age}<br>change {signed_text(change)}"
        for name, count, age, change in zip(names, frame["tickets"], ages, frame["change"], strict=True)
    ]


def _short(labels: list[str]) -> list[str]:
    return [inert(label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…") for label in labels]


def _range(labels: list[str]) -> list[float]:
    return [-0.5, len(labels) - 0.5]
