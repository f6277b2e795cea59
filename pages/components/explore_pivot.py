"""Pivot: rows by a dimension, across them another one or time; the picture is the one that the data fits."""

from hashlib import sha256
from typing import Any

import streamlit as st

from analytics.ask.question import Question
from analytics.explore.leaderboard import leaderboard
from analytics.explore.pivot import Pivot, pivot
from analytics.filters import read_value
from analytics.formatting import count_text
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.explore_split import MOST_LINES, split_bars, split_lines
from pages.charts.theme import CONFIG
from pages.components.address import asked_texts
from pages.components.clicked import clicked
from pages.components.explore_heat import FEW, heated
from pages.components.explore_state import BY, GRAIN, Explored, offered, put
from pages.components.explore_tickets import open_tickets, picked
from pages.components.results import asked

_ALONE = "nothing"
_MOST_BARS = 25
_TALLEST = 700
_NAME = "name"
_OVER_TIME = {f"per {grain.value}": grain for grain in Grain}


def explore_pivot(shown: Explored, engine: Engine) -> None:
    """Draw the split that the address asks for; without one, the first dimension over time."""
    names = offered(engine)
    if not names:
        st.caption("Nothing in this data tells tickets apart, so there is nothing to split by.")
        return
    rows, columns, grain = _split(shown, names)
    _choose(rows, columns or (f"per {grain.value}" if grain else _ALONE), names)
    if columns or grain:
        found = asked(pivot, engine, shown.question.kpi, shown.filters, rows, columns, grain)
        if not found.row_labels:
            st.caption("No tickets here. Choose a longer period, or take a filter away.")
            return
        if grain and len(found.column_labels) > 1:
            _lines(found, shown, engine)
        _matrix(found, shown, engine)
    else:
        _bars(rows, shown, engine)


def _split(shown: Explored, names: list[str]) -> tuple[str, str, Grain | None]:
    """Rows, columns and grain; what the address leaves open is the first dimension over time."""
    by = [name for name in shown.question.by if name in names]
    if not asked_texts(BY) or not by:
        # One value by itself is no split.
        single = {name for name, values in shown.filters.where if len(values) == 1}
        return next((name for name in names if name not in single), names[0]), "", shown.grain
    if len(by) > 1:
        return by[0], by[1], None
    return by[0], "", shown.question.grain


def _choose(rows: str, across: str, names: list[str]) -> None:
    st.session_state.pivot_rows, st.session_state.pivot_across = rows, across
    options = [_ALONE, *_OVER_TIME, *(name for name in names if name != rows)]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox(
            "Rows", names, key="pivot_rows", label_visibility="collapsed", width=230, on_change=_keep,
            format_func=lambda name: f"Rows: {name.replace('_', ' ')}",
        )  # fmt: skip
        st.selectbox(
            "Across", options, key="pivot_across", label_visibility="collapsed", width=230, on_change=_keep,
            format_func=lambda name: f"Across: {name.replace('_', ' ')}",
        )  # fmt: skip
        st.button("Swap", icon=":material/swap_horiz:", type="tertiary", on_click=put, args=({BY: [across, rows]},),
                  disabled=across not in names)  # fmt: skip


def _keep() -> None:
    rows, across = st.session_state.pivot_rows, st.session_state.pivot_across
    grain = _OVER_TIME.get(across)
    split = [rows] if grain or across in (_ALONE, rows) else [rows, across]
    put({BY: split, GRAIN: [grain.value] if grain else []})


def _bars(rows: str, shown: Explored, engine: Engine) -> None:
    board = asked(leaderboard, engine, shown.question.kpi, shown.filters, rows, shown.earlier)
    ranked = board.ranked(shown.ranked)
    drawn = ranked.head(_MOST_BARS)
    if drawn.empty:
        st.caption("No tickets here. Choose a longer period, or take a filter away.")
        return
    alt = f"{board.kpi.title} by {rows.replace('_', ' ')}: {len(drawn)} bars"
    event = st.plotly_chart(
        split_bars(board, drawn), config=CONFIG, key="pivot_bars", alt=alt, on_select="rerun", selection_mode="points"
    )
    left = f" {count_text(len(ranked) - len(drawn))} more are on the leaderboard." if len(ranked) > len(drawn) else ""
    st.caption(f"Click a bar for its tickets.{left}")
    point = clicked(event, "pivot_bars")
    if point:
        label = str(drawn["label"].iloc[int(point["customdata"][0])])
        open_tickets(shown.over(shown.filters.only(rows, read_value(rows, label))), shown, engine)


