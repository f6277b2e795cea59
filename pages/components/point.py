"""From a point of a chart to its tickets."""

from datetime import date
from typing import Any

import streamlit as st

from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.warehouse.engine import Engine
from pages.components.ticket_table import ticket_table
from pages.components.view import View, of_values, over_days

_HEIGHT = 380


def open_point(points: list[dict[str, Any]], view: View, engine: Engine) -> None:
    """Show the tickets of a point just clicked. The chart keeps its selection, so it is compared with the last."""
    facts = _facts(points[0]) if points else []
    seen, st.session_state["seen_point"] = st.session_state.get("seen_point"), facts
    if not facts or facts == seen:
        return
    kpi, narrowed = _narrowed(facts, view)
    st.dialog(f"Tickets behind {kpi.title}", width="large")(_tickets)(kpi, narrowed, engine)


def _facts(point: dict[str, Any]) -> list[str]:
    """Plotly hands customdata over as a list or, by index, as a mapping."""
    custom = point.get("customdata") or []
    values = custom.values() if isinstance(custom, dict) else custom
    return [str(value) for value in values if value is not None]


def _narrowed(facts: list[str], view: View) -> tuple[Kpi, View]:
    """A bar of a ranking names its KPI and categories, a point of a course its KPI and days last."""
    if facts[0] == "volume":
        return find_kpi(facts[0]), of_values(view, "category", tuple(facts[1:]))
    *_, kpi, start, last = facts
    return find_kpi(kpi), over_days(view, date.fromisoformat(start), date.fromisoformat(last))


def _tickets(kpi: Kpi, view: View, engine: Engine) -> None:
    ticket_table(kpi, view, engine, used=True, height=_HEIGHT)
    st.page_link(
        "pages/tickets.py", label="Open as a page", icon=":material/open_in_full:", width="content",
        query_params=view.address() | {"kpi": kpi.name},
    )  # fmt: skip
