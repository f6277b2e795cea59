"""Backlight: `streamlit run dashboard.py`. Page configuration and navigation; no widgets, no calculation."""

import streamlit as st

# An emoji: the browser would fetch a material icon from Google's servers, although pages draw theirs from a font here.
st.set_page_config(page_title="Backlight", page_icon="🔦", layout="wide")

st.navigation(
    [
        st.Page("pages/overview.py", title="Overview", icon=":material/monitoring:", default=True),
        st.Page("pages/ask.py", title="Ask", icon=":material/search:"),
        st.Page("pages/explore.py", title="Explore", icon=":material/explore:"),
        st.Page("pages/backlog.py", title="Backlog", icon=":material/stacked_line_chart:"),
        st.Page("pages/flow.py", title="Flow", icon=":material/conversion_path:"),
        st.Page("pages/resolution.py", title="Resolution", icon=":material/timer:"),
        st.Page("pages/forecast.py", title="Forecast", icon=":material/query_stats:"),
        st.Page("pages/self_check.py", title="Self-check", icon=":material/checklist:"),
        st.Page("pages/plan.py", title="Plan", icon=":material/assignment_turned_in:"),
        st.Page("pages/tickets.py", title="Tickets", icon=":material/confirmation_number:"),
        st.Page("pages/sql.py", title="SQL", icon=":material/terminal:"),
        st.Page("pages/definitions.py", title="Definitions", icon=":material/menu_book:"),
        st.Page("pages/data.py", title="Data", icon=":material/database:"),
        st.Page("pages/settings.py", title="Settings", icon=":material/settings:"),
    ],
    position="top",
).run()
