"""A chip: a small selectbox in the row of understood terms; cleared, its term is taken out of the question.

It is as wide as what it says, so that several stand beside each other on a phone.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from pages.components.chip_address import Parameters, on_change

_FRAME, _CROSS, _LETTER, _WIDEST = 58, 26, 8, 300


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

    A term that a question `must` have cannot be cleared. `width` is that of an empty chip, in pixels.
    """
    key = f"chip_{name}"
    wide = _FRAME + (0 if must else _CROSS) + _LETTER * len(options[chosen]) if chosen in options else width
    st.session_state[key] = str(chosen) if chosen in options else None
    st.selectbox(
        label, list(options), index=0 if must else None, key=key, format_func=lambda code: options.get(code, code),
        placeholder=label, label_visibility="collapsed", width=min(wide, _WIDEST), on_change=on_change(key, change),
    )  # fmt: skip
