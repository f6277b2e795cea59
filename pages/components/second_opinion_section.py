"""A second opinion by statsmodels and the series taken apart: computed when asked for, never part of the forecast."""

from datetime import datetime

import streamlit as st

from analytics.filters import Filters
from analytics.forecast.decomposition import Decomposition, decomposition
from analytics.forecast.forecast import Forecast
from analytics.forecast.history import History, history
from analytics.forecast.outlook import outlook
from analytics.forecast.second_opinion import SecondOpinion, second_opinion
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.charts.decomposition import decomposition_figure
from pages.charts.fan import fan_figure
from pages.charts.theme import CONFIG
from pages.components.results import asked
from pages.components.view import View

_HEIGHT = 300


def second_opinion_section(found: Forecast, series: str, view: View, engine: Engine) -> None:
    """An expander; what is in it is worked out once it is open."""
    past = found.history
    if past is None:
        return
    opened = st.expander("A second opinion", icon=":material/balance:", key="second_opinion", on_change="rerun")
    if not opened.open:
        return
    with opened, st.container(gap="xsmall"):
        st.caption(
            "A check on ours, not the forecast: another model, fitted by statsmodels to the same weeks. Where the two "
            "are far apart, trust neither blindly."
        )
        other = asked(_opinion, engine, view.filters, series, found.horizon, past.grain)
        _compare(found, past, other, series, engine.as_of)
        apart = asked(_parts, engine, view.filters, series, past.grain)
        st.markdown(apart.sentence)
        if not apart.refused:
            alt = f"Trend, season and rest. {apart.sentence}"
            st.plotly_chart(decomposition_figure(apart), config=CONFIG, key="decomposition", alt=alt)


def _compare(found: Forecast, past: History, other: SecondOpinion, series: str, as_of: datetime | None) -> None:
    if series not in found.fans:
        st.markdown(other.refused or "There is none of ours to compare it with: this series is not shown.")
        return
    said = other.against(found.fans[series])
    st.markdown(said)
    if not other.refused:
        shown = outlook(found, series, past.ends, as_of)
        figure = fan_figure(shown, _HEIGHT, other=other)
        st.plotly_chart(figure, config=CONFIG, key="second_opinion_fan", alt=said)


def _opinion(engine: Engine, filters: Filters, series: str, horizon: int, grain: Grain) -> SecondOpinion:
    past = history(engine, filters, grain)
    if past is None:
        raise ValueError("there is no history")
    return second_opinion(past, series, horizon)


def _parts(engine: Engine, filters: Filters, series: str, grain: Grain) -> Decomposition:
    past = history(engine, filters, grain)
    if past is None:
        raise ValueError("there is no history")
    return decomposition(past, series)
