"""Explore's controls: which KPI, against what, and the conditions that the filter bar has no place for."""

from collections.abc import Collection
from datetime import date

import streamlit as st

from analytics.ask.question_address import BEFORE, NOT
from analytics.bound import MEASURES, Bound, Operator
from analytics.kpis import KPIS, find_kpi
from analytics.kpis.volume import VOLUME
from pages.components.address import asked_one, asked_texts
from pages.components.explore_state import COMPARE, COMPARED, KPI, Explored, put, span_words

_KEPT, _GIVEN = "explore_conditions", "against given days"
_MOST = 1_000_000.0


def choose_kpi() -> None:
    """The choice of a KPI, kept in the address by its name."""
    names = [kpi.name for kpi in KPIS]
    st.session_state.explore_kpi = asked_one(KPI, names, VOLUME.name)
    st.selectbox(
        "KPI", names, key="explore_kpi", format_func=lambda name: find_kpi(name).title, label_visibility="collapsed",
        width=280, on_change=_keep, args=(KPI, "explore_kpi"),
    )  # fmt: skip


def choose_comparison(shown: Explored) -> None:
    """Against which days; those that a link gives are one choice more."""
    asked = next(iter(asked_texts(COMPARE)), BEFORE)
    compared = shown.question.compare
    given = [asked] if asked not in COMPARED and compared and not compared.code else []
    options = [*COMPARED, *given]
    st.session_state.explore_compare = asked if asked in options else BEFORE
    st.selectbox(
        "Compared", options, key="explore_compare", label_visibility="collapsed", width=230,
        format_func=lambda name: COMPARED.get(name, _GIVEN).capitalize(), on_change=_keep,
        args=(COMPARE, "explore_compare"),
    )  # fmt: skip


def comparison_words(shown: Explored) -> str:
    """What the changes are against, in our own words; empty for no comparison."""
    if shown.earlier is None:
        return shown.why_not
    return f"Changes are against {span_words(shown.question.compare)}." if shown.question.compare else ""


def conditions(shown: Explored) -> None:
    """What the tickets must also be, as chips that can be taken away. They quote the export: option texts only."""
    chips = _chips(shown)
    if not chips:
        return
    st.session_state[_KEPT] = list(chips)
    st.multiselect(
        "Also", list(chips), key=_KEPT, label_visibility="collapsed", on_change=_drop, args=(chips,), wrap=True,
        placeholder="Conditions",
    )  # fmt: skip


def _chips(shown: Explored) -> dict[str, tuple[str, str]]:
    """Words -> the parameter and its text in the address."""
    filters = shown.filters
    unwanted = {
        f"{name.replace('_', ' ')} is not {text}": (f"{NOT}{name}", text)
        for name, _ in filters.without
        for text in asked_texts(f"{NOT}{name}")
    }
    limits = {bound.words: ("bound", bound.text) for bound in filters.bounds}
    title = {f"the title has '{filters.title_text}'": ("title", filters.title_text)} if filters.title_text else {}
    return unwanted | limits | title


def _drop(chips: dict[str, tuple[str, str]]) -> None:
    kept: Collection[str] = st.session_state[_KEPT]
    texts: dict[str, list[str]] = {name: [] for name, _ in chips.values()}
    for words, (name, text) in chips.items():
        if words in kept:
            texts[name].append(text)
    put(texts)


def add_condition(shown: Explored, as_of: date) -> None:
    """A popover that adds a limit on a duration, a count or a day, or a text that the title has."""
    with st.popover("Condition", icon=":material/add:", key="add_condition", on_change="rerun") as more:
        if not more.open:
            return
        name = st.selectbox(
            "What is limited", list(MEASURES), key="bound_column", format_func=lambda name: _measure_words(name)
        )
        how = st.selectbox("How", list(Operator), key="bound_operator", format_func=_operator_words)
        operator = Operator(how or Operator.UNDER)
        limit = _limit(name, as_of)
        st.button("Add the limit", key="add_bound", on_click=_add_bound, args=(shown, Bound(name, operator, limit)))
        text = st.text_input("A text in the title", key="title_has", max_chars=100)
        st.button(
            "Search the titles", key="add_title", on_click=put, args=({"title": text.split() and [text.strip()]},)
        )


def _limit(name: str, as_of: date) -> float | date:
    if MEASURES[name].dated:
        chosen = st.date_input(
            "Day", as_of, date(1970, 1, 1), date(2199, 12, 31), key="bound_day", format="YYYY-MM-DD", required=True
        )
        return chosen if isinstance(chosen, date) else as_of
    unit = MEASURES[name].unit
    return float(st.number_input("Hours" if unit == "h" else "Times", 0.0, _MOST, 0.0, key="bound_number"))


def _measure_words(name: str) -> str:
    measure = MEASURES[name]
    return f"{measure.words} ({'day' if measure.dated else 'hours' if measure.unit else 'number'})".capitalize()


def _operator_words(operator: Operator) -> str:
    return {
        Operator.UNDER: "Less, or before", Operator.AT_MOST: "At most, or by",
        Operator.OVER: "More, or after", Operator.AT_LEAST: "At least, or from",
    }[operator]  # fmt: skip


def _add_bound(shown: Explored, bound: Bound) -> None:
    put({"bound": [*(kept.text for kept in shown.filters.bounds), bound.text]})


def _keep(name: str, key: str) -> None:
    default = {KPI: VOLUME.name, COMPARE: BEFORE}[name]
    chosen = st.session_state[key]
    put({name: [] if chosen == default else [chosen]})
