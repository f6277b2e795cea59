"""A chip: a small selectbox in the row of understood terms; cleared, its term is taken out of the question."""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.components.chip_address import Parameters, on_change


def chip_choice(
    name: str,
    label: str,
    options: Mapping[str, str],
    chosen: str,
    width: int,
    change: Callable[[str], Parameters],
    must: bool = False,
) -> None:
    """One of `options` (code -> words). `change` turns the code chosen, empty where cleared, into the new question.

    A term that a question `must` have cannot be cleared.
    """
    key = f"chip_{name}"
    st.session_state[key] = str(chosen) if chosen in options else None
    st.selectbox(
        label, list(options), index=0 if must else None, key=key, format_func=lambda code: options.get(code, code),
        placeholder=label, label_visibility="collapsed", width=width, on_change=on_change(key, change),
    )  # fmt: skip
