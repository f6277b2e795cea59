"""Elasticity: one number, one default and one place in the address for all that reckons with changed work."""

import streamlit as st

from analytics.filters import Filters
from analytics.forecast.elasticity import Elasticity, elasticity
from analytics.forecast.forecast import HORIZON, forecast
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from pages.components.address import asked_texts, write
from pages.components.results import asked

ELASTICITY = "elasticity"


def own_elasticity(engine: Engine, filters: Filters) -> Elasticity:
    """The desk's own; 1 with a reason where it cannot be told."""
    return asked(_estimated, engine, filters)


def asked_elasticity(own: Elasticity) -> float:
    """The number in the address, else the desk's own."""
    for text in asked_texts(ELASTICITY):
        try:
            number = float(text)
        except ValueError:
            continue
        if 0 <= number <= 1:
            return round(number, 2)
    return _usual(own)


def elasticity_field(own: Elasticity) -> float:
    """The field; the number to reckon with."""
    st.session_state[ELASTICITY] = asked_elasticity(own)
    st.number_input(
        "Elasticity of closures", min_value=0.0, max_value=1.0, value=None, step=0.05, key=ELASTICITY, width=170,
        on_change=_keep, args=(_usual(own),),
        help="By how many per cent closures change when the work on hand changes by one. 1: in proportion; 0: as many "
        "as before, whatever is there. Unless another number is entered, it is this desk's own.",
    )  # fmt: skip
    return float(st.session_state[ELASTICITY])


def _usual(own: Elasticity) -> float:
    return round(own.reckoned, 2)


def _keep(usual: float) -> None:
    entered = st.session_state[ELASTICITY]
    write(ELASTICITY, [f"{usual if entered is None else round(entered, 2):g}"], [f"{usual:g}"])


def _estimated(engine: Engine, filters: Filters) -> Elasticity:
    past = asked(forecast, engine, filters, HORIZON[Grain.WEEK]).history
    return elasticity(past) if past else Elasticity(reason="there is no history")
