"""What a link asks for beside the filter bar: values not wanted and limits, each a control that can be taken away."""

from dataclasses import replace
from datetime import date

import streamlit as st

from analytics.bound import Bound, read_bound
from analytics.errors import BacklightError
from analytics.filters import NOT_RECORDED, Filters, read_value
from analytics.ticket_columns import column_title
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import DIMENSIONS
from pages.components.address import asked_texts
from pages.components.results import choice_texts
from pages.components.ticket_address import change
from pages.components.view import View

NOT, BOUND = "not_", "bound"
# Where an address ends that leaves one side of the period open.
_FIRST, _END = date(1970, 1, 1), date(2200, 1, 1)
_WIDTH = 260


def ticket_conditions(view: View, engine: Engine, unread: list[str]) -> Filters:
    """The view's filters with the further conditions of the address, each drawn; what cannot be read is said."""
    without, bounds, unknown = _read()
    if without or bounds:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="ticket_conditions"):
            for name, texts in without.items():
                _values(engine, name, texts)
            if bounds:
                _limits(bounds)
            names = tuple(f"{NOT}{name}" for name in without) + ((BOUND,) if bounds else ())
            st.button("Remove these", type="tertiary", icon=":material/close:", on_click=_remove, args=names)
    if unread or unknown:
        st.text(f"This link also asks for what cannot be read; it is left out: {', '.join([*unread, *unknown])}")
    excluded = {name: [read_value(name, text) for text in texts] for name, texts in without.items()}
    with_them = Filters.of(where=dict(view.filters.where), without=excluded, bounds=bounds.values())
    return replace(with_them, start=_open(view.filters.start, _FIRST), end=_open(view.filters.end, _END))


def _open(day: date | None, outermost: date) -> date | None:
    return None if day == outermost else day


def _read() -> tuple[dict[str, list[str]], dict[str, Bound], list[str]]:
    """Values not wanted by dimension, limits by their text, and what is neither, in words."""
    without: dict[str, list[str]] = {}
    bounds: dict[str, Bound] = {}
    unknown: list[str] = []
    for parameter in st.query_params:
        name = parameter.removeprefix(NOT)
        if parameter == name:
            continue
        readable = [text for text in asked_texts(parameter) if name in DIMENSIONS and _is_value(name, text)]
        unknown += [f"{parameter} '{text}'" for text in asked_texts(parameter) if text not in readable]
        without |= {name: readable} if readable else {}
    for text in asked_texts(BOUND):
        try:
            bound = read_bound(text)
        except BacklightError:
            unknown.append(f"{BOUND} '{text}'")
        else:
            bounds[bound.text] = bound
    return without, bounds, unknown


def _is_value(name: str, text: str) -> bool:
    try:
        read_value(name, text)
    except BacklightError:
        return False
    return True


def _values(engine: Engine, name: str, texts: list[str]) -> None:
    """What is not wanted of a dimension; values that the data does not have stay options, so that they are seen."""
    key = f"{NOT}{name}"
    shown = [text or NOT_RECORDED for text in texts]
    known = list(dict.fromkeys([*choice_texts(engine, engine.snapshot, name), *shown]))
    st.session_state[key] = shown
    st.multiselect(
        f"{column_title(name)} is not", known, key=key, on_change=_keep, args=(key,), width=_WIDTH, wrap=True
    )


def _limits(bounds: dict[str, Bound]) -> None:
    st.session_state[BOUND] = list(bounds)
    st.multiselect(
        "Limits", list(bounds), key=BOUND, format_func=lambda text: _short(bounds[text]), width=_WIDTH, wrap=True,
        on_change=_keep, args=(BOUND,),
    )  # fmt: skip


def _short(bound: Bound) -> str:
    """`Hand-offs > 1`: a chip has little room, and the sentence above the table says it in full."""
    limit = bound.limit if isinstance(bound.limit, date) else f"{bound.limit:g}"
    return f"{column_title(bound.column)} {bound.operator} {limit}"


def _keep(name: str) -> None:
    change(**{name: st.session_state[name], "page": []})


def _remove(*names: str) -> None:
    change(**dict.fromkeys((*names, "page"), ()))
