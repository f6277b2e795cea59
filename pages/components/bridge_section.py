"""Why did it change? The bridge, who contributed, and the tickets behind both."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.filters import NOT_RECORDED
from analytics.flow.bridge import Bridge, bridge
from analytics.flow.bridge_sentences import bridge_sentences, change_sentence
from analytics.flow.bridge_tickets import STEPS, step_tickets, value_tickets
from analytics.flow.contributions import PARTS, Contributions, contributions
from analytics.flow.telling import tellings
from analytics.formatting import count_text, signed_text
from analytics.warehouse.engine import Engine
from pages.charts.contributions import contribution_bars
from pages.charts.theme import CONFIG
from pages.charts.waterfall import waterfall
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.table_height import table_height
from pages.components.view import View

BY = "bridge_by"
_BEHIND = "where the backlog grew, those opened in the period and still open; where it shrank, those that ended."
_HEADS = {
    "change": "Change",
    "demand": "Demand",
    "throughput": "Throughput",
    "carry_over": "Carry-over",
    "opened": "Opened",
    "ended": "Ended",
    "start": "Open at start",
    "end": "Open at end",
}


def bridge_section(view: View, engine: Engine) -> None:
    """Draw the bridge over the view's window and its contributions by one dimension."""
    found = asked(bridge, engine, view.filters)
    if not found.basis.used:
        st.text(change_sentence(found))
        st.caption("Choose a longer period, or take a filter away.")
        return
    told = [telling.dimension for telling in asked(tellings, engine, view.filters)]
    with st.container(gap="xxsmall"):
        words = st.container(gap="xxsmall")
        _steps(found, engine)
    if not told:
        with words:
            _say(found, None)
        st.caption("No dimension tells the tickets that moved apart: the export names one value for all of them.")
        return
    split = asked(contributions, engine, view.filters, _dimension(told))
    with words:
        _say(found, split)
    with st.container(gap="xsmall"):
        _split(split, engine)


def _say(found: Bridge, split: Contributions | None) -> None:
    """The sentences name values of the export, hence inert text."""
    for sentence in bridge_sentences(found, split):
        st.text(sentence)


def _steps(found: Bridge, engine: Engine) -> None:
    parts = [(step, getattr(found, step)) for step in STEPS]
    alt = f"{change_sentence(found)} {', '.join(f'{step} {count_text(count)}' for step, count in parts)}."
    event: Any = st.plotly_chart(
        waterfall(found), config=CONFIG, key="bridge_waterfall", on_select="rerun", selection_mode="points", alt=alt
    )
    point = clicked(event, "bridge_waterfall")
    step = str(point["customdata"][0]) if point else ""
    if step in STEPS:
        open_selection("Tickets behind this step", step_tickets(found.filters, step), engine)
    if found.reopened:
        st.caption(
            f"Of the {count_text(found.resolved)} resolutions, {count_text(found.resolved_held)} held and "
            f"{count_text(found.resolved_undone)} were undone by the reopenings. Click a bar for its tickets."
        )
    else:
        st.caption("Click a bar for its tickets.")
    basis_line("Bridge", found.basis, "bridge")


def _dimension(told: list[str]) -> str:
    """The dimension to split by: the most telling one, until another is chosen."""
    st.session_state[BY] = asked_one(BY, told, told[0])
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.subheader(
            "Who contributed?", anchor=False, width="content",
            help="The choice is in order of how much each dimension tells: the first holds most of the change in few "
            "values.",
        )  # fmt: skip
        st.selectbox(
            "Split by", told, key=BY, on_change=_keep, args=(told[0],), width=220, label_visibility="collapsed",
            format_func=lambda name: f"By {name.replace('_', ' ')}",
        )  # fmt: skip
    return str(st.session_state[BY])


def _keep(first: str) -> None:
    write(BY, [st.session_state[BY]], [first])


def _split(split: Contributions, engine: Engine) -> None:
    if split.before is None:
        st.caption(
            f"Demand, throughput and carry-over cannot be told: {split.why_not}, so there is no period of equal length "
            "before to compare with."
        )
    lines = split.largest()
    if lines.empty:
        st.caption("No value changed: as many tickets ended as were opened in each.")
        return
    key = f"bridge_bars_{split.dimension}"
    event: Any = st.plotly_chart(
        contribution_bars(split, lines, st.context.theme.type == "dark"), config=CONFIG, key=key, on_select="rerun",
        selection_mode="points", alt=_alt(split, lines),
    )  # fmt: skip
    point = clicked(event, key)
    if point and point.get("customdata"):
        _open(split, int(point["customdata"][0]), engine)
    st.caption(f"{_reading(split)}Click a bar for its tickets: {_BEHIND}")
    _rows(split, f"{key}_table", engine)
    basis_line("Contributions", split.basis, "contributions")


def _reading(split: Contributions) -> str:
    """How to read the parts of a bar."""
    if split.before is None:
        return ""
    return (
        "To the right of nought makes the backlog larger, to the left smaller. Demand: more or fewer arrived than in "
        f"the {split.before_words} before. Throughput: fewer or more were closed. Carry-over: what the backlog did "
        "before already. "
    )


def _rows(split: Contributions, key: str, engine: Engine) -> None:
    with st.expander("All values as a table", icon=":material/table:"):
        table: Any = st.dataframe(
            _table(split), hide_index=True, height=table_height(split.frame), row_height=32, key=key,
            on_select="rerun", selection_mode="single-row", alt="Each value's change, what it was made of, and levels",
            column_config={head: st.column_config.NumberColumn(head, format="localized") for head in _HEADS.values()},
        )  # fmt: skip
    chosen, seen = list(table.selection.rows), f"seen_{key}"
    if chosen and chosen != st.session_state.get(seen):
        _open(split, int(chosen[0]), engine)
    st.session_state[seen] = chosen


def _open(split: Contributions, place: int, engine: Engine) -> None:
    """The tickets of one value; the others together have no place."""
    if 0 <= place < len(split.frame):
        row = split.frame.iloc[place]
        selection = value_tickets(split.filters, split.dimension, row["value"], int(row["change"]))
        open_selection("Tickets behind this change", selection, engine)


def _table(split: Contributions) -> pd.DataFrame:
    heads = {name: head for name, head in _HEADS.items() if split.before is not None or name not in PARTS}
    table = split.frame[list(heads)].rename(columns=heads)
    values = [NOT_RECORDED if value is None else str(value) for value in split.frame["value"]]
    table.insert(0, split.dimension.replace("_", " ").capitalize(), values)
    return table


def _alt(split: Contributions, lines: pd.DataFrame) -> str:
    named = ", ".join(
        f"{label} {signed_text(change)}" for label, change in zip(lines["label"], lines["change"], strict=True)
    )
    return f"Change of the backlog by {split.dimension.replace('_', ' ')}: {named}."
