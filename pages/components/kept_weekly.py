"""The whole desk's forecast, kept by itself once a week, so that there is something to hold against what came."""

import logging

import streamlit as st

from analytics.errors import BacklightError
from analytics.filters import Filters
from analytics.forecast.forecast import HORIZON, forecast
from analytics.forecast.kept import keep_of_week
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.components.results import asked
from pages.components.warehouse import store

_LOG = logging.getLogger(__name__)
_DONE = "forecast_kept_of"


def keep_weekly(engine: Engine) -> None:
    """Keep it, at most once a session and snapshot; where nothing can be written the page goes on without."""
    if st.session_state.get(_DONE) == engine.snapshot:
        return
    st.session_state[_DONE] = engine.snapshot
    found = asked(forecast, engine, Filters(), HORIZON[Grain.WEEK], Grain.WEEK)
    try:
        keep_of_week(store(), engine, found)
    except BacklightError as error:
        _LOG.warning("The forecast of this week was not kept: %s", error)
