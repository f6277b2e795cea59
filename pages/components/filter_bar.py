"""The filter bar: one row of widgets, the whole of it kept in the page's address.

Options are text from exports: a multiselect shows them as they are, unlike pills and radios, which read Markdown.
"""

from datetime import date, timedelta

import streamlit as st

from analytics.filters import Filters, read_value
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import DIMENSIONS
from analytics.window import Preset, fitting_grain, preset_days
from pages.components.results import choice_texts, shown_extent
from pages.components.view import View

FRONT = ("ticket_type", "assignment_group", "priority", "category")
FURTHER = tuple(name for name in DIMENSIONS if name not in FRONT)
_MORE = "more_filters"


def filter_bar(engine: Engine) -> View:
    """Draw the bar and say what it is set to."""
    unknown = _unknown_values(engine)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        preset = _period()
        dates = _dates(engine) if preset is Preset.DATES else ()
        chosen = {name: _values(engine, name) for name in FRONT}
        chosen |= _further(engine)
        st.button("Reset", type="tertiary", icon=":material/restart_alt:", on_click=_reset, help="Back to 90 days, no filters")
    if unknown:
        st.text(f"The link also named what this data does not have; it was left out: {', '.join(unknown)}")
    return _view(engine, preset, dates, {name: values for name, values in chosen.items() if values})


def _period() -> Preset:
    picked = st.segmented_control(
        "Period", [preset.value for preset in Preset], default=Preset.DAYS_90.value, key="period", required=True,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return Preset(picked or Preset.DAYS_90)


def _dates(engine: Engine) -> tuple[date, ...]:
    last = engine.as_of.date() if engine.as_of else date(2000, 1, 1)
    picked = st.date_input(
        "Dates", (last - timedelta(days=29), last), key="dates", bind="query-params", format="YYYY-MM-DD",
        label_visibility="collapsed", width=230,
    )  # fmt: skip
    return picked if isinstance(picked, tuple) else (picked,)


def _values(engine: Engine, dimension: str) -> list[str]:
    words = dimension.replace("_", " ")
    return st.multiselect(
        words.capitalize(), choice_texts(engine, engine.snapshot, dimension), key=dimension, bind="query-params",
        placeholder=f"Any {words}", label_visibility="collapsed", wrap=False,
    )  # fmt: skip


def _further(engine: Engine) -> dict[str, list[str]]:
    """The dimensions that are used more rarely. Closed, only those in use are drawn: each widget costs every rerun."""
    used = [name for name in FURTHER if st.query_params.get_all(name) or st.session_state.get(name)]
    label = f"More filters ({len(used)})" if used else "More filters"
    more = st.popover(label, icon=":material/tune:", key=_MORE, on_change="rerun")
    with more:
        drawn = [name for name in FURTHER if choice_texts(engine, engine.snapshot, name)] if more.open else used
        return {name: _values(engine, name) for name in drawn}


def _unknown_values(engine: Engine) -> list[str]:
    """What a link asks for and the data does not have; the widgets would drop it without a word."""
    asked = {name: st.query_params.get_all(name) for name in DIMENSIONS}
    known = {name: set(choice_texts(engine, engine.snapshot, name)) for name, texts in asked.items() if any(texts)}
    return [f"{name.replace('_', ' ')} {text}" for name in known for text in asked[name] if text and text not in known[name]]


def _reset() -> None:
    for name in DIMENSIONS:
        if name in st.session_state:
            st.session_state[name] = []
    st.session_state["period"] = Preset.DAYS_90.value


def _view(engine: Engine, preset: Preset, dates: tuple[date, ...], chosen: dict[str, list[str]]) -> View:
    start, end = preset_days(preset, engine.as_of)
    if preset is Preset.DATES and dates:
        start, end = dates[0], dates[-1] + timedelta(days=1)
    where = {name: [read_value(name, text) for text in texts] for name, texts in chosen.items()}
    reach = shown_extent(engine, engine.snapshot)
    first, last = start or reach.first_day, end or reach.last_day
    grain = fitting_grain(first or date.min, last or date.min)
    kept = tuple((name, tuple(texts)) for name, texts in sorted(chosen.items()))
    return View(Filters.of(start, end, where), grain, preset, dates, kept)
