"""Actions: who does what by when."""

import streamlit as st

from analytics.warehouse.engine import Engine
from pages.components.view import View


def actions_section(view: View, engine: Engine) -> None:  # noqa: ARG001
    """Not written yet."""
    st.caption("Not written yet.")
