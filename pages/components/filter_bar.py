"""The filter bar: one row of widgets that follow the page's address.

Options are text from exports: a multiselect shows them as they are, unlike pills and radios, which read Markdown.
"""

from collections.abc import Collection
from datetime import date, timedelta
from urllib.parse import urlsplit

import streamlit as st

from analytics.filters import Filters, read_value
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import DIMENSIONS
from analytics.window import Preset, fitting_grain, preset_days
from pages.components.address import asked_dates, asked_one, asked_texts, write
from pages.components.results import choice_texts, shown_extent
from pages.components.view import View

FRONT = ("ticket_type", "assignment_group", "priority", "category")
FURTHER = tuple(name for name in DIMENSIONS if name not in FRONT)
PERIOD, DATES = "period", "dates"
_NAMES = (PERIOD, DATES, *DIMENSIONS)
_KEPT = "kept_filters"
_PRESETS = tuple(preset.value for preset in Preset)


def filter_bar(engine: Engine) -> View:
    """Draw the bar and say what it is set to."""
    _carry_over()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="filters"):
        preset = _period()
        dates = _dates(engine) if preset is Preset.DATES else ()
        chosen = {name: _values(engine, name) for name in FRONT}
        chosen |= _further(engine)
        st.button(
            "Reset",
            type="tertiary",
            icon=":material/restart_alt:",
            on_click=_reset,
            help="Back to 90 days without filters",
        )
    _say_unknown(engine)
    return _view(engine, preset, dates, {name: values for name, values in chosen.items() if values})


def _carry_over() -> None:
    """The filters stay when a reader goes to another page by the navigation, which empties the address.

    The emptied address stays in the browser's history: back from where the filters were carried to leads to it, and
    they are put in again. Widgets are forgotten on pages without the bar, which tells an arrival from those.
    """
    page, asked, kept = urlsplit(st.context.url or "").path, _asked(), st.session_state.get(_KEPT, {})
    arrived = PERIOD not in st.session_state or st.session_state.get("filtered_page", page) != page
    if arrived:
        st.session_state.carried_filters = {} if asked else kept
    if not asked and kept and (arrived or kept == st.session_state.get("carried_filters")):
        asked = kept
        st.query_params.update(asked)  # all at once: one entry in the browser's history
    st.session_state.filtered_page, st.session_state[_KEPT] = page, asked


def _asked() -> dict[str, list[str]]:
    """What the address asks for, by name."""
    return {name: asked_texts(name) for name in _NAMES if asked_texts(name)}


def _set(name: str, texts: Collection[str], default: Collection[str] = ()) -> None:
    """Write what was chosen here, which is not to be taken for a way back to an empty address."""
    write(name, texts, default)
    st.session_state[_KEPT] = _asked()
    if not st.session_state[_KEPT]:
        st.session_state.carried_filters = {}


def _period() -> Preset:
    st.session_state[PERIOD] = asked_one(PERIOD, _PRESETS, Preset.DAYS_90.value)
    st.segmented_control(
        "Period", _PRESETS, key=PERIOD, required=True, label_visibility="collapsed", on_change=_keep_period
    )
    return Preset(st.session_state[PERIOD] or Preset.DAYS_90)


def _keep_period() -> None:
    _set(PERIOD, [st.session_state[PERIOD] or Preset.DAYS_90.value], [Preset.DAYS_90.value])
    if st.session_state[PERIOD] != Preset.DATES:
        _set(DATES, [])


def _dates(engine: Engine) -> tuple[date, ...]:
    """Two single dates: a range widget hands over half a range while it is being filled in."""
    newest = engine.as_of.date() if engine.as_of else date(2000, 1, 1)
    asked = asked_dates(DATES) or (newest - timedelta(days=29), newest)
    st.session_state.first_day, st.session_state.last_day = asked[0], asked[-1]
    for key, label in (("first_day", "First day"), ("last_day", "Last day")):
        st.date_input(
            label, key=key, format="YYYY-MM-DD", label_visibility="collapsed", width=120, required=True,
            on_change=_keep_dates,
        )  # fmt: skip
    return asked[0], asked[-1]


def _keep_dates() -> None:
    _set(DATES, [day.isoformat() for day in sorted((st.session_state.first_day, st.session_state.last_day))])


def _values(engine: Engine, dimension: str) -> list[str]:
    known = choice_texts(engine, engine.snapshot, dimension)
    st.session_state[dimension] = [text for text in asked_texts(dimension) if text in known]
    words = dimension.replace("_", " ")
    short = words.removeprefix("ticket ").removeprefix("assignment ")
    return st.multiselect(
        words.capitalize(), known, key=dimension, placeholder=f"Any {short}", label_visibility="collapsed", wrap=False,
        on_change=_keep_values, args=(dimension,),
    )  # fmt: skip


def _keep_values(dimension: str) -> None:
    _set(dimension, st.session_state[dimension])


def _further(engine: Engine) -> dict[str, list[str]]:
    """The dimensions that are used more rarely. Closed, only those in use are drawn: each widget costs every rerun."""
    used = [name for name in FURTHER if asked_texts(name)]
    label = f"More ({len(used)})" if used else "More"
    more = st.popover(label, icon=":material/tune:", key="more_filters", on_change="rerun")
    with more:
        drawn = [name for name in FURTHER if len(choice_texts(engine, engine.snapshot, name)) > 1] if more.open else []
        return {name: _values(engine, name) for name in dict.fromkeys([*used, *drawn])}


def _say_unknown(engine: Engine) -> None:
    """What a link asks for and the data does not have is said, and otherwise left out."""
    unknown = [
        f"{name.replace('_', ' ')} '{text}'"
        for name in DIMENSIONS
        for text in asked_texts(name)
        if text not in choice_texts(engine, engine.snapshot, name)
    ]
    if unknown:
        st.text(f"This link also asks for what the data does not have; it is left out: {', '.join(unknown)}")


def _reset() -> None:
    """All at once: one entry in the browser's history."""
    st.query_params.from_dict({name: asked_texts(name) for name in st.query_params if name not in _NAMES})
    st.session_state[_KEPT], st.session_state.carried_filters = {}, {}


def _view(engine: Engine, preset: Preset, dates: tuple[date, ...], chosen: dict[str, list[str]]) -> View:
    start, end = preset_days(preset, engine.as_of)
    if dates:
        start, end = dates[0], dates[-1] + timedelta(days=1)
    where = {name: [read_value(name, text) for text in texts] for name, texts in chosen.items()}
    reach = shown_extent(engine, engine.snapshot)
    grain = fitting_grain(start or reach.first_day or date.min, end or reach.last_day or date.min)
    kept = tuple((name, tuple(texts)) for name, texts in sorted(chosen.items()))
    return View(Filters.of(start, end, where), grain, preset, dates, kept)
