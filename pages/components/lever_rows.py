"""Lever rows: what each lever alone must do, a row each, and a button that tries it in the mix below."""

import math

import streamlit as st

from analytics.forecast.inflow_mix import Part
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
            st.text(parts_words(lever.parts, change.dimension))
    st.markdown(change.sentence)


def parts_words(parts: tuple[Part, ...], dimension: str) -> str:
    """Which values make up as much; export text, hence for inert elements only."""
    words = dimension.replace("_", " ")
    named = [f"{part.value} ({part.share * 100:.0f} %)" for part in parts[:_MOST_NAMED]]
    more = f" and {len(parts) - _MOST_NAMED} more" if len(parts) > _MOST_NAMED else ""
    if len(parts) == 1:
        return f"That is less than all that came in lately of one {words}: {named[0]}."
    return f"As much came in lately of these by {words} together: {', '.join(named)}{more}."


def _try(lever: Lever) -> None:
    """Only that lever, at what is needed; one entry in the browser's history for each slider that moves."""
    needed = lever.needed or 0.0
    steps = needed if lever.lever == MORE_CLOSURES else needed * 100
    for name, address in SLIDERS.items():
        write(address, [str(math.ceil(steps - 1e-9)) if name == lever.lever else "0"], ["0"])
