"""Hand-offs: how many, between which groups, which pairs play ping-pong, and what a bounce costs."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.flow.handoffs import OTHERS, Handoffs, handoffs, pair_selection, ping_pong_selection
from analytics.formatting import hours_text
from analytics.warehouse.engine import Engine
from pages.charts.handoffs import flows_figure, matrix_figure
from pages.charts.theme import CONFIG, INK_ON_DARK, INK_ON_LIGHT, PAPER_DARK, PAPER_LIGHT
from pages.components.basis import basis_line
from pages.components.bounce_price_section import bounce_price_section
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View

_FLOWS, _MATRIX = "Flows", "Matrix"
_MOST_ROWS = 200
_GROUPS = {_FLOWS: 8, _MATRIX: 10}


def handoffs_section(view: View, engine: Engine) -> None:
    """Draw the hand-offs of the view."""
    found = asked(handoffs, engine, view.filters)
    with st.container(gap="small"):
        if found.reason or found.pairs.empty:
            st.markdown(found.sentence)
        else:
            _picture(found, view, engine)
        if found.reason:
            st.caption(
                "Between which groups tickets move can be told from an export with one row an update, a change log or "
                "an audit history. A list with one row a ticket has lost it."
            )
        basis_line("Hand-offs", found.basis, "handoffs")
    if not found.reason:
        with st.container(gap="small"):
            _ping_pong(found, view, engine)
    bounce_price_section(view, engine)


def _picture(found: Handoffs, view: View, engine: Engine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(found.sentence, width="stretch")
        drawn = st.segmented_control(
            "Drawn as", (_FLOWS, _MATRIX), default=_FLOWS, required=True, key="handoffs_as",
            label_visibility="collapsed", width="content",
        )  # fmt: skip
    matrix = found.matrix(_GROUPS[drawn or _FLOWS])
    if drawn == _MATRIX:
        figure = matrix_figure(matrix, OTHERS)
        event = st.plotly_chart(figure, config=CONFIG, key="handoffs_matrix", alt=found.sentence, on_select="rerun")
        _open_pair(clicked(event, "handoffs_matrix"), view, engine)
        st.caption("Rows hand over to columns. A click on a dot opens its tickets.")
    else:
        ink, paper = (INK_ON_DARK, PAPER_DARK) if st.context.theme.type == "dark" else (INK_ON_LIGHT, PAPER_LIGHT)
        figure = flows_figure(matrix, OTHERS, ink, paper)
        st.plotly_chart(figure, config=CONFIG, key="handoffs_flows", alt=found.sentence)
        st.caption(
            f"From the group on the left to the one on the right, as broad as there were hand-offs.{_rest(matrix)}"
        )
    with st.expander("All pairs of groups", icon=":material/table_rows:"):
        row = _chosen(found.pairs.head(_MOST_ROWS), {"from_group": "From", "to_group": "To"}, "handoff_pairs")
        if row is not None:
            _open_pair({"customdata": [row["from_group"], row["to_group"]]}, view, engine)
        if len(found.pairs) > _MOST_ROWS:
            st.caption(f"The {_MOST_ROWS} largest of {len(found.pairs):,} pairs are listed.")


def _rest(matrix: pd.DataFrame) -> str:
    within = matrix[(matrix["from_group"] == OTHERS) & (matrix["to_group"] == OTHERS)]["handoffs"].sum()
    if not within:
        return ""
    return f" {within:,} {'hand-off' if within == 1 else 'hand-offs'} among the other groups not drawn."


def _open_pair(point: dict[str, Any] | None, view: View, engine: Engine) -> None:
    if point is None or OTHERS in point["customdata"]:
        return
    from_group, to_group = point["customdata"]
    open_selection("Handed from one group to another", pair_selection(view.filters, from_group, to_group), engine)


def _ping_pong(found: Handoffs, view: View, engine: Engine) -> None:
    st.subheader("Ping-pong", anchor=False)
    st.text(found.ping_pong_sentence)
    if found.ping_pong.empty:
        return
    shown = found.ping_pong.head(_MOST_ROWS)
    row = _chosen(shown, {"group_a": "Group", "group_b": "Other group", "hours": "Time away"}, "ping_pong")
    if row is not None:
        selection = ping_pong_selection(view.filters, row["group_a"], row["group_b"])
        open_selection("Back and forth between two groups", selection, engine)


def _chosen(frame: pd.DataFrame, titles: dict[str, str], key: str) -> pd.Series | None:
    """A table in which a row can be picked; the row just picked. The pick stays, so it is compared with the last."""
    numbers = {name: st.column_config.NumberColumn(name.capitalize(), format="localized") for name in frame.columns[2:]}
    texts = {name: st.column_config.Column(title, width="medium") for name, title in titles.items()}
    # Written with their unit, and still put in order as numbers.
    shown = frame.style.format({"hours": _away}) if "hours" in frame else frame
    event: Any = st.dataframe(
        shown, hide_index=True, column_config=numbers | texts, key=key, on_select="rerun", selection_mode="single-row",
        height="content" if len(frame) <= 8 else 320, row_height=32, alt=f"{len(frame)} pairs of groups",
    )  # fmt: skip
    st.caption("Tick a row to open its tickets.")
    rows = list(event.selection.rows)
    seen, st.session_state[f"seen_{key}"] = st.session_state.get(f"seen_{key}", []), rows
    return frame.iloc[rows[0]] if rows and rows != seen and rows[0] < len(frame) else None


def _away(hours: float) -> str:
    return "after the end" if pd.isna(hours) else hours_text(hours)
