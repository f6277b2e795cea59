"""What a page shows when there is nothing to show: no data yet, or nothing that meets the filters."""

import streamlit as st

from pages.components.view import View


def welcome() -> None:
    """Before the first import: what this is, and the two ways in."""
    _, middle, _ = st.columns([1, 2, 1])
    with middle, st.container(border=True, gap="medium"):
        st.subheader(":material/backlight_high: See why the backlog grows", anchor=False)
        st.markdown(
            "Backlight reads the exports that your ticket system already makes and puts five numbers on one screen: "
            "time to resolve, first contact resolution, SLA adherence, volume by category, and the backlog. Each says "
            "how it was computed, from which tickets, and which were left out."
        )
        st.markdown("**Start with your own tickets.** CSV, Excel or JSON; nothing leaves this machine.")
        if st.button("Load an export", type="primary", icon=":material/upload_file:"):
            st.switch_page("pages/data.py")
        st.markdown("**Or look around first** in a simulated service desk:")
        st.code("python -m analytics demo", language="bash")


def no_match(view: View) -> None:
    """The filters leave nothing; what they say is export text, so it is shown inertly."""
    with st.container(border=True):
        st.markdown("**No tickets meet these filters.**")
        st.text(f"Asked for: {view.filters.sentence('opened, resolved or open')}")
        st.markdown("Choose a longer period, take a filter away, or use **Reset** above.")
