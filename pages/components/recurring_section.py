"""Recurring: what returns."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.view import View


def recurring_section(view: View, engine: Engine) -> None:  # noqa: ARG001
    """Not written yet."""
    st.caption("Not written yet.")
