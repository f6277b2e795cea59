"""Which tickets, as chips: the values wanted or not wanted of each dimension, limits, and a word in the title."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from analytics.ask.answering.value_words import dimension_words
from analytics.ask.question_address import NOT
from analytics.bound import MEASURES, Bound, Operator
from analytics.filters import NOT_RECORDED, Filters, Value
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import CLOCK
from pages.components.chip import chip_choice
from pages.components.chip_address import (
    Parameters,
    added,
    on_change,
    turned,
    with_bound,
    with_texts,
    write_question,
)
from pages.components.results import choice_texts

_IS, _IS_NOT = "is", "is not"
_MOST = 1e9


def value_chips(parameters: Parameters, filters: Filters, engine: Engine) -> None:
    """Per dimension a switch between `is` and `is not`, and its values."""
    listed = [*filters.where, *((f"{NOT}{name}", values) for name, values in filters.without)]
    for name, values in listed:
        _values(parameters, name, values, engine)
    if added().startswith("value "):
        _values(parameters, added().removeprefix("value "), (), engine)


def _values(parameters: Parameters, name: str, values: Sequence[Value], engine: Engine) -> None:
    dimension, key = name.removeprefix(NOT), f"chip_values_{name}"
    chosen = [NOT_RECORDED if value is None else str(value) for value in values]
    known = list(CLOCK[dimension]) if dimension in CLOCK else choice_texts(engine, engine.snapshot, dimension)
    st.session_state[key] = chosen

    def changed() -> None:
        write_question(with_texts(parameters, name, list(st.session_state[key])))

    words = dimension_words(dimension)
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
        if chosen:
            chip_choice(
                f"is_{name}", f"{words} is or is not", {_IS: f"{words} is", _IS_NOT: f"{words} is not"},
                _IS_NOT if name.startswith(NOT) else _IS, 60 + 8 * len(f"{words} is not"),
                lambda _: turned(parameters, name), must=True,
            )  # fmt: skip
        st.multiselect(
            words.capitalize(), list(dict.fromkeys([*known, *chosen])), key=key, placeholder=f"Any {words}",
            label_visibility="collapsed", width=230, on_change=changed,
        )  # fmt: skip


def bound_chips(parameters: Parameters, bounds: Sequence[Bound], as_of: date) -> None:
    """Per limit what is limited and how, and the limit itself."""
    for place, bound in enumerate(bounds):
        _bound(parameters, place, bound)
    if added() == "bound":
        options = {_code(name, operator): _words(name, operator) for name in MEASURES for operator in Operator}
        chip_choice(
            "bound_new", "Limit on", options, "", 270,
            lambda code: with_bound(parameters, len(bounds), _new(code, as_of)),
        )  # fmt: skip


def _bound(parameters: Parameters, place: int, bound: Bound) -> None:
    dated = MEASURES[bound.column].dated
    same = [name for name in MEASURES if MEASURES[name].dated == dated]
    options = {_code(name, operator): _words(name, operator) for name in same for operator in Operator}
    limit = bound.text.removeprefix(_code(bound.column, bound.operator))
    key = f"chip_limit_{place}"
    with st.container(horizontal=True, vertical_alignment="center", gap="xxsmall", width="content"):
        chip_choice(
            f"bound_{place}", "Limit on", options, _code(bound.column, bound.operator), 270,
            lambda code: with_bound(parameters, place, f"{code}{limit}" if code else ""),
        )  # fmt: skip
        code = _code(bound.column, bound.operator)
        changed = on_change(key, lambda text: with_bound(parameters, place, f"{code}{text}" if text else ""))
        st.session_state[key] = bound.limit
        if dated:
            st.date_input(
                "Day", value=None, key=key, format="YYYY-MM-DD", label_visibility="collapsed", width=165,
                on_change=changed,
            )  # fmt: skip
        else:
            st.session_state[key] = float(str(bound.limit))
            st.number_input(
                "Limit", value=None, min_value=-_MOST, max_value=_MOST, key=key, label_visibility="collapsed",
                width=120, step=1.0, format="%g", on_change=changed,
            )  # fmt: skip


def title_chip(parameters: Parameters, text: str) -> None:
    """A word that the title has; people type it."""
    if not text and added() != "title":
        return
    key = "chip_title"
    st.session_state[key] = text
    st.text_input(
        "The title has", key=key, placeholder="A word in the title", label_visibility="collapsed", width=200,
        icon=":material/title:", max_chars=200,
        on_change=on_change(key, lambda typed: with_texts(parameters, "title", [typed] if typed.strip() else [])),
    )  # fmt: skip


def _code(name: str, operator: Operator) -> str:
    return f"{name}{operator}"


def _words(name: str, operator: Operator) -> str:
    """`time to resolve over (h)`."""
    nought = Bound(name, operator, date(2000, 1, 1) if MEASURES[name].dated else 0.0)
    words = nought.words.removesuffix("2000-01-01").removesuffix(f" {MEASURES[name].unit}").removesuffix("0").strip()
    return f"{words} ({MEASURES[name].unit})" if MEASURES[name].unit else words


def _new(code: str, as_of: date) -> str:
    """A limit to begin with: two days, one hand-off, thirty days ago."""
    if not code:
        return ""
    measure = MEASURES[code.rstrip("<>=")]
    return f"{code}{date.fromordinal(as_of.toordinal() - 30) if measure.dated else 48 if measure.unit else 1}"
