"""Lever rows: what each lever alone must do, a row each, and a button that tries it in the mix below."""

import math

import streamlit as st

from analytics.forecast.clearing import chance_text
from analytics.forecast.needed import FASTER_HANDLING, FEWER_ARRIVALS, MORE_CLOSURES, Lever, Needed
from pages.components.address import write

# Address names of the sliders of the mix.
SLIDERS = {FEWER_ARRIVALS: "fewer_arrivals", MORE_CLOSURES: "more_closures", FASTER_HANDLING: "faster_handling"}
_NAMES = {FEWER_ARRIVALS: "Fewer arrivals", MORE_CLOSURES: "More closures", FASTER_HANDLING: "Faster handling"}
_ICONS = {FEWER_ARRIVALS: "input", MORE_CLOSURES: "group_add", FASTER_HANDLING: "speed"}
_MOST_NAMED = 6


def lever_rows(change: Needed) -> None:
    """Draw them."""
    st.markdown(change.wanted)
    for lever in change.levers:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            words = f":material/{_ICONS[lever.lever]}: **{_NAMES[lever.lever]}.** {lever.sentence}"
            st.markdown(words, width="stretch")
            if lever.needed:
                st.button(
                    "Try it", key=f"try_{lever.lever}", type="tertiary", icon=":material/tune:", on_click=_try,
                    args=(lever,), help="Sets the sliders below to this",
                )  # fmt: skip
        if lever.parts:
            st.text(parts_words(lever, change.dimension, change.probability))
    st.markdown(change.sentence)


def parts_words(lever: Lever, dimension: str, wanted: float) -> str:
    """Which values would have to stay away; export text, hence for inert elements only."""
    words, parts, chance = dimension.replace("_", " "), lever.parts, lever.chance_without or 0.0
    named = [f"{part.value} ({part.share * 100:.0f} %)" for part in parts[:_MOST_NAMED]]
    more = f" and {len(parts) - _MOST_NAMED} more" if len(parts) > _MOST_NAMED else ""
    without = f"{', '.join(named)}{more}"
    if chance >= wanted:
        return (
            f"By {words}, it would do if none of these came any more: {without}. The chance is {chance_text(chance)}."
        )
    return (
        f"By {words}, these are as much, but closed too soon to do it alone: {without}. With none of them the chance "
        f"is {chance_text(chance)}."
    )


def _try(lever: Lever) -> None:
    """Only that lever, at what is needed; one entry in the browser's history for each slider that moves."""
    needed = lever.needed or 0.0
    steps = needed if lever.lever == MORE_CLOSURES else needed * 100
    for name, address in SLIDERS.items():
        write(address, [str(math.ceil(steps - 1e-9)) if name == lever.lever else "0"], ["0"])
