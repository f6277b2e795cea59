"""What was said beside what the tickets say: two tiles a statement, and between them how they compare."""

import plotly.graph_objects as go

from analytics.diagnostic.comparison import Compared, Comparison
from analytics.diagnostic.finding import AGREES, CANNOT_TELL, DISAGREES, PARTIAL
from pages.charts.theme import BLUE, GREY, ORANGE, SERIOUS, empty_figure, inert

# "=" and the like say it without colour.
MARKS = {AGREES: "=", DISAGREES: "\N{NOT EQUAL TO}", PARTIAL: "\N{ALMOST EQUAL TO}", CANNOT_TELL: "?"}
_SAID = {"yes": ORANGE, "no": BLUE, "dont_know": GREY, None: GREY}
_FOUND = {AGREES: ORANGE, DISAGREES: BLUE, PARTIAL: SERIOUS[1], CANNOT_TELL: GREY}


def said_and_found(shown: Comparison) -> go.Figure:
    """A row a statement: the answer, a mark, the finding; orange where the sign is there, blue where it is not."""
    figure = empty_figure()
    rows = shown.rows
    figure.add_trace(
        go.Scatter(
            x=[column for _ in rows for column in (0.5, 1.15, 1.8)],
            y=[place for place in range(len(rows)) for _ in range(3)],
            mode="text", text=[text for row in rows for text in (row.said, MARKS[row.verdict], row.data_says)],
            textfont={"color": [color for _ in rows for color in ("white", GREY, "white")], "size": 13},
            hovertext=[f"{inert(row.statement.text)}<br>{inert(row.sentence)}" for row in rows for _ in range(3)],
            hoverinfo="text",
        )
    )  # fmt: skip
    for place, row in enumerate(rows):
        _tile(figure, 0.0, place, _SAID[row.answer])
        _tile(figure, 1.3, place, _FOUND[row.finding.verdict] if row.finding else GREY)
    heads = {0.5: "You said" if shown.people is None else "People said", 1.8: "The tickets say"}
    for column, text in heads.items():
        figure.add_annotation(x=column, y=-0.55, yanchor="bottom", text=text, showarrow=False, font={"size": 13})
    figure.update_layout(
        height=44 + 36 * len(rows), hovermode="closest", showlegend=False, margin={"l": 8, "r": 8, "t": 8, "b": 4}
    )
    figure.update_xaxes(range=[-0.02, 2.32], visible=False, fixedrange=True)
    figure.update_yaxes(
        range=[len(rows) - 0.5, -1.2], tickvals=list(range(len(rows))), ticktext=[_name(row) for row in rows],
        showgrid=False, automargin=True, rangemode="normal", fixedrange=True,
    )  # fmt: skip
    return figure


def _tile(figure: go.Figure, left: float, place: int, color: str) -> None:
    figure.add_shape(
        type="rect", x0=left, x1=left + 1, y0=place - 0.42, y1=place + 0.42, fillcolor=color, line_width=0,
        layer="below",
    )  # fmt: skip


def _name(row: Compared) -> str:
    return inert(row.statement.sign)
