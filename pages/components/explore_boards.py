"""Leaderboards: a table a dimension; a click on a row offers to narrow to it, leave it out, compare it or list it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from analytics.ask.question_address import NOT
from analytics.explore.leaderboard import Leaderboard, Ranked, is_counted, leaderboard
from analytics.filters import Filters, read_value
from analytics.formatting import count_text
from analytics.kpi import Direction
from analytics.measure import FEWEST_TICKETS
from analytics.warehouse.engine import Engine
from pages.components.address import asked_one, asked_texts, write
from pages.components.explore_state import FULL, ORDER, Explored, offered, put
from pages.components.explore_tables import board_rows, board_table
from pages.components.explore_tickets import tickets_link
from pages.components.results import asked
from pages.components.sections import SHOW

AGAINST, DIFFERS = "against", "What differs"
_MORE, _FEW_BOARDS, _FEW_ROWS = "more", 6, 8
_ORDERS = {
    Ranked.TICKETS: "Most tickets",
    Ranked.HIGHEST: "Highest",
    Ranked.LOWEST: "Lowest",
    Ranked.RISEN: "Risen most",
    Ranked.FALLEN: "Fallen most",
}


def explore_boards(shown: Explored, engine: Engine) -> None:
    """Draw the dimensions six at first; one alone with all its values where the address asks for it."""
    names = offered(engine)
    full = asked_one(FULL, names, "")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if full:
            st.button("All dimensions", icon=":material/arrow_back:", type="tertiary", on_click=put, args=({FULL: []},))
        _choose_order(shown)
        st.caption("Click a row for what can be done with it.", width="content")
    if full:
        _board(full, shown, engine, None)
        return
    wide = asked_one(_MORE, ("yes",), "") == "yes"
    drawn = names if wide else names[:_FEW_BOARDS]
    for start in range(0, len(drawn), 2):
        for column, name in zip(st.columns(2, gap="small"), drawn[start : start + 2], strict=False):
            with column:
                _board(name, shown, engine, _FEW_ROWS)
    if len(names) > _FEW_BOARDS:
        label = "Fewer dimensions" if wide else f"More dimensions ({len(names) - _FEW_BOARDS})"
        st.button(
            label, key="explore_more", type="tertiary", on_click=write, args=(_MORE, [] if wide else ["yes"]),
            icon=":material/unfold_less:" if wide else ":material/unfold_more:",
        )  # fmt: skip


def _choose_order(shown: Explored) -> None:
    known = {
        order: words
        for order, words in _ORDERS.items()
        if (shown.earlier or "change" not in order)
        and not (order is Ranked.HIGHEST and is_counted(shown.question.measured))
    }
    ranked = shown.ranked if shown.ranked in known else Ranked.TICKETS
    st.session_state.explore_order = ranked.value
    st.segmented_control(
        "Order", [order.value for order in known], key="explore_order", required=True, label_visibility="collapsed",
        format_func=lambda name: known[Ranked(name)], on_change=_keep_order,
    )  # fmt: skip


def _keep_order() -> None:
    write(ORDER, [st.session_state.explore_order or Ranked.TICKETS.value], [Ranked.TICKETS.value])


def _board(name: str, shown: Explored, engine: Engine, most: int | None) -> None:
    """One dimension. Of the filter bar's values of this dimension all others stay in sight, so that one can change."""
    filters, earlier = _without(shown.filters, name), _without(shown.earlier, name) if shown.earlier else None
    board = asked(leaderboard, engine, shown.question.kpi, filters, name, earlier)
    rows = board.ranked(shown.ranked)
    drawn = rows if most is None else rows.head(most)
    with st.container(border=True, gap="xxsmall", height="stretch" if most else "content"):
        _head(name, len(rows), most)
        if rows.empty:
            st.caption("No tickets here. Choose a longer period, or take a filter away.")
            return
        picked = _table(name, board, drawn, shown, full=most is None)
        few = _few(int(rows["too_few"].sum()))
        if few and most is None:
            st.caption(few)
        if picked is not None:
            _actions(name, str(drawn["label"].iloc[picked]), shown)


def _head(name: str, values: int, most: int | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", gap="small"):
        st.markdown(f"**{name.replace('_', ' ').capitalize()}**", width="content")
        if most and values > most:
            st.button(
                f"All {count_text(values)}", key=f"full_{name}", type="tertiary", on_click=put, args=({FULL: [name]},)
            )


def _table(name: str, board: Leaderboard, drawn: pd.DataFrame, shown: Explored, full: bool) -> int | None:
    """The table; the row of the cell that is selected."""
    chosen = dict(shown.view.chosen).get(name, ())
    # A selection is a place in the table: with other rows it is another table, with nothing selected.
    key = f"board_{name}_{sha256(repr(drawn['label'].tolist()).encode()).hexdigest()[:12]}"
    table, columns = board_table(
        board, board_rows(board, drawn, chosen), _better_up(board), st.context.theme.type == "dark"
    )
    event: Any = st.dataframe(
        table, hide_index=True, column_config=columns, key=key, on_select="rerun", selection_mode="single-cell",
        height=min(640, 36 * (len(drawn) + 1) + 2) if full else "content", row_height=32, placeholder="",
        alt=f"{board.kpi.title} by {name.replace('_', ' ')}, {len(drawn)} values",
    )  # fmt: skip
    cells = list(event.selection.cells)
    row = int(cells[0][0]) if cells else -1
    return row if 0 <= row < len(drawn) else None


def _better_up(board: Leaderboard) -> bool | None:
    return None if board.kpi.direction is Direction.NEUTRAL else board.kpi.direction is Direction.HIGHER


def _actions(name: str, label: str, shown: Explored) -> None:
    """What can be done with the value of the row selected, which is named inertly."""
    wanted = list(dict(shown.view.chosen).get(name, ()))
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"actions_{name}"):
        st.text(label, width="content")
        if label in wanted:
            _action("All again", f"all_{name}", "filter_alt_off", {name: []})
        else:
            _action("Only this", f"only_{name}", "filter_alt", {name: [label]})
            if wanted:
                _action("This too", f"too_{name}", "add", {name: [*wanted, label]})
        _action("Without this", f"not_{name}", "do_not_disturb_on", _left_out(name, label, wanted))
        _action(
            "Compare with the rest", f"rest_{name}", "compare_arrows",
            {name: [label], SHOW: [DIFFERS], AGAINST: [name], FULL: []},
        )  # fmt: skip
        tickets_link(shown.over(_without(shown.filters, name).only(name, read_value(name, label))))


def _left_out(name: str, label: str, wanted: Sequence[str]) -> dict[str, list[str]]:
    unwanted = asked_texts(f"{NOT}{name}")
    return {name: [text for text in wanted if text != label], f"{NOT}{name}": list(dict.fromkeys([*unwanted, label]))}


def _action(label: str, key: str, icon: str, changes: dict[str, list[str]]) -> None:
    st.button(label, key=f"act_{key}", type="tertiary", icon=f":material/{icon}:", on_click=put, args=(changes,))


def _without(filters: Filters, name: str) -> Filters:
    where = {dimension: values for dimension, values in filters.where if dimension != name}
    return Filters.of(filters.start, filters.end, where, dict(filters.without), filters.bounds, filters.title_text)


def _few(rows: int) -> str:
    """`2 values have fewer than 5 tickets and are not ranked.`; empty for none."""
    values, are = ("1 value has", "is") if rows == 1 else (f"{count_text(rows)} values have", "are")
    return f"{values} fewer than {FEWEST_TICKETS} tickets and {are} not ranked." if rows else ""
