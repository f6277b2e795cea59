"""The choice by which dimension a picture or table is split, held in the address."""

import streamlit as st

from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TRAITS
from pages.components.address import asked_one, write
from pages.components.results import choice_texts

_WHOLE = "not split"


def split_choice(engine: Engine, name: str) -> str | None:
    """Draw the choice; the dimension asked for under `name`, None for none.

    Only those dimensions that tell tickets apart are offered.
    """
    known = [dimension for dimension in TRAITS if len(choice_texts(engine, engine.snapshot, dimension)) > 1]
    st.session_state[name] = asked_one(name, known, _WHOLE)
    st.selectbox(
        "Split", [_WHOLE, *known], key=name, label_visibility="collapsed", width=200, on_change=_keep, args=(name,),
        format_func=lambda value: (value if value == _WHOLE else f"by {value.replace('_', ' ')}").capitalize(),
    )  # fmt: skip
    return None if st.session_state[name] == _WHOLE else str(st.session_state[name])


def _keep(name: str) -> None:
    write(name, [st.session_state[name]], [_WHOLE])
