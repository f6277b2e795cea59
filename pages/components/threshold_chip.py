"""The rows wanted by their value, as a chip: `under 80 %`."""

import streamlit as st

from analytics.ask.question import Question, Threshold
from analytics.bound import Operator
from analytics.kpi import Unit
from pages.components.chip import chip_choice
from pages.components.chip_address import Parameters, added, on_change, with_texts

_WORDS = {
    Operator.UNDER: "under", Operator.AT_MOST: "at most", Operator.OVER: "over", Operator.AT_LEAST: "at least",
}  # fmt: skip
_UNITS = {Unit.RATIO: "%", Unit.HOURS: "h", Unit.TICKETS: "tickets"}
_FIRST = {Unit.RATIO: 0.8, Unit.HOURS: 24.0, Unit.TICKETS: 100.0}


def threshold_chip(parameters: Parameters, question: Question) -> None:
    """How, and the value: per cent of a ratio, hours, or tickets."""
    asked, unit = question.threshold, question.measured.unit
    if asked is None and added() != "threshold":
        return
    factor = 100.0 if unit is Unit.RATIO else 1.0
    options = {operator.value: f"{words} ({_UNITS[unit]})" for operator, words in _WORDS.items()}
    value = asked.value if asked else _FIRST[unit]

    def with_operator(code: str) -> Parameters:
        return with_texts(parameters, "threshold", [Threshold(Operator(code), value).text] if code else [])

    def with_value(text: str) -> Parameters:
        how = asked.operator if asked else Operator.UNDER
        return with_texts(parameters, "threshold", [Threshold(how, float(text) / factor).text] if text else [])

    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
        chip_choice("threshold", "Value is", options, asked.operator if asked else "", 150, with_operator)
        if asked:
            st.session_state.chip_threshold_value = round(asked.value * factor, 6)
            st.number_input(
                "Value", value=None, key="chip_threshold_value", label_visibility="collapsed", width=120, step=1.0,
                format="%g", on_change=on_change("chip_threshold_value", with_value),
            )  # fmt: skip
