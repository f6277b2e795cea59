"""From a point of a chart to its tickets."""

from typing import Any

import streamlit as st

from pages.components.view import View, narrowed


def open_tickets(point: dict[str, Any], view: View) -> None:
    """Go to the tickets of a clicked period or category."""
    facts = list(point.get("customdata") or [])
    if len(facts) > 2:
        _, _, _, kpi, start, last = facts
        st.switch_page("pages/tickets.py", query_params=narrowed(view.address(), start, last) | {"kpi": kpi})
    elif facts:
        kpi, values = facts
        st.switch_page("pages/tickets.py", query_params=view.address() | {"kpi": kpi, "category": values})
