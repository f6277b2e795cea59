"""What a chip changes: the question as the parameters of an address, edited one at a time.

Each change is one entry in the browser's history. A chip that was added and has no value yet is not in the address.
"""

from collections.abc import Callable

import streamlit as st

from analytics.ask.question_address import NOT
from pages.components.address import asked_texts

Parameters = dict[str, list[str]]
TYPED, _ADDED = "q", "chip_added"
DAYS = ("period", "from", "to")


def with_texts(parameters: Parameters, name: str, texts: list[str]) -> Parameters:
    """With these texts under a name, or without the name where there are none."""
    others = {key: listed for key, listed in parameters.items() if key != name}
    return others | {name: texts} if texts else others


def over_days(parameters: Parameters, period: str = "", start: str = "", end: str = "") -> Parameters:
    """Over a relative period, or from a day to another (exclusive), or over all time."""
    others = {key: listed for key, listed in parameters.items() if key not in DAYS}
    days = {"period": period} if period else {"from": start, "to": end}
    return others | {name: [text] for name, text in days.items() if text}


def turned(parameters: Parameters, name: str) -> Parameters:
    """With `is` and `is not` exchanged for the values under a name; values already there are kept beside them."""
    other = name.removeprefix(NOT) if name.startswith(NOT) else f"{NOT}{name}"
    values = [*parameters.get(other, ()), *parameters.get(name, ())]
    return with_texts(with_texts(parameters, name, []), other, list(dict.fromkeys(values)))


def with_bound(parameters: Parameters, place: int, text: str) -> Parameters:
    """With another limit at a place (a new one after the last), or without it."""
    bounds = list(parameters.get("bound", ()))
    bounds[place : place + 1] = [text] if text else []
    return with_texts(parameters, "bound", bounds)


def write_question(parameters: Parameters) -> None:
    """Make it the page's address; what was typed stays beside it."""
    typed = asked_texts(TYPED)[:1]
    forget_added()
    st.query_params.from_dict(({TYPED: typed} if typed else {}) | parameters)


def on_change(key: str, change: Callable[[str], Parameters]) -> Callable[[], None]:
    """A callback that hands over a chip's new value as text, nothing where it was cleared, and writes the outcome."""

    def changed() -> None:
        value = st.session_state.get(key)
        write_question(change("" if value is None else str(value)))

    return changed


def added() -> str:
    """The chip that was added and has no value yet; empty for none."""
    return str(st.session_state.get(_ADDED, ""))


def add_chip(name: str) -> None:
    """Show an empty chip."""
    st.session_state[_ADDED] = name


def forget_added() -> None:
    """Show no empty chip."""
    st.session_state.pop(_ADDED, None)
