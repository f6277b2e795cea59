"""The target of a KPI: what is in force, and a place to enter one's own."""

import streamlit as st

from analytics.headline import goal_text
from analytics.kpi import Direction, Kpi, Unit
from pages.components import warehouse

_PER_CENT = 100.0


def show_target(kpi: Kpi) -> None:
    """The target in words, and a form to change it; nothing where neither way is better."""
    if kpi.direction is Direction.NEUTRAL:
        return
    in_force = warehouse.store().targets().get(kpi.name)
    st.markdown("**Target**")
    st.caption(_words(kpi, in_force))
    with st.form(f"target_{kpi.name}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        shown = _shown(kpi)
        entered = st.number_input(
            f"Target in {'per cent' if kpi.unit is Unit.RATIO else kpi.unit.value}",
            min_value=0.0,
            max_value=_PER_CENT if kpi.unit is Unit.RATIO else None,
            value=None if in_force is None else round(in_force * shown, 4),
            width=220,
        )
        saved = st.form_submit_button("Save the target", icon=":material/flag:")
        dropped = st.form_submit_button("Use the shipped one", type="tertiary")
    if dropped or (saved and entered is not None):
        warehouse.store().set_target(kpi.name, None if dropped or entered is None else entered / shown)
        st.rerun()


def _shown(kpi: Kpi) -> float:
    """What one unit of the KPI is in the form."""
    return _PER_CENT if kpi.unit is Unit.RATIO else 1.0


def _words(kpi: Kpi, target: float | None) -> str:
    if target is None:
        return "No target is set. The Overview shows one beside the value once it is."
    bound = "At least" if kpi.direction is Direction.HIGHER else "At most"
    return f"{bound} {goal_text(target, kpi.unit)}. The shipped targets are examples to edit, not benchmarks."
