"""One ticket over time: lanes for group and status with a bar a stay, changes as marks, the due time as a line."""

import pandas as pd
import plotly.graph_objects as go

from analytics.filters import NOT_RECORDED
from analytics.formatting import hours_text, moment_text
from pages.charts.theme import BLUE, GREEN, GREY, OLIVE, ORANGE, PLUM, SAND, SERIOUS, SKY, empty_figure, inert

TIMES, CHANGES = "Times", "Changes"
_LANE_HEIGHT = 62
_STATUSES = {
    "new": GREY, "in_progress": BLUE, "pending": OLIVE, "resolved": GREEN, "closed": GREEN, "cancelled": GREY,
}  # fmt: skip
_CYCLE = (PLUM, SKY, SAND, GREY, *SERIOUS[-1:])
_MARKS = {
    "Opened": ("circle", BLUE), "First response": ("circle", SKY), "Due": ("line-ns-open", ORANGE),
    "Resolved": ("circle", GREEN), "Closed": ("square", GREEN),
}  # fmt: skip
# A stay a hair wide still gets a tooltip; ticks go from hours to years.
_TICKS = [
    {"dtickrange": [None, 86_400_000], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, "M1"], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]
_LONGEST_TEXT = 40


def ticket_timeline_figure(events: pd.DataFrame, stays: pd.DataFrame) -> go.Figure:
    """Lanes over time from the events (`happened_at`, `after`, `what`, `before`, `now`) and stays of one ticket.

    `stays` has `lane`, `value`, `entered_at`, `left_at`, `hours` and `milliseconds`.
    """
    figure = empty_figure()
    colours = _colours(stays)
    for lane, bars in stays.groupby("lane", sort=False):
        _add_bars(figure, str(lane), bars, colours)
    moments = events[events["what"].isin(_MARKS) & events["now"].isna() & events["happened_at"].notna()]
    changes = events.drop(index=moments.index).dropna(subset=["happened_at"])
    if not changes.empty:
        _add_changes(figure, changes)
    _add_moments(figure, moments)
    lanes = [TIMES, *dict.fromkeys(stays["lane"]), *([CHANGES] if len(changes) else [])]
    figure.update_yaxes(categoryorder="array", categoryarray=lanes[::-1], type="category", rangemode="normal", nticks=0)
    figure.update_xaxes(type="date", tickformatstops=_TICKS, nticks=6, showgrid=True, ticklabelmode="instant")
    figure.update_layout(
        hovermode="closest", showlegend=False, barmode="overlay", bargap=0.35, height=50 + _LANE_HEIGHT * len(lanes),
        margin={"l": 8, "r": 8, "t": 8, "b": 8}, uniformtext={"minsize": 10, "mode": "hide"},
    )  # fmt: skip
    return figure


def _colours(stays: pd.DataFrame) -> dict[tuple[str, str], str]:
    """A colour a value: statuses have their own, others take turns in order of their first stay."""
    found: dict[tuple[str, str], str] = {}
    for lane, value in zip(stays["lane"], stays["value"], strict=True):
        turn = sum(1 for known, _ in found if known == lane)
        colour = _STATUSES.get(str(value)) if lane == "Status" else None
        found.setdefault((lane, str(value)), colour or _CYCLE[turn % len(_CYCLE)])
    return found


def _add_bars(figure: go.Figure, lane: str, bars: pd.DataFrame, colours: dict[tuple[str, str], str]) -> None:
    names = [_shown(value) for value in bars["value"]]
    facts = [
        [name, hours_text(hours), moment_text(start), moment_text(end)]
        for name, hours, start, end in zip(names, bars["hours"], bars["entered_at"], bars["left_at"], strict=True)
    ]
    figure.add_trace(
        go.Bar(
            base=_texts(bars["entered_at"]), x=bars["milliseconds"].to_numpy(), y=[lane] * len(bars), orientation="h",
            text=[_shown(value, _LONGEST_TEXT) for value in bars["value"]], textposition="inside",
            insidetextanchor="start", textangle=0, insidetextfont={"color": "#FFFFFF"}, customdata=facts,
            marker={"color": [colours[lane, str(value)] for value in bars["value"]], "line": {"width": 0}},
            hovertemplate="%{customdata[0]}: <b>%{customdata[1]}</b><br>"
            "%{customdata[2]} to %{customdata[3]}<extra></extra>",
        )
    )  # fmt: skip


def _add_changes(figure: go.Figure, changes: pd.DataFrame) -> None:
    facts = [
        [row.what, _shown(row.before) if row.before is not None else "", _shown(row.now), moment_text(row.happened_at)]
        for row in changes.itertuples()
    ]
    figure.add_trace(
        go.Scatter(
            x=_texts(changes["happened_at"]), y=[CHANGES] * len(changes), mode="markers", customdata=facts,
            marker={"symbol": "diamond", "size": 9, "color": GREY, "opacity": 0.8},
            hovertemplate="%{customdata[0]}: %{customdata[1]} → <b>%{customdata[2]}</b><br>"
            "%{customdata[3]}<extra></extra>",
        )
    )  # fmt: skip


def _add_moments(figure: go.Figure, moments: pd.DataFrame) -> None:
    """Marks with their names on the lane of times, and a line through all lanes where the ticket was due."""
    places = ["top center", "bottom center"]
    sides = ["middle right" if what == "Due" else places[turn % 2] for turn, what in enumerate(moments["what"])]
    figure.add_trace(
        go.Scatter(
            x=_texts(moments["happened_at"]), y=[TIMES] * len(moments), mode="markers+text", cliponaxis=False,
            text=moments["what"].tolist(), textposition=sides,
            customdata=[moment_text(when) for when in moments["happened_at"]],
            marker={
                "symbol": [_MARKS[what][0] for what in moments["what"]], "size": 11,
                "color": [_MARKS[what][1] for what in moments["what"]],
            },
            hovertemplate="%{text}: <b>%{customdata}</b><extra></extra>",
        )
    )  # fmt: skip
    for when in _texts(moments.loc[moments["what"] == "Due", "happened_at"]):
        figure.add_vline(x=when, line={"color": ORANGE, "width": 2, "dash": "dash"})


def _texts(moments: pd.Series) -> list[str]:
    return [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in moments]


def _shown(value: object, longest: int = 200) -> str:
    if value is None or pd.isna(value):
        return NOT_RECORDED
    return inert(str(value).replace("in_progress", "in progress")[:longest])
