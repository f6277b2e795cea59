"""Who holds the open tickets: a bar for all and one a group, by owner class."""

import plotly.graph_objects as go

from analytics.flow.owner_classes import CLASSES
from analytics.flow.ownership import Ownership
from pages.charts.theme import BLUE, GREY, SERIOUS, empty_figure, inert

MOST_ROWS = 12
# Orange for what nobody moves, the stronger the less of an owner there is.
_COLORS = {
    "unassigned": SERIOUS[5],
    "group_only": SERIOUS[4],
    "assignee_inactive": SERIOUS[2],
    "silent": SERIOUS[0],
    "owned": BLUE,
    "cannot_tell": GREY,
}


def class_bars(shown: Ownership) -> go.Figure:
    """Each row is 100 %: all open tickets, then the groups with the most aged tickets without a clear owner.

    `customdata` of a segment: the place of the row (-1 for all, else in `groups`), the class, and its tickets.
    """
    figure = empty_figure()
    rows = shown.groups.head(MOST_ROWS)
    totals = [shown.tickets, *rows["tickets"].tolist()]
    names = ["All open tickets", *(inert("no group" if value is None else str(value)) for value in rows["value"])]
    labels = [f"{name} ({total:,})" for name, total in zip(names, totals, strict=True)]
    whole = {held.name: held.tickets for held in shown.classes}
    for name, color in _COLORS.items():
        counts = [whole[name], *rows[name].tolist()]
        if not any(counts):
            continue
        figure.add_trace(
            go.Bar(
                x=counts, y=list(range(len(labels))), orientation="h", name=CLASSES[name], marker={"color": color},
                text=[f"{count:,}" if count else "" for count in counts], textposition="inside",
                insidetextanchor="middle", textangle=0, insidetextfont={"color": "white"},
                customdata=[[row - 1, name, count] for row, count in enumerate(counts)],
                hovertemplate=f"{CLASSES[name]}: <b>%{{customdata[2]:,}}</b> (%{{x:.0f}} %)<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        barmode="stack", barnorm="percent", hovermode="closest", height=76 + 30 * len(labels),
        legend={"traceorder": "normal"}, margin={"t": 28, "r": 32}, uniformtext={"minsize": 10, "mode": "hide"},
    )  # fmt: skip
    figure.update_xaxes(
        range=[0, 100], tickvals=[0, 25, 50, 75, 100], ticktext=["0 %", "25 %", "50 %", "75 %", "100 %"]
    )
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(labels))), ticktext=labels, rangemode="normal", automargin=True,
        showgrid=False,
    )  # fmt: skip
    return figure
