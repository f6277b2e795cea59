"""Open tickets by age: bars of bands, and each ticket against the desk's own lines."""

import math

import plotly.graph_objects as go

from analytics.flow.age_lines import AgeLines
from analytics.flow.age_points import AgePoints, value_label
from analytics.flow.ageing import Ageing
from analytics.formatting import age_text
from pages.charts.theme import BLUE, GREY, SERIOUS, empty_figure, inert

MOST_ROWS = 10
EVERYTHING = "All open tickets"
# The older, the stronger; the youngest band, in grey, is no reason to look.
_CHOSEN = {1: (4,), 2: (1, 4), 3: (1, 3, 5), 4: (0, 2, 4, 5), 5: (0, 1, 2, 4, 5), 6: (0, 1, 2, 3, 4, 5)}
_AGES = {1 / 24: "1 hour", 1: "1 day", 7: "7 days", 30: "30 days", 90: "90 days", 365: "1 year", 1825: "5 years"}
_DASHES = {"p50": "dot", "p85": "dash", "p95": "solid"}
_LINE_WORDS = {"p50": "50 %", "p85": "85 %", "p95": "95 %"}


def band_bars(shown: Ageing) -> go.Figure:
    """A bar for all open tickets and, where they are split, one for each of the largest values, by age band.

    `customdata` of a segment: the place of the row (-1 for all, else in `groups`) and of the band.
    """
    figure = empty_figure()
    rows = shown.groups.head(MOST_ROWS)
    labels = [EVERYTHING, *(inert(value_label(shown.by, value)) for value in rows["value"])]
    for place, (band, color) in enumerate(zip(shown.bands, _colors(len(shown.bands)), strict=True)):
        counts = [band.tickets, *(rows[f"band_{place}"].tolist() if len(rows) else [])]
        figure.add_trace(
            go.Bar(
                x=counts, y=list(range(len(labels))), orientation="h", name=band.words, text=[f"{n:,}" for n in counts],
                textposition="inside", insidetextfont={"color": "white"}, insidetextanchor="middle",
                textangle=0, marker={"color": color},
                customdata=[[row - 1, place] for row in range(len(labels))],
                hovertemplate=f"{band.words}: <b>%{{x:,}}</b><extra></extra>",
            )
        )  # fmt: skip
    figure.update_layout(
        barmode="stack",
        hovermode="closest",
        height=104 + 30 * len(labels),
        legend={"traceorder": "normal"},
        margin={"t": 36},
        uniformtext={"minsize": 10, "mode": "hide"},
    )
    figure.update_xaxes(tickformat=",d", nticks=6)
    figure.update_yaxes(
        autorange="reversed", tickvals=list(range(len(labels))), ticktext=labels, rangemode="normal", automargin=True,
        showgrid=False,
    )  # fmt: skip
    return figure


def age_strip(points: AgePoints, lines: AgeLines) -> go.Figure:
    """Each ticket as a point by age, side by side by value, with the lines that can be told.

    `customdata` of a point: its ticket key.
    """
    figure = empty_figure()
    frame = points.frame
    figure.add_trace(
        go.Scattergl(
            x=frame["place"].to_numpy(), y=frame["shown_days"].to_numpy(), mode="markers", name="open tickets",
            marker={"color": BLUE, "size": 5, "opacity": 0.75}, customdata=frame[["ticket_key"]].to_numpy().tolist(),
            text=[inert(str(name)) for name in frame["ticket_id"]],
            hovertemplate="%{text}: <b>%{y:,.1f} days</b><extra></extra>",
        )
    )  # fmt: skip
    for name, days in lines.known.items():
        _add_level(figure, name, days)
    figure.update_layout(hovermode="closest", showlegend=False, height=320)
    figure.update_layout(margin={"l": 8, "r": 88, "t": 16, "b": 8})
    names = [inert(value) for value in points.values]
    figure.update_xaxes(
        tickvals=list(range(len(names))), ticktext=names, range=[-0.6, len(names) - 0.4], automargin=True
    )
    figure.update_yaxes(type="log", tickvals=list(_AGES), ticktext=list(_AGES.values()), nticks=0, rangemode="normal")
    return figure


def _add_level(figure: go.Figure, name: str, days: float) -> None:
    shown = max(days, 1 / 24)
    style = {"color": GREY, "width": 1.5, "dash": _DASHES[name]}
    figure.add_shape(type="line", xref="x domain", x0=0, x1=1, y0=shown, y1=shown, line=style)
    figure.add_annotation(
        text=f"{_LINE_WORDS[name]}: {age_text(days).replace(' days', ' d')}", xref="paper", x=1.005, xanchor="left",
        y=math.log10(shown), showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip


def _colors(bands: int) -> list[str]:
    """Grey, then ever stronger orange."""
    return [GREY, *(SERIOUS[place] for place in _CHOSEN[bands - 1])]
