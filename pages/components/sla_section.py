"""Which targets are met? Response and resolution apart, ours beside the conventional figure."""

import streamlit as st

from analytics.flow.sla_views import SPLITS, SlaViews, sla_views
from analytics.formatting import count_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.charts.sla_views import sla_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View

_MOST_ROWS = 15
_WORDS = {"priority": "Priority", "assignment_group": "Group", "service": "Service"}


def sla_section(view: View, engine: Engine) -> None:
    """Draw adherence in all and by priority, group and service."""
    found = asked(sla_views, engine, view.filters)
    with st.container(gap="xsmall"):
        if found.basis.used:
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="top"):
                st.markdown(found.sentence, width="stretch")
                dimension = _dimension()
            _split(found, dimension)
        else:
            st.markdown(found.sentence)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            basis_line("Resolution SLA adherence", found.basis, "sla_resolution")
            _breached_open(view, engine, int(found.resolution["breached_and_open"].iloc[0]))
    with st.container(gap="xsmall"):
        st.subheader("Response target", anchor=False)
        st.markdown(found.response_sentence)
        basis_line("Response SLA adherence", found.response_basis, "sla_response")


def _dimension() -> str:
    chosen = st.segmented_control(
        "Split by", SPLITS, default=SPLITS[0], format_func=_WORDS.__getitem__, key="sla_by", required=True,
        label_visibility="collapsed", width="content",
    )  # fmt: skip
    return chosen or SPLITS[0]


def _split(found: SlaViews, dimension: str) -> None:
    """The values of one dimension, those with enough tickets."""
    split = found.by[dimension]
    enough = split[~split["too_few"]].dropna(subset=["ours"])
    words = _WORDS[dimension].lower()
    if enough.empty or enough[dimension].isna().all():
        st.caption(f"No {words} here has enough judged tickets to show, or the export does not name it.")
        return
    shown = enough.head(_MOST_ROWS)
    if dimension == "priority":
        shown = shown.sort_values(dimension)
    alt = f"{found.sentence} By {words}: {len(shown)} {'value' if len(shown) == 1 else 'values'}."
    st.plotly_chart(sla_figure(shown, dimension), config=CONFIG, key=f"sla_{dimension}", alt=alt)
    left_out = [
        f"{count_text(int(split['too_few'].sum()))} with too few tickets" if split["too_few"].any() else "",
        f"{count_text(len(enough) - len(shown))} smaller ones" if len(enough) > len(shown) else "",
    ]
    said = " and ".join(part for part in left_out if part)
    if said:
        st.caption(f"Most tickets first; not drawn: {said}.")


def _breached_open(view: View, engine: Engine, count: int) -> None:
    """The way to the tickets that make the difference."""
    if not count:
        return
    conditions = ["sla_met IS NOT NULL", "opened_at IS NOT NULL", "ended_at IS NULL"]
    conditions += [*view.filters.period_conditions("judged_on"), *view.filters.value_conditions()]
    selection = Selection(
        "tickets have missed their target and are still open, the longest overdue first", " AND ".join(conditions),
        view.filters.parameters(), "due_at, ticket_id",
    )  # fmt: skip
    selection_button(
        f"{count_text(count)} breached and still open",
        "Breached and still open",
        selection,
        engine,
        "sla_breached_open",
    )
