"""Where open time goes: a bar a status or group, the longest on top."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import count_text, hours_text
from pages.charts.theme import BLUE, empty_figure, inert

MOST_BARS = 12


def steps_figure(steps: pd.DataFrame, ours: bool = False) -> go.Figure:
    """Bars of the share of open time; `customdata` begins with the value. `ours`: the names are not an export's."""
    shown = steps.head(MOST_BARS)
    facts = [
        [row.value, inert(str(row.value)), hours_text(row.hours), count_text(row.tickets), *_stays(row)]
        for row in shown.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=shown["share"].to_numpy(), y=shown["value"].astype(str).tolist(), orientation="h",
            text=[_label(row) for row in shown.itertuples()], textposition="outside", cliponaxis=False,
            customdata=facts, marker={"color": BLUE, "opacity": 0.9},
            hovertemplate="%{customdata[1]}: <b>%{customdata[2]}</b> in all, %{customdata[3]} tickets<br>"
            "half of the stays within %{customdata[4]}, 85 % within %{customdata[5]}<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False, height=90 + 30 * max(len(shown), 3))
    figure.update_layout(margin={"l": 8, "r": 130, "t": 8, "b": 8})
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", nticks=4, tickangle=0)
    names = shown["value"].astype(str).tolist()
    figure.update_yaxes(
        autorange="reversed",
        type="category",
        nticks=0,
        tickvals=names,
        ticktext=[_short(_words(name) if ours else name) for name in names],
    )
    return figure


def _stays(row: object) -> tuple[str, str]:
    hours = (row.median_hours, row.p85_hours)  # type: ignore[attr-defined]
    return tuple("too few" if pd.isna(each) else hours_text(each) for each in hours)  # type: ignore[return-value]


def _label(row: object) -> str:
    share: float = row.share  # type: ignore[attr-defined]
    median: float = row.median_hours  # type: ignore[attr-defined]
    written = f"{share * 100:.0f} %" if share >= 0.01 else "under 1 %"
    return written if pd.isna(median) else f"{written}, median {hours_text(median)}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _short(name: str) -> str:
    return inert(name if len(name) <= 26 else f"{name[:25]}…")
