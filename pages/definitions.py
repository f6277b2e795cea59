"""Definitions: what every number means, which rule decides it, and what every column holds.

Links: `definitions?kpi=mttr`, `definitions?section=Rules`.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.kpi import Kpi
from analytics.kpis import KPIS, find_kpi
from analytics.rules import RULES, Rule
from pages.components import warehouse
from pages.components.dictionary import show_dictionary
from pages.components.kpi_definition import show_kpi
from pages.components.page import page
from pages.components.title_row import title_row

VIEWS = ("KPIs", "Rules", "Data dictionary")


def _kpi_text(kpi: Kpi) -> str:
    reasons = (exclusion.reason for exclusion in kpi.exclusions)
    return " ".join((kpi.name, kpi.title, kpi.definition, kpi.source, *kpi.caveats, *reasons)).casefold()


def _rule_text(rule: Rule) -> str:
    return " ".join((rule.name, rule.title, rule.says, rule.why, *rule.order)).casefold()


def _asked_for() -> str:
    """The KPI in the address, if there is one of that name."""
    asked = st.query_params.get("kpi", "")
    return asked if asked in {kpi.name for kpi in KPIS} else KPIS[0].name


def _keep_address() -> None:
    st.query_params["kpi"] = st.session_state.chosen_kpi


def _show_kpis(search: str) -> None:
    found = {kpi.name: kpi.title for kpi in KPIS if search in _kpi_text(kpi)}
    if not found:
        st.info("No KPI matches. Clear the search to see all of them.", icon=":material/search_off:")
        return
    if st.session_state.get("chosen_kpi") not in found:
        st.session_state.chosen_kpi = _asked_for() if _asked_for() in found else next(iter(found))
    listed, shown = st.columns([1, 3], gap="large")
    with listed:
        chosen = st.radio(
            "KPI", list(found), format_func=found.__getitem__, key="chosen_kpi", on_change=_keep_address,
            label_visibility="collapsed",
        )  # fmt: skip
    with shown:
        show_kpi(find_kpi(chosen), warehouse.engine())


def _show_rules(search: str) -> None:
    found = [rule for rule in RULES if search in _rule_text(rule)]
    if not found:
        st.info("No rule matches. Clear the search to see all of them.", icon=":material/search_off:")
    # Two beside each other, in rows of equal height.
    for first, *second in (found[place : place + 2] for place in range(0, len(found), 2)):
        for column, rule in zip(st.columns(2), (first, *second), strict=False):
            _show_rule(column.container(border=True, height="stretch"), rule)


def _show_rule(box: DeltaGenerator, rule: Rule) -> None:
    order = "".join(f"\n1. {alternative}" for alternative in rule.order)
    box.subheader(rule.title, anchor=rule.name)
    box.markdown(f"{rule.says}\n{order}")
    box.markdown(f":gray[Why: {rule.why}]")


def _show() -> None:
    title_row("Definitions", warehouse.engine())
    st.markdown("What every number means, which rule decides it, and what every column holds.")
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        view = st.segmented_control(
            "View",
            VIEWS,
            default=VIEWS[0],
            required=True,
            key="section",
            bind="query-params",
            label_visibility="collapsed",
        )
        search = st.text_input(
            "Search", key="search", bind="query-params", placeholder="Search the definitions", icon=":material/search:",
            label_visibility="collapsed", type="search", width=320,
        )  # fmt: skip
    wanted = (search or "").strip().casefold()
    if view == VIEWS[2]:
        show_dictionary(warehouse.engine(), wanted)
    elif view == VIEWS[1]:
        _show_rules(wanted)
    else:
        _show_kpis(wanted)


page(_show, needs_data=False)
