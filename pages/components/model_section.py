"""How does it work? The model in plain words and as formulas, with the numbers it has read off this desk."""

import streamlit as st

from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.forecast.fitted import Fitted, fitted
from analytics.forecast.forecast import Forecast, forecast
from analytics.forecast.model import INTERVALS, LIMITS, models_by
from analytics.forecast.outlook import TITLES
from analytics.warehouse.engine import Engine
from pages.charts.fitted import ages_figure, ahead_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.reach import Reach, reach_choice
from pages.components.results import asked
from pages.components.view import View

_TITLES = {**TITLES, INTERVALS: "How wide the bands are"}
_ORDER = (INFLOW, OUTFLOW, BACKLOG, INTERVALS)


def model_section(view: View, engine: Engine) -> None:
    """Explain the model of the steps chosen."""
    st.fragment(_section)(view, engine)


def _section(view: View, engine: Engine) -> None:
    st.markdown(
        "**Open tickets leave by how old they are, new ones arrive as the calendar says, and the past says how far off "
        "that may be.**"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        reach = reach_choice()
    found = asked(forecast, engine, view.filters, reach.horizon, reach.grain)
    numbers = fitted(found)
    if numbers:
        _desk(numbers, reach)
    else:
        st.caption(f"There are no numbers of this desk to show. {found.refused}")
    _models(reach, found)
    basis_line("How does it work", found.basis, "model")


def _desk(numbers: Fitted, reach: Reach) -> None:
    step = reach.grain.value
    st.subheader("This desk in the model", anchor=False)
    st.markdown(_desk_words(numbers, step))
    ages, ahead = st.columns(2, gap="medium")
    with ages, st.container(gap="xxsmall"):
        st.markdown(f"The share of open tickets that ends in a {step}, by age")
        st.plotly_chart(ages_figure(numbers, step), config=CONFIG, key="model_ages", alt=_ages_alt(numbers, step))
    with ahead, st.container(gap="xxsmall"):
        st.markdown(f"How the {step}s to come differ from the usual one")
        alt = f"Factors of the {step}s to come on what comes in and on the pace of closing; 1 is usual."
        st.plotly_chart(ahead_figure(numbers, reach.grain), config=CONFIG, key="model_ahead", alt=alt)


def _desk_words(numbers: Fitted, step: str) -> str:
    half, gone = numbers.half_life, "fewer than half of what comes in ever ends"
    if half:
        when = f"in the {step} it was opened in" if half == 1 else f"within {half} {step}s"
        left = f"{numbers.left * 100:.0f} %" if numbers.left >= 0.005 else "less than 1 %"
        gone = f"half of what comes in ends {when}, and {left} of it is still open after 13 weeks"
    level = f"{numbers.inflow_level:,.0f}" if numbers.inflow_level >= 10 else f"{numbers.inflow_level:,.1f}"
    return (
        f"With the calendar taken out about {level} tickets come in a {step}. At the usual pace {gone}; the pace "
        f"expected for the {step}s to come is {numbers.pace * 100:.0f} % of the usual one."
    )


def _ages_alt(numbers: Fitted, step: str) -> str:
    parts = [f"{age}: {share * 100:.0f} %" for age, share in zip(*numbers.ages.to_numpy().T, strict=True)]
    return f"Share of open tickets that ends in a {step}, by {step}s since opening. {', '.join(parts)}."


def _models(reach: Reach, found: Forecast) -> None:
    models = {model.series: model for model in models_by(reach.grain)}
    for series in _ORDER:
        model = models[series]
        with st.container(gap="xxsmall"):
            st.subheader(_TITLES[series], anchor=False)
            st.markdown(f"**{model.name}.** {model.words}")
            if series == INTERVALS:
                st.markdown(_widening_words(found))
            with st.expander("As a formula", icon=":material/function:", key=f"formula_{series}"):
                st.latex(model.formula)
                st.caption(
                    f"t is the last known {reach.grain.value}, h the {reach.grain.value}s ahead; y comes in, x goes "
                    "out, B is open; f is the calendar, p the pace, q the share of an age that ends, n the tickets of "
                    "that age."
                )
    st.subheader("What it cannot know", anchor=False)
    st.markdown("".join(f"\n- {limit}" for limit in LIMITS))


def _widening_words(found: Forecast) -> str:
    numbers = fitted(found)
    if numbers is None or numbers.widening.empty:
        return "Here the past is too short to say how much."
    parts = [
        f"{_TITLES[series].casefold()} by {bulk:.2f} for the 80 % interval and {tails:.2f} for the 95 %"
        for series, bulk, tails in zip(*numbers.widening.to_numpy().T, strict=True)
    ]
    return f"Here the simulated spread is multiplied: {'; '.join(parts)}."
