"""The bridge as a waterfall: the backlog at the start, what came, what went, the backlog at the end."""

from datetime import timedelta

import plotly.graph_objects as go

from analytics.flow.bridge import Bridge
from analytics.formatting import count_text, day_text, signed_text
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure

_HEIGHT = 320
_DAY = timedelta(days=1)
# Part of the axis left free at both ends, for the numbers beside the bars.
_ROOM = 0.09


def waterfall(found: Bridge) -> go.Figure:
    """Bars from start to end; `customdata` names the step."""
    start, end = found.filters.start, found.filters.end
    steps = [
        ("start", f"Open at the end of<br>{day_text(start - _DAY)}" if start else "Start", found.start, ""),
        ("opened", "Opened", found.opened, "+"),
        ("reopened", "Reopened", found.reopened, "+"),
        ("resolved", "Resolved", found.resolved, "-"),
        ("cancelled", "Cancelled", found.cancelled, "-"),
        *([("leak", "Not explained", found.leak, "leak")] if found.leak else []),
        ("end", f"Open at the end of<br>{day_text(end - _DAY)}" if end else "End", found.end, ""),
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Waterfall(
            x=[name for _, name, _, _ in steps],
            y=[-count if sign == "-" else count for _, _, count, sign in steps],
            measure=["absolute", *("relative" for _ in steps[1:-1]), "total"],
            text=[_text(count, sign) for _, _, count, sign in steps],
            textposition="outside",
            cliponaxis=False,
            customdata=[[step] for step, *_ in steps],
            hovertemplate="%{x}: <b>%{text}</b><extra></extra>",
            increasing={"marker": {"color": ORANGE}},
            decreasing={"marker": {"color": BLUE}},
            totals={"marker": {"color": GREY}},
            connector={"line": {"color": GREY, "width": 1}},
        )
    )
    figure.update_layout(height=_HEIGHT, hovermode="closest", showlegend=False, margin={"t": 24})
    most = max(found.start + found.opened + found.reopened + max(found.leak, 0), found.end, 1)
    figure.update_yaxes(tickformat=",d", rangemode="normal", range=[-_ROOM * most, (1 + _ROOM) * most])
    return figure


def _text(count: int, sign: str) -> str:
    if sign == "leak":
        return signed_text(count)
    return f"{sign if count else ''}{count_text(count)}"
