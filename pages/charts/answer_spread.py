"""The spread of a group's answers: no to the left, yes to the right, don't know apart; the most divided on top."""

import plotly.graph_objects as go

from analytics.diagnostic.perception import Group, by_division
from analytics.diagnostic.questionnaire import Questionnaire
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert


def answer_spread(sheet: Questionnaire, group: Group) -> go.Figure:
    """A row a statement; the bars are people, and say how many."""
    figure = empty_figure()
    tallies = by_division(group)
    rows = list(range(len(tallies)))
    bars = (
        ("No", BLUE, [-one.no for one in tallies], 0.0, [one.no for one in tallies]),
        ("Yes", ORANGE, [one.yes for one in tallies], 0.0, [one.yes for one in tallies]),
        ("Don't know", GREY, [one.dont_know for one in tallies], group.people * 1.12, [o.dont_know for o in tallies]),
    )
    for name, color, lengths, base, counts in bars:
        figure.add_trace(
            go.Bar(
                x=lengths, y=rows, base=base, orientation="h", name=name, marker={"color": color}, width=0.7,
                text=[str(count) if count else "" for count in counts], textposition="inside", textangle=0,
                insidetextanchor="middle", constraintext="none", insidetextfont={"color": "white"},
                customdata=[[inert(sheet.statement(one.statement).text), count]
                            for one, count in zip(tallies, counts, strict=True)],
                hovertemplate=f"%{{customdata[0]}}<br>{name}: <b>%{{customdata[1]}}</b><extra></extra>",
            )
        )  # fmt: skip
    most = max([one.dont_know for one in tallies], default=0)
    figure.update_layout(
        barmode="overlay", hovermode="closest", height=72 + 32 * len(rows), margin={"t": 32, "r": 8},
        legend={"traceorder": "normal"},
    )  # fmt: skip
    figure.add_shape(
        type="line", x0=0, x1=0, yref="y domain", y0=0, y1=1, line={"color": GREY, "width": 1}, layer="above"
    )
    figure.update_xaxes(
        visible=False,
        fixedrange=True,
        range=[-group.people * 1.02, group.people * 1.14 + max(most, group.people * 0.2)],
    )
    figure.update_yaxes(
        autorange="reversed", tickvals=rows, ticktext=[inert(sheet.statement(one.statement).sign) for one in tallies],
        showgrid=False, automargin=True, rangemode="normal", fixedrange=True,
    )  # fmt: skip
    return figure
