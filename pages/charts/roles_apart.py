"""Leaders' answers against practitioners': a line between two marks for each statement."""

import plotly.graph_objects as go

from analytics.diagnostic.perception import Group
from analytics.diagnostic.questionnaire import Questionnaire
from pages.charts.theme import GREY, PLUM, SKY, empty_figure, inert


def roles_apart(sheet: Questionnaire, leaders: Group, practitioners: Group) -> go.Figure:
    """The share of each that ticked a statement, those where they are furthest apart on top."""
    pairs = [(one, leaders.tally(one.id).share, practitioners.tally(one.id).share) for one in sheet.statements]
    told = [(one, first, second) for one, first, second in pairs if first is not None and second is not None]
    told.sort(key=lambda pair: -abs(pair[1] - pair[2]))
    rows = list(range(len(told)))
    figure = empty_figure()
    for row, (_, first, second) in enumerate(told):
        figure.add_shape(
            type="line", x0=first, x1=second, y0=row, y1=row, line={"color": GREY, "width": 3}, layer="below"
        )
    marks = (("Leaders", PLUM, "diamond", leaders, 1), ("Team members", SKY, "circle", practitioners, 2))
    for name, color, symbol, group, place in marks:
        figure.add_trace(
            go.Scatter(
                x=[pair[place] for pair in told], y=rows, mode="markers", name=f"{name} ({group.people})",
                marker={"color": color, "size": 13, "symbol": symbol},
                hovertext=[f"{inert(one.text)}<br>{name}: {group.tally(one.id).yes} of {group.tally(one.id).answered}"
                           for one, _, _ in told],
                hoverinfo="text",
            )
        )  # fmt: skip
    figure.update_layout(
        height=96 + 30 * len(rows), hovermode="closest", margin={"t": 32, "r": 16}, legend={"x": 0, "xanchor": "left"}
    )
    figure.update_xaxes(
        range=[-0.04, 1.04], tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"],
        fixedrange=True,
    )  # fmt: skip
    figure.update_yaxes(
        range=[len(rows) - 0.5, -0.5], tickvals=rows, ticktext=[inert(one.sign) for one, _, _ in told],
        automargin=True, rangemode="normal", fixedrange=True, showgrid=False,
    )  # fmt: skip
    return figure
