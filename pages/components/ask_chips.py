"""The terms that were understood, as chips: each is a control, and what it is changed to is answered at once.

Values of an export stand only in options of selectboxes and multiselects, which show them as they are.
"""

from datetime import date

import streamlit as st

from analytics.ask.answering.span_words import compared_words
from analytics.ask.answering.value_words import dimension_words
from analytics.ask.question import Intent, Order, Question
from analytics.ask.question_address import BEFORE, YEAR_BEFORE, question_address
from analytics.kpis import KPIS
from analytics.period import Grain
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import DIMENSIONS
from pages.components.chip import chip_choice
from pages.components.chip_address import Parameters, add_chip, added, with_texts, write_question
from pages.components.filter_chips import bound_chips, title_chip, value_chips
from pages.components.period_chip import period_chip
from pages.components.threshold_chip import threshold_chip

MOST_SPLITS = 2
_INTENTS = {
    Intent.MEASURE: "the number", Intent.TICKETS: "the tickets", Intent.DEFINITION: "the definition",
    Intent.WHY: "why it changed", Intent.FORECAST: "what comes", Intent.OWNERS: "who owns them",
}  # fmt: skip
_ORDERS = {
    Order.HIGHEST: "highest first", Order.LOWEST: "lowest first", Order.RISEN: "risen most first",
    Order.FALLEN: "fallen most first",
}  # fmt: skip
_LIMITS = (1, 3, 5, 10, 20, 50, 100)


def ask_chips(question: Question, engine: Engine, as_of: date) -> None:
    """One wrapping row of controls; a change is one entry in the browser's history."""
    parameters = question_address(question)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="chips"):
        _intent(parameters, question)
        titles = {kpi.name: kpi.title for kpi in KPIS}
        chip_choice(
            "kpi", "KPI", titles, question.kpi, 250, lambda name: with_texts(parameters, "kpi", [name]), must=True
        )
        if question.intent is not Intent.DEFINITION:
            period_chip(parameters, question.span, as_of)
        value_chips(parameters, question.filters, engine)
        bound_chips(parameters, question.filters.bounds, as_of)
        title_chip(parameters, question.filters.title_text)
        _split(parameters, question)
        _grain(parameters, question)
        _compare(parameters, question)
        _order(parameters, question)
        threshold_chip(parameters, question)
        _add(question)


def _intent(parameters: Parameters, question: Question) -> None:
    if question.intent is not Intent.MEASURE or added() == "intent":
        options = {intent.value: words for intent, words in _INTENTS.items()}
        chip_choice(
            "intent", "What is wanted", options, question.intent.value, 160,
            lambda name: with_texts(parameters, "intent", [name] if name != Intent.MEASURE else []), must=True,
        )  # fmt: skip


def _split(parameters: Parameters, question: Question) -> None:
    if not question.by and added() != "by":
        return
    key = "chip_by"
    st.session_state[key] = list(question.by)

    def changed() -> None:
        write_question(with_texts(parameters, "by", list(st.session_state[key])))

    st.multiselect(
        "Split by", DIMENSIONS, key=key, format_func=lambda name: f"by {dimension_words(name)}", on_change=changed,
        label_visibility="collapsed", placeholder="Split by", max_selections=max(MOST_SPLITS, len(question.by)),
        width=220 if len(question.by) < 2 else 380, wrap=True,
    )  # fmt: skip


def _grain(parameters: Parameters, question: Question) -> None:
    if question.grain or added() == "grain":
        options = {grain.value: f"per {grain.value}" for grain in Grain}
        chosen = question.grain.value if question.grain else ""
        chip_choice(
            "grain",
            "Per period",
            options,
            chosen,
            140,
            lambda name: with_texts(parameters, "grain", [name] if name else []),
        )


def _compare(parameters: Parameters, question: Question) -> None:
    compared = question.compare
    if compared is None and added() != "compare":
        return
    options = {BEFORE: "against the period before", YEAR_BEFORE: "against a year before"}
    chosen = next(iter(parameters.get("compare", ())), "")
    if compared and chosen not in options:
        options[chosen] = f"against {compared_words(compared).removeprefix('in ')}"
    chip_choice(
        "compare", "Compare with", options, chosen, 240,
        lambda code: with_texts(parameters, "compare", [code] if code else []),
    )  # fmt: skip


def _order(parameters: Parameters, question: Question) -> None:
    if question.order or added() == "order":
        options = {order.value: words for order, words in _ORDERS.items()}
        chosen = question.order.value if question.order else ""
        chip_choice(
            "order", "Order", options, chosen, 170, lambda code: with_texts(parameters, "order", [code] if code else [])
        )
    if question.limit or added() == "limit":
        listed = sorted({*_LIMITS, question.limit or 1})
        rows = {str(number): f"the first {number}" if number > 1 else "only the first" for number in listed}
        chosen = str(question.limit or "")
        chip_choice(
            "limit", "Rows", rows, chosen, 150, lambda text: with_texts(parameters, "limit", [text] if text else [])
        )


def _add(question: Question) -> None:
    """What the question does not have yet."""
    filters = question.filters
    used = {name for name, _ in (*filters.where, *filters.without)}
    absent = {
        "by": "Split by", "grain": "Per day, week, month", "compare": "Compare with", "order": "Order",
        "limit": "First rows only", "threshold": "Above or below a value", "bound": "A limit on time or counts",
        "title": "A word in the title", "intent": "Something else than the number",
    }  # fmt: skip
    have = {
        "by": question.by, "grain": question.grain, "compare": question.compare, "order": question.order,
        "limit": question.limit, "threshold": question.threshold, "title": filters.title_text,
        "intent": question.intent is not Intent.MEASURE,
    }  # fmt: skip
    options = {name: words for name, words in absent.items() if not have.get(name)}
    options |= {f"value {name}": f"Only some: {dimension_words(name)}" for name in DIMENSIONS if name not in used}
    st.session_state.chip_add = None
    st.selectbox(
        "Add to the question", list(options), index=None, key="chip_add", format_func=options.__getitem__,
        placeholder="Add", label_visibility="collapsed", icon=":material/add:", width=130, on_change=_added,
    )  # fmt: skip


def _added() -> None:
    add_chip(str(st.session_state.get("chip_add") or ""))