def _lines(found: Pivot, shown: Explored, engine: Engine) -> None:
    named = min(len(found.row_labels), MOST_LINES)
    alt = f"{found.kpi.title} over time, a line for each of {named} values of {found.rows.replace('_', ' ')}"
    event = st.plotly_chart(
        split_lines(found), config=CONFIG, key="pivot_lines", alt=alt, on_select="rerun", selection_mode="points"
    )
    if len(found.row_labels) > MOST_LINES:
        st.caption(f"The {MOST_LINES} with most tickets are drawn; the table has all.")
    point = clicked(event, "pivot_lines")
    if point:
        row, column = point["customdata"]
        open_tickets(_behind(found, int(row), str(column), shown), shown, engine)


def _matrix(found: Pivot, shown: Explored, engine: Engine) -> None:
    """The numbers as a heat map; each cell leads to its tickets, a row's name to those of the row."""
    values = found.matrix().mask(found.matrix("too_few").eq(True), FEW)
    numbers = values.reset_index(drop=True).set_axis([str(place) for place in range(values.shape[1])], axis="columns")
    numbers.insert(0, _NAME, list(found.row_labels))
    key = f"pivot_{sha256(repr((found.row_labels, found.column_labels)).encode()).hexdigest()[:12]}"
    event: Any = st.dataframe(
        heated(numbers, found.kpi.unit, st.context.theme.type == "dark"), key=key, on_select="rerun",
        selection_mode="single-cell", row_height=32, placeholder="", hide_index=True, column_config=_columns(found),
        height="content" if len(values) < _MOST_BARS else _TALLEST,
        alt=f"{found.kpi.title}, {len(values)} rows across {len(values.columns)} columns",
    )  # fmt: skip
    st.caption(f"Click a cell for what is in it. The stronger the colour, the higher the number.{_left_out(found)}")
    for row, column in event.selection.cells[:1]:
        _picked(found, int(row), str(column), shown, engine)


def _columns(found: Pivot) -> dict[str, Any]:
    """Columns stand under their places; their titles are drawn as they are."""
    titles = {
        str(place): st.column_config.NumberColumn(label or "Value") for place, label in enumerate(found.column_titles)
    }
    name = st.column_config.TextColumn(found.rows.replace("_", " ").capitalize(), pinned=True, width="medium")
    return {_NAME: name} | titles


def _left_out(found: Pivot) -> str:
    rows = f" {count_text(found.rows_left_out)} rows with fewer tickets are not shown." if found.rows_left_out else ""
    words = "older periods" if found.grain else "columns with fewer tickets"
    columns = f" {count_text(found.columns_left_out)} {words} are not shown." if found.columns_left_out else ""
    return rows + columns


def _picked(found: Pivot, row: int, column: str, shown: Explored, engine: Engine) -> None:
    """What the cell is of, and what can be done with it."""
    label = found.row_labels[row]
    only, words = {found.rows: [label]}, label
    if column != _NAME:
        across = found.column_labels[int(column)]
        words = f"{label}, {across}"
        only |= {found.columns: [across]} if found.columns else {}
    picked(words, _behind(found, row, column, shown), only, shown, engine, "pivot")


def _behind(found: Pivot, row: int, column: str, shown: Explored) -> Question:
    filters = shown.filters.only(found.rows, read_value(found.rows, found.row_labels[row]))
    if column != _NAME and found.columns:
        filters = filters.only(found.columns, read_value(found.columns, found.column_labels[int(column)]))
    elif column != _NAME and found.grain:
        start, end = found.days(int(column))
        first, last = max(start, filters.start or start), min(end, filters.end or end)
        filters = filters.between(first, last)
    return shown.over(filters)
