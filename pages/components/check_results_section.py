"""Check results: what you said and what the tickets say."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.view import View


def check_results_section(view: View, engine: Engine) -> None:  # noqa: ARG001
    """Not written yet."""
    st.caption("Not written yet.")
