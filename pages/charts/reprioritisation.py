"""Changes of priority by group, or the mix of priorities now and before."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import count_text
from pages.charts.theme import BLUE, GREY, empty_figure, inert

MOST_BARS = 12


def groups_figure(groups: pd.DataFrame) -> go.Figure:
    """A bar a group: the share of its tickets whose priority was changed. `customdata` begins with the group."""
    shown = groups[groups["changed"] > 0].head(MOST_BARS)
    facts = [
        [row.assignment_group, inert(str(row.assignment_group)), count_text(row.changed), count_text(row.tickets)]
        for row in shown.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=shown["share"].to_numpy(), y=[fact[0] for fact in facts], orientation="h", customdata=facts,
            text=[f"{share * 100:.1f} % of {fact[3]}" for share, fact in zip(shown["share"], facts, strict=True)],
            textposition="outside", cliponaxis=False, marker={"color": BLUE, "opacity": 0.9},
            hovertemplate="%{customdata[1]}: <b>%{customdata[2]}</b> of %{customdata[3]} tickets<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False, height=90 + 30 * max(len(shown), 3))
    figure.update_layout(margin={"l": 8, "r": 96, "t": 8, "b": 8})
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", nticks=4, tickangle=0)
    ticks = {"tickvals": [fact[0] for fact in facts], "ticktext": [fact[1][:26] for fact in facts]}
    figure.update_yaxes({"autorange": "reversed", "type": "category", "nticks": 0} | ticks)
    return figure


def mix_figure(mix: pd.DataFrame) -> go.Figure:
    """Bars of the shares of the priorities, the period before beside this one; the frame has priority, before, now."""
    figure = empty_figure()
    for name, words, color in (("before", "period before", GREY), ("now", "this period", BLUE)):
        shares, counts = mix[name] / mix[name].sum(), [count_text(int(count)) for count in mix[name]]
        figure.add_trace(
            go.Bar(
                x=[f"priority {priority}" for priority in mix["priority"]], y=shares.to_numpy(), name=words,
                customdata=counts, marker={"color": color, "opacity": 0.9},
                hovertemplate=f"%{{x}}, {words}: <b>%{{y:.1%}}</b> (%{{customdata}} tickets)<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(height=320, hovermode="closest")
    figure.update_yaxes(tickformat=".0%")
    return figure
