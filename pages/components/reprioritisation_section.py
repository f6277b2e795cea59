"""Re-prioritisation: how many tickets change priority, in which groups; without a history the drift of the mix."""

import streamlit as st

from analytics.flow.reprioritisation import Reprioritisation, changed_selection, reprioritisation
from analytics.warehouse.engine import Engine
from pages.charts.reprioritisation import groups_figure, mix_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection, selection_button
from pages.components.view import View

_KEY = "reprioritisation"


def reprioritisation_section(view: View, engine: Engine) -> None:
    """Draw the changes of priority of the view."""
    found = asked(reprioritisation, engine, view.filters)
    with st.container(gap="small"):
        st.markdown(found.sentence)
        if found.drift is not None:
            _drift(found)
        elif found.changed:
            _groups(found, view, engine)
        basis_line("Changes of priority", found.basis, _KEY)


def _drift(found: Reprioritisation) -> None:
    drift = found.drift
    if drift is not None and drift.distance is not None:
        st.plotly_chart(mix_figure(drift.mix), config=CONFIG, key="priority_mix", alt=drift.sentence)
    st.caption("Whether tickets change priority can be told from an event log, a change log or an audit history.")


def _groups(found: Reprioritisation, view: View, engine: Engine) -> None:
    if found.group_sentence:
        st.text(found.group_sentence)
    if found.groups["changed"].any():
        event = st.plotly_chart(
            groups_figure(found.groups), config=CONFIG, key=_KEY, alt=found.group_sentence or found.sentence,
            on_select="rerun",
        )  # fmt: skip
        st.caption(
            "Share of the tickets that each group holds now, groups that surely change most first. A click on a bar "
            "opens its tickets."
        )
        point = clicked(event, _KEY)
        if point is not None:
            selection = changed_selection(view.filters, str(point["customdata"][0]))
            open_selection("Priority changed", selection, engine)
    selection_button(
        "1 ticket changed" if found.changed == 1 else f"{found.changed:,} tickets changed",
        "Priority changed",
        changed_selection(view.filters),
        engine,
        f"{_KEY}_all",
    )
