"""Cycle times: a scatter of resolved tickets with the desk's own 50, 85 and 95 per cent lines."""

import streamlit as st

from analytics.flow.cycle_times import CycleTimes, cycle_times
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.charts.cycle_times import cycle_times_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View

_LOG = "Logarithmic axis"
_HELP = "Shows minutes and months on one axis: each step up is several times as long"


def cycle_times_section(view: View, engine: Engine) -> None:
    """Draw the cycle times of the view."""
    found = asked(cycle_times, engine, view.filters)
    with st.container(gap="small"):
        if found.tickets:
            _picture(found, view, engine)
        else:
            st.markdown(found.sentence)
        basis_line("How long tickets take", found.basis, "cycle_times")


def _picture(found: CycleTimes, view: View, engine: Engine) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(found.sentence, width="stretch")
        logarithmic = st.toggle(_LOG, value=True, key="cycle_times_log", help=_HELP, width="content")
    figure = cycle_times_figure(found, logarithmic)
    st.plotly_chart(figure, config=CONFIG, key="cycle_times", alt=found.sentence)
    if found.tickets > len(found.points):
        st.caption(
            f"{len(found.points):,} of {found.tickets:,} tickets are drawn: the longest and a fixed sample. The lines "
            "rest on all of them."
        )
    if found.lines:
        _slowest(found, view, engine)


def _slowest(found: CycleTimes, view: View, engine: Engine) -> None:
    """The way to the tickets above the highest line, the longest first."""
    conditions = ["resolution_hours > :longest", *view.filters.period_conditions("ended_on")]
    selection = Selection(
        "tickets that took longer than 95 % of all", " AND ".join([*conditions, *view.filters.value_conditions()]),
        view.filters.parameters() | {"longest": found.lines[-1][1]}, "resolution_hours DESC, ticket_id",
    )  # fmt: skip
    selection_button("Tickets above the 95 % line", "The longest tickets", selection, engine, "cycle_times_slowest")
