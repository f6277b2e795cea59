"""Hand-offs between groups: as flows from left to right, or as a matrix of dots."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert

_LINK = "rgba(0, 114, 178, 0.5)"
_REST = "rgba(127, 134, 143, 0.25)"
_LARGEST_DOT = 26
_LONGEST_NAME = 22


def flows_figure(matrix: pd.DataFrame, others: str, ink: str, paper: str) -> go.Figure:
    """A Sankey of from_group, to_group, handoffs; `others` names what is lumped.

    `ink` is the colour of words, `paper` of the page: words lie on the flows, and a thin one would strike them through.
    What the lumped groups hand to each other is left out: it may be most of all, and says nothing.
    """
    within = (matrix["from_group"] == others) & (matrix["to_group"] == others)
    matrix = matrix[~within]
    left, right = (_ordered(matrix, name, others) for name in ("from_group", "to_group"))
    source = [left.index(name) for name in matrix["from_group"]]
    target = [len(left) + right.index(name) for name in matrix["to_group"]]
    rest = [others in pair for pair in zip(matrix["from_group"], matrix["to_group"], strict=True)]
    figure = empty_figure()
    figure.add_trace(
        go.Sankey(
            arrangement="snap", textfont={"color": ink, "size": 13, "shadow": _halo(paper)},
            node={
                "label": [_short(name) for name in (*left, *right)], "pad": 12, "thickness": 14, "line": {"width": 0},
                "color": [GREY if name == others else BLUE for name in left]
                + [GREY if name == others else ORANGE for name in right],
                "customdata": [inert(name) for name in (*left, *right)],
                "hovertemplate": "%{customdata}: <b>%{value:,d}</b> hand-offs<extra></extra>",
            },
            link={
                "source": source, "target": target, "value": matrix["handoffs"].tolist(),
                "color": [_REST if lumped else _LINK for lumped in rest],
                "customdata": _pairs(matrix),
                "hovertemplate": "%{customdata[0]} to %{customdata[1]}: <b>%{value:,d}</b> hand-offs<extra></extra>",
            },
        )
    )  # fmt: skip
    rows = max(len(left), len(right))
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8}, height=max(280, 100 + 32 * rows))
    return figure


def _halo(paper: str) -> str:
    """The page's colour around each letter."""
    return ", ".join(f"{x}px {y}px 2px {paper}" for x in (-1, 0, 1) for y in (-1, 0, 1)) + f", 0 0 4px {paper}"


def matrix_figure(matrix: pd.DataFrame, others: str) -> go.Figure:
    """A dot a pair, as large as its hand-offs; `customdata` holds the two groups as the export names them."""
    froms, tos = (_ordered(matrix, name, others) for name in ("from_group", "to_group"))
    # The lumped rest may be as large as it likes: the dots of named pairs are to be told apart.
    named = [others not in pair for pair in _names(matrix)]
    most = int(matrix["handoffs"].where(named).max() if any(named) else matrix["handoffs"].max())
    figure = empty_figure()
    figure.add_trace(
        go.Scatter(
            x=matrix["to_group"].tolist(), y=matrix["from_group"].tolist(),
            mode="markers+text", text=[f"{count:,}" for count in matrix["handoffs"]], textposition="middle right",
            textfont={"size": 11}, customdata=matrix[["from_group", "to_group"]].to_numpy().tolist(),
            hovertext=[f"{a} to {b}: <b>{n:,}</b> hand-offs" for (a, b), n in _counted(matrix)], hoverinfo="text",
            marker={
                "size": matrix["handoffs"].clip(upper=most).tolist(), "sizemode": "area",
                "sizeref": 2 * most / _LARGEST_DOT**2, "sizemin": 3,
                "color": [GREY if others in pair else BLUE for pair in _names(matrix)], "opacity": 0.85,
            },
        )
    )  # fmt: skip
    order = {"categoryorder": "array", "type": "category", "showgrid": True, "rangemode": "normal", "nticks": 0}
    figure.update_layout(hovermode="closest", height=130 + 38 * max(len(froms), 4), showlegend=False)
    figure.update_xaxes(order | _named(tos) | {"side": "top", "title": "to"})
    figure.update_yaxes(order | _named(froms) | {"autorange": "reversed", "title": "from"})
    return figure


def _named(groups: list[str]) -> dict[str, list[str]]:
    """The axis keeps whole names, which never run together, and shows short ones."""
    return {"categoryarray": groups, "tickvals": groups, "ticktext": [_short(name) for name in groups]}


def _ordered(matrix: pd.DataFrame, side: str, others: str) -> list[str]:
    """The groups of one side, the busiest first and the lumped rest last."""
    busiest = matrix.groupby(side)["handoffs"].sum().sort_index().sort_values(ascending=False, kind="stable")
    names = [str(name) for name in busiest.index]
    return [name for name in names if name != others] + [name for name in names if name == others]


def _names(matrix: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(matrix["from_group"], matrix["to_group"], strict=True))


def _pairs(matrix: pd.DataFrame) -> list[list[str]]:
    return [[inert(name) for name in pair] for pair in _names(matrix)]


def _counted(matrix: pd.DataFrame) -> Sequence[tuple[list[str], int]]:
    return list(zip(_pairs(matrix), matrix["handoffs"], strict=True))


def _short(name: str) -> str:
    """A name that leaves room for the picture."""
    return inert(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
