"""The price of a bounce: the sentence, the course of the hours, and what it is in money where a rate is set."""

import streamlit as st

from analytics.flow.bounce_price import bounce_price
from analytics.warehouse.engine import Engine
from pages.charts.bounce_price import bounce_price_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

COST_PER_HOUR = "cost_per_hour"


def bounce_price_section(view: View, engine: Engine) -> None:
    """Draw the price of a hand-off."""
    price = asked(bounce_price, engine, view.filters, cost_per_hour())
    st.markdown("#### The price of a hand-off")
    st.markdown(price.sentence)
    if price.money_sentence:
        st.markdown(price.money_sentence)
    if price.waiting is not None:
        st.plotly_chart(
            bounce_price_figure(price.waiting.by_handoffs), config=CONFIG, key="bounce_price", alt=price.sentence
        )
        st.caption(
            "Median time to resolve, like tickets compared with like, with 95 % intervals. The number of hand-offs "
            f"explains {price.waiting.explained * 100:.0f} % of how differently long tickets of one kind take; it goes "
            "with hand-offs, and need not all come from them."
        )
    with st.container(horizontal=True, vertical_alignment="center"):
        _rate()
    basis_line("The price of a hand-off", price.basis, "bounce_price")


def cost_per_hour() -> float | None:
    """What an hour of work costs, as it was set; None while it is not."""
    text = store().setting(COST_PER_HOUR, "")
    try:
        rate = float(text)
    except ValueError:
        return None
    return rate if 0 < rate < float("inf") else None


def _rate() -> None:
    """A place to set the rate; 0 takes it away."""
    rate = cost_per_hour()
    label = f"An hour of work costs {rate:,.2f}" if rate else "Set what an hour of work costs"
    with st.popover(label, type="tertiary", icon=":material/payments:"), st.form("cost_per_hour", border=False):
        entered = st.number_input(
            "Cost of an hour of work, in your currency; 0 for none", min_value=0.0, value=rate or 0.0
        )
        st.caption("Used only for hours of work that the tool has booked. Waiting is never turned into money.")
        if st.form_submit_button("Save"):
            store().set_setting(COST_PER_HOUR, f"{entered:g}" if entered else "")
            st.rerun()
