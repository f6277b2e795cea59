"""How does it flow? The cumulative flow diagram, and the net flow per week."""

from datetime import date, timedelta
from typing import Any

import streamlit as st

from analytics.flow.bridge_tickets import week_tickets
from analytics.flow.cumulative_flow import INTERIM, UNKNOWN, CumulativeFlow, cumulative_flow, cumulative_flow_sentence
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine
from pages.charts.cumulative_flow import BAND_WORDS, flow_bands, net_flow_bars
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View

_WEEK = timedelta(days=7)
_BAND_NOTES = {
    INTERIM: "Resolved for now: to be reopened later, so still open.",
    UNKNOWN: "Status not known: these tickets have no history of changes.",
}


def cumulative_flow_section(view: View, engine: Engine) -> None:
    """Draw both pictures over the view's window."""
    found = asked(cumulative_flow, engine, view.filters)
    st.markdown(cumulative_flow_sentence(found))
    if not found.basis.used:
        st.caption("Choose a longer period, or take a filter away.")
        return
    with st.container(gap="xxsmall"):
        _since_the_start(found)
    if found.bands:
        with st.container(gap="xxsmall"):
            _by_status(found)
    with st.container(gap="xxsmall"):
        st.subheader("Net flow per week", anchor=False)
        _net(found, engine)
        basis_line("Cumulative flow", found.basis, "cumulative_flow")


def _since_the_start(found: CumulativeFlow) -> None:
    st.plotly_chart(flow_bands(found, True), config=CONFIG, key="cumulative_flow", alt=cumulative_flow_sentence(found))
    open_words = "The coloured bands together are" if found.bands else "The coloured band is"
    why = "" if found.bands else f" It is one band: {found.why_not}. An export of changes would split it by status."
    st.caption(f"{open_words} the open tickets; grey is what ended since the period began.{why}")


def _by_status(found: CumulativeFlow) -> None:
    st.subheader("Open tickets by status", anchor=False)
    st.plotly_chart(flow_bands(found, False), config=CONFIG, key="open_bands", alt=_alt(found))
    said = [words for band, words in _BAND_NOTES.items() if band in found.bands]
    st.caption(
        " ".join(
            ["At the end of each day, from the history of changes. A band that widens is where work waits.", *said]
        )
    )


def _alt(found: CumulativeFlow) -> str:
    last = found.frame.iloc[-1].to_dict()
    named = [f"{BAND_WORDS[band]} {count_text(int(last[band]))}" for band in found.bands or ("backlog",)]
    return f"Open tickets at the end: {', '.join(named)}."


def _net(found: CumulativeFlow, engine: Engine) -> None:
    event: Any = st.plotly_chart(
        net_flow_bars(found), config=CONFIG, key="net_flow_weeks", on_select="rerun", selection_mode="points",
        alt=cumulative_flow_sentence(found),
    )  # fmt: skip
    point = clicked(event, "net_flow_weeks")
    if point and point.get("customdata"):
        monday = date.fromisoformat(str(point["customdata"][0]))
        window = found.filters
        if window.start and window.end:
            week = window.between(max(monday, window.start), min(monday + _WEEK, window.end))
            open_selection("Tickets of this week", week_tickets(week), engine)
    st.caption(
        "Opened less ended. Above nought the backlog grew in that week. Pale: cut by the period, or not over yet. "
        "Click a bar for its tickets."
    )
