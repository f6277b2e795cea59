"""When recurring groups came up: a row a group, a dot a week, the larger the more tickets."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from pages.charts.theme import BLUE, GREEN, GREY, ORANGE, empty_figure, inert

UNOWNED, OWNED, ASIDE = "no problem record", "has a problem record", "gone or dismissed"
_COLORS = {UNOWNED: ORANGE, OWNED: BLUE, ASIDE: GREY}
_LARGEST, _SMALLEST = 22, 5
_LONGEST_NAME = 26


def recurring_figure(
    weekly: pd.DataFrame, names: Sequence[str], kinds: Sequence[str], fixed: Sequence[date | None] = ()
) -> go.Figure:
    """Dots of `weekly` (`place`, `week`, `tickets`); `names`, `kinds` and perhaps the days `fixed` are by place."""
    figure = empty_figure()
    most = max(weekly["tickets"].max() if len(weekly) else 1, 1)
    for kind, color in _COLORS.items():
        places = [place for place, one in enumerate(kinds) if one == kind]
        rows = weekly[weekly["place"].isin(places)]
        if not places:
            continue
        figure.add_trace(
            go.Scatter(
                x=rows["week"], y=rows["place"], mode="markers", name=kind,
                marker={
                    "color": color, "size": rows["tickets"], "sizemode": "area", "sizemin": _SMALLEST,
                    "sizeref": 2 * most / _LARGEST**2, "line": {"width": 0},
                },
                customdata=rows["tickets"],
                hovertemplate="week of %{x|%-d %b %Y}: <b>%{customdata}</b> tickets<extra></extra>",
            )
        )  # fmt: skip
    _draw_fixes(figure, fixed)
    figure.update_layout(
        hovermode="closest",
        showlegend=True,
        legend={"itemsizing": "constant"},
        height=110 + 34 * max(len(names), 2),
        margin={"r": 24},
    )
    figure.update_xaxes(showgrid=True)
    figure.update_yaxes(
        tickvals=list(range(len(names))), ticktext=[_short(name) for name in names], autorange="reversed",
        range=[len(names) - 0.5, -0.5], rangemode="normal", showgrid=False, automargin=True,
    )  # fmt: skip
    return figure


def _draw_fixes(figure: go.Figure, fixed: Sequence[date | None]) -> None:
    known = [(place, day) for place, day in enumerate(fixed) if day]
    if not known:
        return
    figure.add_trace(
        go.Scatter(
            x=[day for _, day in known], y=[place for place, _ in known], mode="markers", name="fixed",
            marker={"symbol": "line-ns-open", "size": 26, "color": GREEN, "line": {"width": 3, "color": GREEN}},
            hovertemplate="fixed on %{x|%-d %b %Y}<extra></extra>",
        )
    )  # fmt: skip


def _short(name: str) -> str:
    return inert(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
