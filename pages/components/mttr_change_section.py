"""What moved the time to resolve? Mix and rate of each value, and the tickets behind them."""

import pandas as pd
import streamlit as st

from analytics.flow.mttr_change import FEW, MttrChange, mttr_change
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TRAITS
from pages.charts.mttr_change import mttr_change_bars
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked, choice_texts
from pages.components.selection import open_selection, selection_button
from pages.components.view import View

BY = "moved_by"
_FIRST = ("assignment_group", "category", "priority", "ticket_type")
_MOST_LINES = 10
_TITLE = "What moved the time to resolve?"


def mttr_change_section(view: View, engine: Engine) -> None:
    """Draw the change of the view's window against the one before, by a dimension that the address remembers."""
    with st.container(gap="xsmall"):
        told = _telling(view, engine)
        found = asked(mttr_change, engine, view.filters, asked_one(BY, told, told[0]))
        words, choice = st.columns([5, 1], gap="small")
        words.markdown(found.sentence)
        if found.reason:
            basis_line(_TITLE, found.basis, "mttr_change")
            return
        with choice:
            _choose_dimension(told)
        if found.largest:
            words.text(found.largest)
        _bars(found, engine)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            basis_line(_TITLE, found.basis, "mttr_change")
            selection_button(
                "All tickets resolved", "Resolved in the period", found.behind(), engine, "mttr_change_all"
            )


def _telling(view: View, engine: Engine) -> list[str]:
    """The dimensions that tell the view's tickets apart: those with several values, not narrowed to one."""
    one = {name for name, values in view.filters.where if len(values) == 1}
    several = [name for name in _ordered() if len(choice_texts(engine, engine.snapshot, name)) > 1]
    return [name for name in several if name not in one] or [_FIRST[0]]


def _ordered() -> tuple[str, ...]:
    return (*_FIRST, *(name for name in TRAITS if name not in _FIRST))


def _choose_dimension(told: list[str]) -> None:
    st.session_state[BY] = asked_one(BY, told, told[0])
    st.selectbox(
        "Split by", told, key=BY, format_func=lambda name: f"By {name.replace('_', ' ')}", width="stretch",
        label_visibility="collapsed", on_change=_keep, args=(told[0],),
    )  # fmt: skip


def _keep(first: str) -> None:
    write(BY, [st.session_state[BY]], [first])


def _bars(found: MttrChange, engine: Engine) -> None:
    """The largest parts; a click on one opens its tickets."""
    frame: pd.DataFrame = found.frame.assign(place=range(len(found.frame)))
    shown = frame.head(_MOST_LINES)
    rest = frame.iloc[_MOST_LINES:]
    event = st.plotly_chart(
        mttr_change_bars(shown, st.context.theme.type == "dark"), config=CONFIG, key=f"moved_{found.dimension}",
        alt=f"{found.sentence} {found.largest}", on_select="rerun", selection_mode="points",
    )  # fmt: skip
    point = clicked(event, f"moved_{found.dimension}")
    if point:
        open_selection("Resolved in the period, of one value", found.behind(int(point["customdata"][0])), engine)
    few = f" '{FEW.capitalize()}' are those too small to be told apart." if (frame["label"] == FEW).any() else ""
    more = ""
    if len(rest):
        more = f" {count_text(len(rest))} smaller parts are not drawn; they add up to {found.rest_text(_MOST_LINES)}."
    st.caption(f"Click a bar for its tickets.{more}{few}")
