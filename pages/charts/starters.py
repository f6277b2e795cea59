"""New joiners: how early or late they were ready, and the share that was late by site or department."""

import pandas as pd
import plotly.graph_objects as go

from analytics.formatting import count_text, percent_text
from pages.charts.theme import BLUE, GREY, ORANGE, empty_figure, inert

MOST_BARS = 12
_LONGEST_NAME = 26


def readiness_figure(bands: pd.DataFrame) -> go.Figure:
    """A bar a band of `bands` (band, starters, is_late), from early to late; the late ones stand out."""
    figure = empty_figure()
    for is_late, name, color in ((False, "ready by the first morning", BLUE), (True, "late", ORANGE)):
        part = bands[bands["is_late"] == is_late]
        figure.add_trace(
            go.Bar(
                x=part["band"], y=part["starters"].to_numpy(), name=name, marker={"color": color, "opacity": 0.9},
                text=[count_text(starters) for starters in part["starters"]], textposition="outside",
                cliponaxis=False, hovertemplate="%{x}: <b>%{y:,}</b> starters<extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(height=320, hovermode="closest", barmode="overlay")
    labels = [_broken(str(band)) for band in bands["band"]]
    order = {"type": "category", "categoryorder": "array", "categoryarray": bands["band"]}
    figure.update_xaxes(order | {"tickvals": bands["band"], "ticktext": labels, "tickangle": 0})
    figure.update_yaxes(showticklabels=False, showgrid=False)
    return figure


def _broken(band: str) -> str:
    """A band's words in three short lines, for a narrow screen."""
    for word in (" day", " early", " late"):
        band = band.replace(word, f"<br>{word.strip()}")
    return band


def late_groups_figure(groups: pd.DataFrame) -> go.Figure:
    """A bar a group: the share that was late, in another colour where it stands out. `groups` as `Starters.sites`."""
    shown = groups.head(MOST_BARS)
    names = [str(value) for value in shown["value"]]
    facts = [
        [inert(str(row.value)), count_text(row.late), count_text(row.starters), percent_text(row.share)]
        for row in shown.itertuples()
    ]
    figure = empty_figure()
    figure.add_trace(
        go.Bar(
            x=shown["share"].to_numpy(), y=names, orientation="h", customdata=facts,
            text=[f"{fact[3]} of {fact[2]}" for fact in facts], textposition="outside", cliponaxis=False,
            marker={"color": [ORANGE if out else GREY for out in shown["stands_out"]], "opacity": 0.9},
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b> of %{customdata[2]} starters late<extra></extra>",
        )
    )  # fmt: skip
    figure.update_layout(hovermode="closest", showlegend=False, height=90 + 30 * max(len(shown), 3))
    figure.update_layout(margin={"l": 8, "r": 96, "t": 8, "b": 8})
    figure.update_xaxes(tickformat=".0%", rangemode="tozero", nticks=4, tickangle=0)
    ticks = {"tickvals": names, "ticktext": [fact[0][:_LONGEST_NAME] for fact in facts]}
    figure.update_yaxes({"autorange": "reversed", "type": "category", "nticks": 0} | ticks)
    return figure
