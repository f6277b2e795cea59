"""The backlog's course: one line, or areas that stack up to it, with edges, clean-ups and notes marked."""

from collections.abc import Iterable
from datetime import date

import plotly.graph_objects as go

from analytics.flow.backlog_trend import OTHER, BacklogTrend
from analytics.flow.edges import OPENED_SINCE, Mark
from analytics.formatting import count_text, day_text
from pages.charts.days import name_days
from pages.charts.theme import BLUE, GREEN, GREY, OLIVE, ORANGE, PLUM, SKY, empty_figure, inert

_PARTS = (BLUE, ORANGE, GREEN, PLUM, OLIVE, SKY)
_MOST_MARKED = 120
_LONGEST_NOTE = 80
_HEIGHT = 320

Note = tuple[date, str]


def backlog_trend_figure(trend: BacklogTrend, notes: Iterable[Note] = ()) -> go.Figure:
    """The figure; `customdata` of a level begins with its place in `trend.frame` and of its part in `trend.labels`.

    `notes` are (day, text), the text a person's.
    """
    figure = empty_figure()
    if trend.parts.empty:
        _add_level(figure, trend)
    else:
        _add_parts(figure, trend)
    for row, mark in enumerate(trend.marks):
        _add_band(figure, trend, mark, row)
    _add_closures(figure, trend)
    _add_notes(figure, trend, notes)
    # A click takes the point that is named: with areas that must be the nearest one.
    figure.update_layout(hovermode="x" if trend.parts.empty else "closest")
    top = 28 if any(trace.showlegend is not False for trace in figure.data) else 8
    figure.update_layout(height=_HEIGHT, margin={"l": 8, "r": 8, "t": top, "b": 8}, legend={"traceorder": "normal"})
    figure.update_yaxes(tickformat=",d")
    name_days(figure, trend.frame["period"])
    return figure


def _add_level(figure: go.Figure, trend: BacklogTrend) -> None:
    figure.add_trace(
        go.Scatter(
            x=trend.frame["period"].to_numpy(), y=trend.frame["open"].to_numpy(), name="open", mode="lines+markers",
            line={"color": BLUE, "width": 2}, marker=_marker(trend, 5, BLUE), unselected={"marker": {"opacity": 1}},
            customdata=[[place, None, day_text(trend.last_day(place))] for place in range(len(trend.frame))],
            showlegend=False, hovertemplate="<b>%{y:,d}</b> open at the end of %{customdata[2]}<extra></extra>",
        )
    )  # fmt: skip


def _add_parts(figure: go.Figure, trend: BacklogTrend) -> None:
    days = [day_text(trend.last_day(place)) for place in range(len(trend.frame))]
    wholes = [(count_text(level), day) for level, day in zip(trend.frame["open"], days, strict=True)]
    for part, (column, label) in enumerate(zip(trend.parts, trend.labels, strict=True)):
        color = GREY if column == OTHER else _PARTS[part]
        figure.add_trace(
            go.Scatter(
                x=trend.frame["period"].to_numpy(), y=trend.parts[column].to_numpy(), name=_short(label),
                stackgroup="open", mode="lines+markers", line={"color": color, "width": 1},
                marker=_marker(trend, 3, color), unselected={"marker": {"opacity": 1}},
                customdata=[[place, part, _short(label), *each] for place, each in enumerate(wholes)],
                hovertemplate="%{customdata[2]}: <b>%{y:,d}</b> of %{customdata[3]} open at the end of "
                "%{customdata[4]}<extra></extra>",
            )
        )  # fmt: skip


def _marker(trend: BacklogTrend, size: int, color: str) -> dict[str, object]:
    """A point, without which Plotly has nothing to click."""
    return {"size": size if len(trend.frame) <= _MOST_MARKED else 1, "color": color}


def _add_band(figure: go.Figure, trend: BacklogTrend, mark: Mark, row: int) -> None:
    """Days that rates leave out are shaded; until when the level lacks older tickets is a dotted line."""
    first, last = trend.frame["period"].iloc[0].date(), trend.frame["period"].iloc[-1].date()
    start, end = max(mark.start, first), min(mark.end, last)
    if mark.kind == OPENED_SINCE:
        if first < mark.end < last:
            _add_line(figure, mark.end, GREY, "dot")
            _name(figure, mark.end, f"opened since {day_text(mark.start)}", "right", row)
    elif start < end:
        figure.add_shape(
            type="rect", x0=str(start), x1=str(end), yref="y domain", y0=0, y1=1, fillcolor=GREY, opacity=0.18,
            line_width=0, layer="below",
        )  # fmt: skip
        if (end - start).days * 12 > (last - first).days:
            _name(figure, start, mark.kind, "left", row)


def _add_closures(figure: go.Figure, trend: BacklogTrend) -> None:
    frame = trend.closures.frame
    days = [day.date() for day in frame["day"]]
    texts = [
        f"clean-up on {day_text(day)}: {count_text(ended)} closed, about {expected:,.0f} usual"
        for day, ended, expected in zip(days, frame["ended"], frame["expected"], strict=True)
    ]
    _add_points(figure, trend, days, texts, "clean-up", ORANGE, "triangle-down", "solid")


def _add_notes(figure: go.Figure, trend: BacklogTrend, notes: Iterable[Note]) -> None:
    shown = [note for note in notes if _is_shown(trend, note[0])]
    texts = [inert(_cut(text, _LONGEST_NOTE)) for _, text in shown]
    _add_points(figure, trend, [day for day, _ in shown], texts, "note", GREY, "diamond", "dash")


def _is_shown(trend: BacklogTrend, day: date) -> bool:
    first, last = trend.frame["period"].iloc[0].date(), trend.last_day(len(trend.frame) - 1)
    return bool(first <= day <= last)


def _add_points(
    figure: go.Figure, trend: BacklogTrend, days: list[date], texts: list[str], name: str, color: str, symbol: str,
    dash: str,
) -> None:  # fmt: skip
    """A line for each day or week that has any, and on the level a point whose hover says what it is."""
    if not days:
        return
    levels = dict(zip(trend.frame["period"].dt.date, trend.frame["open"], strict=True))
    said: dict[date, list[str]] = {}
    for day, text in zip(days, texts, strict=True):
        said.setdefault(trend.grain.start(day), []).append(text)
    for period in said:
        _add_line(figure, period, color, dash)
    figure.add_trace(
        go.Scatter(
            x=list(said), y=[levels.get(period) for period in said], mode="markers", name=name,
            text=["<br>".join(lines) for lines in said.values()],
            marker={"color": color, "size": 11, "symbol": symbol}, hovertemplate="%{text}<extra></extra>",
            unselected={"marker": {"opacity": 1}},
        )
    )  # fmt: skip


def _add_line(figure: go.Figure, day: date, color: str, dash: str) -> None:
    line = {"color": color, "width": 1, "dash": dash}
    figure.add_shape(type="line", x0=str(day), x1=str(day), yref="y domain", y0=0, y1=1, line=line, opacity=0.45)


def _name(figure: go.Figure, day: date, text: str, side: str, row: int) -> None:
    """In rows, so that names of bands that overlap stand below each other."""
    figure.add_annotation(
        text=text, x=str(day), xanchor=side, yref="y domain", y=0.99, yshift=-18 * (row % 3), yanchor="top",
        showarrow=False, font={"size": 12, "color": GREY},
    )  # fmt: skip


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _short(label: str) -> str:
    return inert(_cut(label, 26))
