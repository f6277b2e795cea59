"""The price of a bounce: the sentence, the course of the hours, and what it is in money where a rate is set."""

import streamlit as st

from analytics.flow.bounce_price import BouncePrice, bounce_price
from analytics.warehouse.engine import Engine
from pages.charts.bounce_price import bounce_price_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.hourly_cost import cost_per_hour, hourly_cost_form
from pages.components.results import asked
from pages.components.view import View


def bounce_price_section(view: View, engine: Engine) -> None:
    """Draw the price of a hand-off."""
    rate = cost_per_hour()
    price = asked(bounce_price, engine, view.filters, rate)
    with st.container(gap="small"):
        st.subheader("The price of a hand-off", anchor=False)
        st.markdown(price.sentence)
        if price.money_sentence:
            st.markdown(price.money_sentence)
        if price.waiting is not None:
            _course(price)
            _rate(rate)
        basis_line("The price of a hand-off", price.basis, "bounce_price")


def _course(price: BouncePrice) -> None:
    if price.waiting is None:
        return
    course = price.waiting.by_handoffs
    if len(course) > 1:
        st.plotly_chart(bounce_price_figure(course), config=CONFIG, key="bounce_price", alt=price.sentence)
    st.caption(
        "Median time to resolve, like tickets compared with like, with 95 % intervals, as far as they tell something. "
        f"The number of hand-offs explains {price.waiting.explained * 100:.0f} % of how differently long tickets of "
        "one kind take. Not all of that need come from the hand-offs: harder tickets move more."
    )


def _rate(rate: float | None) -> None:
    label = f"An hour of work costs {rate:,.2f}" if rate else "Set what an hour of work costs"
    with st.popover(label, type="tertiary", icon=":material/payments:", width="content"):
        st.caption("Only booked hours of work are turned into money; waiting never is. 0 shows nothing in money.")
        hourly_cost_form()
