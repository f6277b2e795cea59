"""The picture of an answer: bars, lines or a matrix. What rests on too few tickets is named, never drawn as a number.

`customdata` of everything drawn is the row's place in the answer's table.
"""

import plotly.graph_objects as go

from analytics.ask.answer import Answer, Shape
from analytics.formatting import TOO_FEW, value_text
from pages.charts.answer_lines import line_figure
from pages.charts.answer_matrix import matrix_figure
from pages.charts.answer_rows import drawn_scale, drawn_values, hover_words, row_label, short, value_words
from pages.charts.theme import BLUE, GREY, empty_figure

MOST_BARS = 15
_ROW_HEIGHT, _FRAME_HEIGHT = 30, 56
_MARKS = {Shape.BARS: "bar", Shape.LINE: "point", Shape.LINES: "point", Shape.MATRIX: "cell"}


def answer_figure(shown: Answer, target: float | None, dark: bool) -> go.Figure | None:
    """The picture that fits, None where the number says it all; `target` is drawn where none was asked for."""
    if shown.table.empty:
        return None
    match shown.shape:
        case Shape.BARS:
            return _bars(shown, target)
        case Shape.LINE | Shape.LINES:
            return line_figure(shown, target)
        case Shape.MATRIX if len(shown.question.by) == 2:
            return matrix_figure(shown, dark)
    return None


def _bars(shown: Answer, target: float | None) -> go.Figure:
    """A bar a row in the table's order, from above, with the value beside it and the one before in grey.

    Rows of too few tickets come after the others, so that they take no room from what can be read.
    """
    drawn = _drawn(shown)
    rows = shown.table.iloc[drawn]
    places = list(range(len(rows)))
    figure = empty_figure()
    figure.add_trace(_trace(shown, drawn, "value", shown.kpi.title, BLUE))
    if "before" in rows:
        figure.add_trace(_trace(shown, drawn, "before", "before", GREY))
    thick = _ROW_HEIGHT + (14 if "before" in rows else 0)
    figure.update_layout(
        hovermode="closest", height=_FRAME_HEIGHT + thick * max(len(rows), 2), showlegend="before" in rows,
        margin={"l": 8, "r": 64, "t": 52 if "before" in rows else 24, "b": 8}, bargap=0.3, barmode="group",
        legend={"x": 0, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top"},
    )  # fmt: skip
    labels = [short(row_label(shown, row)) for _, row in rows.iterrows()]
    figure.update_yaxes(
        tickvals=places, ticktext=labels, range=[len(rows) - 0.5, -0.5], rangemode="normal", nticks=0, automargin=True,
        showgrid=False,
    )  # fmt: skip
    figure.update_xaxes(
        ticksuffix=drawn_scale(shown).suffix, showgrid=True, rangemode="tozero", tickformat=",~r", nticks=6
    )
    _add_limit(figure, shown, target)
    return figure


def _drawn(shown: Answer) -> list[int]:
    """The places of the rows that are drawn."""
    few = shown.table["too_few"].astype(bool).tolist()
    return sorted(range(len(few)), key=lambda place: few[place])[:MOST_BARS]


def _trace(shown: Answer, drawn: list[int], column: str, name: str, color: str) -> go.Bar:
    rows, values = shown.table.iloc[drawn], drawn_values(shown, column).iloc[drawn]
    words = [value_words(shown, row, column) for _, row in rows.iterrows()]
    return go.Bar(
        x=values.fillna(0.0).to_numpy(), y=list(range(len(rows))), orientation="h", name=name, text=words,
        textposition="outside", cliponaxis=False, marker={"color": color, "opacity": 0.9},
        customdata=[[place] for place in drawn],
        hovertext=[hover_words(shown, row) for _, row in rows.iterrows()],
        hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip


def _add_limit(figure: go.Figure, shown: Answer, target: float | None) -> None:
    """The threshold asked for, else the target, as a dashed line across the bars."""
    asked = shown.question.threshold
    level = asked.value if asked else target
    if level is None:
        return
    place = level * drawn_scale(shown).factor
    style = {"color": GREY, "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", yref="y domain", y0=0, y1=1, x0=place, x1=place, line=style)
    figure.add_annotation(
        text=f"{'asked' if asked else 'target'} {value_text(level, shown.kpi.unit)}", x=place, yref="y domain", y=1,
        yanchor="bottom", xanchor="center", showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip


def picture_words(shown: Answer) -> str:
    """How to read the picture: what is not drawn, and that it can be clicked."""
    said = [f"Click a {_MARKS[shown.shape]} for its tickets."]
    if shown.shape is Shape.BARS and len(shown.table) > MOST_BARS:
        said.append(f"The first {MOST_BARS} of {len(shown.table):,} rows are drawn; the table has all of them.")
    if shown.table["too_few"].astype(bool).any():
        said.append(f"'{TOO_FEW}' is fewer than five tickets: no number to act on.")
    if "unfinished" in shown.table and shown.table["unfinished"].astype(bool).any():
        said.append("Hollow: not finished yet.")
    return " ".join(said)
