"""Did it work? The inflow of each automated type before and after its action began."""

import streamlit as st

from analytics.plan.automation import automation_numbers
from analytics.plan.inflow_check import inflow_check, type_of
from analytics.warehouse.engine import Engine
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.warehouse import store

_ICONS = {
    "fewer": ":green[:material/trending_down:]", "more": ":orange[:material/trending_up:]",
    "no change beyond chance": ":gray[:material/trending_flat:]",
}  # fmt: skip


def automation_checks(engine: Engine) -> None:
    """A row for each action of the plan that automates a type; texts of people and exports are inert."""
    days = automation_numbers().check_after_days
    st.subheader(f"Checked after {days} days", anchor=False)
    begun = [(kept, named) for kept in store().actions.all() if (named := type_of(kept.entered.origin))]
    begun = [(kept, named) for kept, named in begun if kept.entered.status != "dropped"]
    if not begun:
        st.caption(
            f"No type is being automated yet. Make one an action and say when it started: {days} days later its inflow "
            "before and after stands here."
        )
    for kept, (dimension, value) in begun:
        with st.container(border=True, gap="xxsmall"):
            if kept.entered.started_on is None:
                st.text(kept.entered.what)
                st.caption("Not started yet: enter its start under 'Who does what?'.")
                continue
            check = asked(inflow_check, engine, dimension, value, kept.entered.started_on)
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                st.markdown(_ICONS.get(check.verdict, ":gray[:material/help:]"), width="content")
                st.text(kept.entered.what, width="stretch")
            st.text(check.sentence)
            basis_line("Inflow before and after", check.basis, f"automation_check_{kept.id}")
