"""Staffing: which hours of a usual week bring more than leaves in them."""

import streamlit as st

from analytics.forecast.forecast import HORIZON, forecast
from analytics.forecast.staffing import Staffing, demand_of, staffing
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.staffing import MEASURES, week_figure, weekdays_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.view import View

_SHOWN = "staffing_by"
_FIRST = "gap"
_WEEKDAYS = "Tickets expected to come, and tickets that leave, on each day of a usual week."
_EXPLAINED = {
    "arrivals": "Tickets expected to come in each hour of a week.",
    "departures": "Tickets that leave in each hour of a usual week.",
    "gap": "Orange hours bring more than leaves in them, blue ones less; those with too few tickets have no colour.",
}


def staffing_section(view: View, engine: Engine) -> None:
    """Draw the week; only this part is drawn again by its control."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    ahead = asked(forecast, engine, view.filters, HORIZON[Grain.WEEK], Grain.WEEK)
    found = asked(staffing, engine, view.filters, demand_of(ahead))
    st.markdown(f"**{found.sentence}**")
    if not found.reason:
        _draw(found)
        st.caption(" ".join([*found.notes, found.rate_words]))
    basis_line("Who is needed when", found.basis, "staffing")


def _draw(found: Staffing) -> None:
    if found.by_hour:
        alt = f"Tickets that come and leave by weekday. {found.sentence}"
        st.plotly_chart(weekdays_figure(found), config=CONFIG, key="staffing_days", alt=alt)
        st.caption(f"{_WEEKDAYS} Business hours: {found.calendar.sentence}.")
        return
    measure = _measure()
    figure = week_figure(found, measure, st.context.theme.type == "dark")
    alt = f"{MEASURES[measure]} by weekday and hour. {found.sentence}"
    st.plotly_chart(figure, config=CONFIG, key="staffing_week", alt=alt)
    st.caption(f"{_EXPLAINED[measure]} Business hours are outlined: {found.calendar.sentence}.")


def _measure() -> str:
    """What is coloured, kept in the address."""
    st.session_state[_SHOWN] = asked_one(_SHOWN, tuple(MEASURES), _FIRST)
    st.segmented_control(
        "Coloured by", list(MEASURES), key=_SHOWN, required=True, on_change=_keep_measure, width="content",
        label_visibility="collapsed", format_func=lambda name: MEASURES[name],
    )  # fmt: skip
    return str(st.session_state[_SHOWN] or _FIRST)


def _keep_measure() -> None:
    write(_SHOWN, [st.session_state[_SHOWN] or _FIRST], [_FIRST])
