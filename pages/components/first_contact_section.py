"""Resolved at the first contact? Under each rule that the columns allow; reopenings and first answers beside it."""

import streamlit as st

from analytics.flow.fcr_rules import FcrRules, fcr_rules
from analytics.formatting import value_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View

_BESIDE = ("reopen_rate", "first_response_time")


def first_contact_section(view: View, engine: Engine) -> None:
    """Draw the rules side by side."""
    found = asked(fcr_rules, engine, view.filters)
    with st.container(gap="xsmall"):
        st.markdown(found.sentence)
        if not found.frame.empty:
            _rules(found)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            basis_line("First contact resolution by rule", found.basis, "fcr_rules")
            if not found.frame.empty:
                _behind(view, engine)
    with st.container(horizontal=True, gap="large"):
        for name in _BESIDE:
            result = found.results[name]
            st.metric(
                result.kpi.title, value_text(result.value, result.kpi.unit, result.too_few), help=result.kpi.definition,
                width="content",
            )  # fmt: skip


def _rules(found: FcrRules) -> None:
    """Source by source; which rule the KPI uses is ticked."""
    shown = found.frame.assign(in_use=found.frame["in_kpi"] > 0, share=found.frame["share"] * 100).drop(
        columns=["in_kpi", "too_few"]
    )
    st.dataframe(
        shown,
        hide_index=True,
        height="content",
        placeholder="too few",
        column_order=["source", "rule", "share", "tickets", "in_use"],
        column_config={
            "source": "Source",
            "rule": st.column_config.Column("Rule", width="large"),
            "share": st.column_config.ProgressColumn("Share", min_value=0, max_value=100, format="%.1f %%"),
            "tickets": st.column_config.NumberColumn("Tickets", format="localized"),
            "in_use": st.column_config.CheckboxColumn("Used by the KPI"),
        },
        alt=found.sentence,
    )
    st.caption("Each rule is measured on the tickets whose columns tell it, so counts can differ.")


def _behind(view: View, engine: Engine) -> None:
    conditions = ["first_contact_resolved", "opened_at IS NOT NULL"]
    conditions += [*view.filters.period_conditions("ended_on"), *view.filters.value_conditions()]
    selection = Selection(
        "tickets were resolved at the first contact, by the rule in use", " AND ".join(conditions),
        view.filters.parameters(),
    )  # fmt: skip
    selection_button("Resolved at the first contact", "Resolved at the first contact", selection, engine, "fcr_tickets")
