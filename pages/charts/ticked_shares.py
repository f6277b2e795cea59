"""Shares ticked per statement, a column a quarter or team; what is hidden looks different from what is not there."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from analytics.diagnostic.perception import Group
from analytics.diagnostic.questionnaire import Questionnaire
from analytics.diagnostic.suppression import State
from pages.charts.theme import BLUE, GREY, INK_ON_DARK, INK_ON_LIGHT, empty_figure, inert

_LONGEST = 10
# The share from which a tile is so blue that only white can be read on it.
_STRONG = 0.55
_PALEST = 0.08
HIDDEN_WORDS: dict[State, str] = {
    "too few": "too few to show", "no data": "no answers", "waiting": "not shown yet", "shown": "",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A quarter or a team: its name (perhaps a person's text), whether it is shown, and its answers if so."""

    name: str
    state: State
    group: Group | None


def ticked_shares(sheet: Questionnaire, columns: Sequence[Column], dark: bool) -> go.Figure:
    """Tiles of one colour, the stronger the more ticked: no column is marked as better than another."""
    figure = empty_figure()
    statements = sheet.statements
    for place, column in enumerate(columns):
        if column.group is None:
            _hidden(figure, place, column.state, len(statements))
        else:
            for row, statement in enumerate(statements):
                _tile(figure, place, row, column.group.tally(statement.id).share)
    for is_strong in (False, True):
        figure.add_trace(_numbers(sheet, columns, is_strong, dark))
    names = [_head(one) for one in columns]
    figure.update_layout(
        height=88 + 32 * len(statements), hovermode="closest", showlegend=False, margin={"t": 60, "r": 8, "b": 4}
    )
    figure.update_xaxes(
        side="top", range=[-0.5, max(len(columns), 4) - 0.5], tickvals=list(range(len(columns))), ticktext=names,
        tickangle=0, fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(statements) - 0.5, -0.5], tickvals=list(range(len(statements))),
        ticktext=[inert(one.sign) for one in statements], showgrid=False, automargin=True, rangemode="normal",
        fixedrange=True,
    )  # fmt: skip
    return figure


def side_by_side(sheet: Questionnaire, columns: Sequence[Column]) -> pd.DataFrame:
    """The same as text, a row a column of the picture: for more of them than a picture holds."""
    return pd.DataFrame(
        [
            {"Team": one.name, "People": str(one.group.people) if one.group else HIDDEN_WORDS[one.state]}
            | {each.sign: _share_text(one, each.id) for each in sheet.statements}
            for one in columns
        ]
    )


def _share_text(column: Column, statement: str) -> str:
    share = column.group.tally(statement).share if column.group else None
    return "" if share is None else f"{share:.0%}".replace("%", " %")


def _numbers(sheet: Questionnaire, columns: Sequence[Column], is_strong: bool, dark: bool) -> go.Scatter:
    """The shares as text: white on strong tiles, and on pale ones in the ink of the reader's theme."""
    ink = "white" if is_strong else INK_ON_DARK if dark else INK_ON_LIGHT
    cells = [
        (place, row, tally)
        for place, column in enumerate(columns) if column.group
        for row, statement in enumerate(sheet.statements)
        if (tally := column.group.tally(statement.id)).share is not None and (tally.share > _STRONG) == is_strong
    ]  # fmt: skip
    return go.Scatter(
        x=[place for place, _, _ in cells], y=[row for _, row, _ in cells], mode="text",
        text=[f"{one.share:.0%}".replace("%", " %") for _, _, one in cells],
        textfont={"size": 13, "color": ink},
        hovertext=[f"{inert(sheet.statements[row].text)}<br>{inert(columns[place].name)}: {one.yes} of {one.answered}"
                   for place, row, one in cells],
        hoverinfo="text",
    )  # fmt: skip


def _tile(figure: go.Figure, place: int, row: int, share: float | None) -> None:
    figure.add_shape(
        type="rect", x0=place - 0.46, x1=place + 0.46, y0=row - 0.44, y1=row + 0.44, line_width=0, layer="below",
        fillcolor=BLUE, opacity=_PALEST + (1 - _PALEST) * (share or 0),
    )  # fmt: skip


def _hidden(figure: go.Figure, place: int, state: State, rows: int) -> None:
    """Dashed where answers are hidden, without an outline where there are none; both say so."""
    text = "<br>".join(wrap(HIDDEN_WORDS[state], _LONGEST))
    figure.add_annotation(x=place, y=(rows - 1) / 2, text=text, showarrow=False, font={"size": 12})
    if state != "no data":
        figure.add_shape(
            type="rect", x0=place - 0.44, x1=place + 0.44, y0=-0.42, y1=rows - 0.58, layer="below",
            line={"color": GREY, "width": 1, "dash": "dash"},
        )  # fmt: skip


def _head(column: Column) -> str:
    """The name on at most two lines, and how many answered."""
    lines = wrap(column.name, _LONGEST, max_lines=2, placeholder="…") or [""]
    people = f"{column.group.people} people" if column.group else ""
    return "<br>".join([*(inert(line) for line in lines), people])
