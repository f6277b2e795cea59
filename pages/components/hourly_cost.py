"""The cost of an hour of work, kept in the store: what it is, and the form that changes it."""

import streamlit as st

from pages.components.warehouse import store

COST_PER_HOUR = "cost_per_hour"
_MOST = 1_000_000.0


def cost_per_hour() -> float | None:
    """What an hour of work costs, as it was set; None while it is not."""
    text = store().setting(COST_PER_HOUR, "")
    try:
        rate = float(text)
    except ValueError:
        return None
    return rate if 0 < rate < float("inf") else None


def hourly_cost_section() -> None:
    """The setting with its explanation, for the Settings page."""
    st.subheader("Cost of an hour of work", anchor=False)
    rate = cost_per_hour()
    st.markdown(f"An hour of work costs {rate:,.2f}." if rate else "Not set.")
    st.caption(
        "Nothing is shown in money until it is set; then the Flow page also says what a hand-off costs, from "
        "hours of work that the tool has booked, never from time in which a ticket waited. The self-check turns the "
        "hours of its gaps into money too, some of which are assumed. 0 takes it away."
    )
    hourly_cost_form()


def hourly_cost_form() -> None:
    """A place to set the rate; 0 takes it away."""
    with (
        st.form("cost_per_hour", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="small"),
    ):
        entered = st.number_input(
            "Cost of an hour, in your currency", min_value=0.0, max_value=_MOST, value=cost_per_hour() or 0.0,
            format="%.2f", width=260,
        )  # fmt: skip
        if st.form_submit_button("Save"):
            store().set_setting(COST_PER_HOUR, f"{entered:g}" if entered else "")
            st.rerun()
