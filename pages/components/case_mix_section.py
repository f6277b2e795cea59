"""Which group is slow? Groups compared on the same kinds of tickets, beside the figure as measured."""

import pandas as pd
import streamlit as st

from analytics.flow.case_mix import CaseMix, case_mix
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine
from pages.charts.case_mix import case_mix_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View

_MOST_GROUPS = 15
_TITLE = "Which group is slow, like with like?"
_COLUMNS = {
    "label": st.column_config.TextColumn("Group"),
    "tickets": st.column_config.NumberColumn("Tickets", format="localized"),
    "raw_hours": st.column_config.NumberColumn("Typical hours", format="%.1f", help="Geometric mean, as measured"),
    "adjusted_hours": st.column_config.NumberColumn("Like with like", format="%.1f"),
    "lo_hours": st.column_config.NumberColumn("from", format="%.1f", help="95 % interval"),
    "hi_hours": st.column_config.NumberColumn("to", format="%.1f", help="95 % interval"),
    "mean_hours": st.column_config.NumberColumn("Mean hours", format="%.1f", help="As measured: long tickets move it"),
    "expected_mean_hours": st.column_config.NumberColumn(
        "Expected mean", format="%.1f", help="The mean, had each ticket taken the mean of its kind"
    ),
    "adjusted_mean_hours": st.column_config.NumberColumn(
        "Adjusted mean", format="%.1f", help="Mean of all x mean / expected mean (indirect standardisation)"
    ),
    "reason": st.column_config.TextColumn("No figure because"),
}


def case_mix_section(view: View, engine: Engine) -> None:
    """Draw the view's groups, raw and adjusted."""
    found = asked(case_mix, engine, view.filters)
    with st.container(gap="xsmall"):
        st.text(found.sentence)
        if len(found.shown) > 1:
            _dumbbell(found, engine)
        basis_line(_TITLE, found.basis, "case_mix")
    if len(found.frame) > 1:
        with st.expander("All groups, and the means beside it"):
            st.dataframe(
                found.frame, hide_index=True, column_config=_COLUMNS, column_order=list(_COLUMNS), height="content",
                alt="Groups with typical and mean hours, as measured and adjusted", placeholder="",
            )  # fmt: skip


def _dumbbell(found: CaseMix, engine: Engine) -> None:
    """The groups with most tickets, and the slowest; a click opens a group's tickets."""
    groups = _drawn(found)
    event = st.plotly_chart(
        case_mix_figure(groups, found.desk_hours), config=CONFIG, key="case_mix", alt=found.sentence,
        on_select="rerun", selection_mode="points",
    )  # fmt: skip
    point = clicked(event, "case_mix")
    if point:
        value = groups.iloc[int(point["customdata"][0])]["value"]
        open_selection("Resolved by one group", found.behind(value), engine)
    left = len(found.shown) - len(groups)
    more = f" Of {count_text(len(found.shown))} groups those with most tickets are drawn." if left else ""
    without = f" Without a figure: {found.untold}." if found.untold else ""
    st.caption(
        "Orange: clearly slower than all together on the same kinds of tickets. Click a group for its tickets."
        f"{more}{without}"
    )


def _drawn(found: CaseMix) -> pd.DataFrame:
    shown = found.shown
    kept = set(shown["tickets"].nlargest(_MOST_GROUPS).index)
    if found.slowest is not None:
        kept.add(found.slowest.name)
    return shown[shown.index.isin(kept)].reset_index(drop=True)
