"""An answer split twice, as a heat map with the numbers in its cells."""

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.ask.answer import Answer
from analytics.warehouse.schema import CLOCK
from pages.charts.answer_rows import drawn_values, hover_words, short, value_name, value_words
from pages.charts.theme import (
    BLUE,
    GREY,
    INK_ON_DARK,
    INK_ON_LIGHT,
    NOTHING_ON_DARK,
    NOTHING_ON_LIGHT,
    empty_figure,
)

MOST_ROWS, MOST_COLUMNS = 25, 24
PRIORITIES = tuple("12345")
_ROW_HEIGHT, _FRAME_HEIGHT = 30, 110
# From this part of the scale on, white can be read.
_STRONG = 0.75
_MOST_LETTERS = 60


def matrix_figure(shown: Answer, dark: bool) -> go.Figure:
    """The first split down, the second across; cells of too few tickets say so and have no colour."""
    rows = _cells(shown)
    downs, acrosses = (list(dict.fromkeys(rows[name])) for name in ("down", "across"))
    downs, acrosses = _in_order(shown.question.by[0], downs), _in_order(shown.question.by[1], acrosses)
    downs, acrosses = downs[:MOST_ROWS], acrosses[:MOST_COLUMNS]
    places = {
        (down, across): place for place, (down, across) in enumerate(zip(rows["down"], rows["across"], strict=True))
    }
    grid = [[places.get((down, across)) for across in acrosses] for down in downs]
    values = drawn_values(shown).to_numpy()
    figure = empty_figure()
    figure.add_traces([_heat(values, grid, dark), _numbers(shown, values, grid, dark)])
    figure.update_layout(hovermode="closest", showlegend=False, height=_FRAME_HEIGHT + _ROW_HEIGHT * max(len(downs), 3))
    figure.update_layout(margin={"l": 8, "r": 8, "t": 8, "b": 8})
    figure.update_xaxes(_named(acrosses) | {"side": "top", "tickangle": 0 if _fit(acrosses) else -40})
    figure.update_yaxes(_named(downs) | {"range": [len(downs) - 0.5, -0.5], "rangemode": "normal", "nticks": 0})
    return figure


def _fit(names: list[str]) -> bool:
    """Whether the names have room beside each other."""
    return len(names) < 5 or sum(len(short(name)) + 2 for name in names) <= _MOST_LETTERS


def _cells(shown: Answer) -> pd.DataFrame:
    """The name down and the name across of each row of the table."""
    by, table = shown.question.by, shown.table
    return pd.DataFrame(
        {side: [value_name(value) for value in table[name]] for side, name in zip(("down", "across"), by, strict=False)}
    )


def _in_order(dimension: str, names: list[str]) -> list[str]:
    """Weekdays, hours and priorities in their own order; all else as the table has them."""
    known = CLOCK.get(dimension, PRIORITIES if dimension == "priority" else ())
    return [name for name in known if name in names] + [name for name in names if name not in known]


def _heat(values: Any, grid: list[list[int | None]], dark: bool) -> go.Heatmap:
    return go.Heatmap(
        z=[[None if place is None else _known(values[place]) for place in line] for line in grid],
        x=list(range(len(grid[0]))), y=list(range(len(grid))), showscale=False, xgap=2, ygap=2, hoverinfo="skip",
        colorscale=[[0, NOTHING_ON_DARK if dark else NOTHING_ON_LIGHT], [1, BLUE]],
    )  # fmt: skip


def _numbers(shown: Answer, values: Any, grid: list[list[int | None]], dark: bool) -> go.Scatter:
    """The words in the cells, on squares that cannot be seen: of a heat map itself, nothing can be clicked."""
    cells = [(x, y, place) for y, line in enumerate(grid) for x, place in enumerate(line) if place is not None]
    rows = [shown.table.iloc[place] for _, _, place in cells]
    inks = _inks([_known(values[place]) for _, _, place in cells], dark)
    unseen = {"marker": {"opacity": 0}}
    return go.Scatter(
        x=[x for x, _, _ in cells], y=[y for _, y, _ in cells], mode="markers+text",
        text=[value_words(shown, row) for row in rows], textfont={"size": 12, "color": inks},
        marker={"symbol": "square", "size": 24, "opacity": 0}, selected=unseen, unselected=unseen,
        customdata=[[place] for _, _, place in cells], hovertext=[hover_words(shown, row) for row in rows],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _inks(values: list[float | None], dark: bool) -> list[str]:
    """White where the cell is dark enough for it."""
    known = [value for value in values if value is not None]
    least, most = (min(known), max(known)) if known else (0.0, 0.0)
    strong = least + (most - least) * _STRONG
    plain = INK_ON_DARK if dark else INK_ON_LIGHT
    return [GREY if value is None else INK_ON_DARK if value > strong else plain for value in values]


def _known(value: float) -> float | None:
    return None if pd.isna(value) else float(value)


def _named(names: list[str]) -> dict[str, Any]:
    return {"tickvals": list(range(len(names))), "ticktext": [short(name) for name in names], "showgrid": False}
