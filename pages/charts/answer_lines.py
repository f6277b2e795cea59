"""An answer over time: one line, with the compared period in grey, or a line for each value of a split."""

from collections.abc import Iterator

import pandas as pd
import plotly.graph_objects as go

from analytics.ask.answer import Answer
from analytics.formatting import tick_text, value_text
from pages.charts.answer_rows import drawn_scale, drawn_values, hover_words, short, value_name
from pages.charts.theme import BLUE, GREEN, GREY, OLIVE, ORANGE, PLUM, SAND, SKY, empty_figure

COLORS = (BLUE, ORANGE, GREEN, PLUM, OLIVE, SKY, SAND, GREY)
_MOST_TICKS, _HEIGHT = 8, 340


def line_figure(shown: Answer, target: float | None) -> go.Figure:
    """Lines over the periods; gaps where there are too few tickets, hollow points where a period is unfinished."""
    figure = empty_figure()
    for (name, rows), color in zip(_courses(shown), COLORS, strict=False):
        figure.add_trace(_line(shown, rows, name, color))
    if "before" in shown.table and not shown.question.by:
        figure.add_trace(_before(shown))
    figure.update_layout(hovermode="closest", height=_HEIGHT, margin={"t": 32})
    figure.update_layout(showlegend=len(figure.data) > 1)
    figure.update_yaxes(ticksuffix=drawn_scale(shown).suffix, tickformat=",~r")
    _name_periods(figure, shown)
    _add_level(figure, shown, target)
    return figure


def _courses(shown: Answer) -> Iterator[tuple[str, pd.DataFrame]]:
    """The name and the rows of each line, the first ones of the table first."""
    by = list(shown.question.by)
    if not by:
        yield shown.kpi.title, shown.table
        return
    names = shown.table[by].map(value_name).agg(", ".join, axis=1)
    for name in names.drop_duplicates():
        yield short(str(name)), shown.table[names == name]


def _line(shown: Answer, rows: pd.DataFrame, name: str, color: str) -> go.Scatter:
    rows = rows.sort_values("period", kind="stable")
    open_end = rows["unfinished"].astype(bool) if "unfinished" in rows else pd.Series(data=False, index=rows.index)
    values = drawn_values(shown).loc[rows.index]
    return go.Scatter(
        x=rows["period"].to_numpy(), y=values.to_numpy(), name=name, mode="lines+markers", connectgaps=False,
        line={"color": color, "width": 2}, customdata=[[int(place)] for place in _places(shown, rows)],
        marker={"color": color, "size": 7, "symbol": ["circle-open" if tail else "circle" for tail in open_end]},
        hovertext=[hover_words(shown, row) for _, row in rows.iterrows()],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _before(shown: Answer) -> go.Scatter:
    return go.Scatter(
        x=shown.table["period"].to_numpy(), y=drawn_values(shown, "before").to_numpy(), name="before", mode="lines",
        line={"color": GREY, "width": 1.5, "dash": "dash"}, hoverinfo="skip", connectgaps=False,
    )  # fmt: skip


def _places(shown: Answer, rows: pd.DataFrame) -> list[int]:
    return [int(place) for place in shown.table.index.get_indexer(rows.index)]


def _name_periods(figure: go.Figure, shown: Answer) -> None:
    """Ticks on the periods themselves: Plotly's own weeks begin on Sunday, a day beside the points."""
    grain = shown.question.grain
    periods = shown.table["period"].drop_duplicates().sort_values()
    named = periods.iloc[:: -(-len(periods) // _MOST_TICKS)]
    if grain:
        figure.update_xaxes(tickvals=named.to_numpy(), ticktext=[tick_text(period, grain) for period in named])


def _add_level(figure: go.Figure, shown: Answer, target: float | None) -> None:
    asked = shown.question.threshold
    level = asked.value if asked else target
    if level is None:
        return
    place = level * drawn_scale(shown).factor
    style = {"color": GREY, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=place, y1=place, line=style)
    figure.add_annotation(
        text=f"{'asked' if asked else 'target'} {value_text(level, shown.kpi.unit)}", xref="x domain", x=0, y=place,
        xanchor="left", yanchor="bottom", showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip
