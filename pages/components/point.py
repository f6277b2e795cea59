"""From a point of a chart to its tickets."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from analytics.kpi import Kpi
from analytics.kpis import find_kpi
from analytics.overview import Overview
from analytics.warehouse.engine import Engine
from pages.components.ticket_table import ticket_table
from pages.components.view import View, of_values, over_days

_HEIGHT = 380


def open_point(selected: Sequence[dict[str, Any]], shown: Overview, view: View, engine: Engine) -> None:
    """Show the tickets of a point just clicked. The chart keeps its selections, so they are compared with the last."""
    points = {(group["series_id"], index) for group in selected for index in group["data_indices"]}
    seen, st.session_state["seen_points"] = st.session_state.get("seen_points", set()), points
    new = sorted(points - seen)
    narrowed = _narrowed(new[0][0], new[0][1], shown, view) if new else None
    if narrowed:
        st.dialog(f"Tickets behind {narrowed[0].title}", width="large")(_tickets)(*narrowed, engine)


def _narrowed(series: str, index: int, shown: Overview, view: View) -> tuple[Kpi, View] | None:
    """The KPI, and the view narrowed to what was clicked; None if the chart has changed since."""
    name = series.partition(":")[0]
    if name == "volume":
        ranked = shown.categories["values"]
        return (find_kpi(name), of_values(view, "category", ranked.iloc[index])) if index < len(ranked) else None
    periods = shown.trends[name].frame
    if index >= len(periods):
        return None
    return find_kpi(name), over_days(view, periods["period"].iloc[index].date(), periods["last"].iloc[index])


def _tickets(kpi: Kpi, view: View, engine: Engine) -> None:
    ticket_table(kpi, view, engine, used=True, height=_HEIGHT)
    st.page_link(
        "pages/tickets.py", label="Open as a page", icon=":material/open_in_full:", width="content",
        query_params=view.address() | {"kpi": kpi.name},
    )  # fmt: skip
