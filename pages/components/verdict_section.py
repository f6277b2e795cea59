"""Verdict: whether the backlog grows, and whether the desk closes what it can."""

import streamlit as st

from analytics.flow.capacity import capacity
from analytics.flow.mass_closures import mass_closures
from analytics.flow.verdict import Verdict, verdict, without_clean_ups
from analytics.warehouse.engine import Engine
from pages.charts.theme import CONFIG
from pages.charts.verdict import net_flow_figure
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View

_ICONS = {"growing": "trending_up", "shrinking": "trending_down", "flat": "trending_flat", "cannot tell": "help"}


def verdict_section(view: View, engine: Engine) -> None:
    """Draw the verdict on the view's window."""
    found = asked(verdict, engine, view.filters)
    ability = asked(capacity, engine, view.filters)
    closures = asked(mass_closures, engine, view.filters)
    words, picture = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with words, st.container(gap="xxsmall"):
        st.subheader(f":material/{_ICONS[found.verdict]}: {found.sentence}", anchor=False)
        instead = without_clean_ups(found, closures.frame)
        if instead:
            st.markdown(instead)
        st.caption(found.reason)
        basis_line("Growing, flat or shrinking", found.basis, "verdict")
        st.markdown(ability.sentence)
        basis_line("Throughput against its own best weeks", ability.basis, "capacity")
    with picture:
        _picture(found)


def _picture(found: Verdict) -> None:
    if found.weeks:
        alt = f"Opened less ended per week. {found.sentence}"
        st.plotly_chart(net_flow_figure(found), config=CONFIG, key="verdict_weeks", alt=alt)
    else:
        st.caption("There is no whole week to draw. The marks under the open tickets say what the records lack.")
