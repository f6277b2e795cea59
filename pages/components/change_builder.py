"""Builder of a what-if: a place to add a change of any kind, and the list of those that hold, kept in the address."""

from collections.abc import Callable
from datetime import date, timedelta

import streamlit as st

from analytics.errors import BacklightError
from analytics.filters import read_value
from analytics.forecast.change_text import from_link, linked
from analytics.forecast.changes import Automation, Change, Freeze, InflowChange, PeopleChange
from analytics.forecast.forecast import Forecast
from analytics.forecast.scenario import MOST_CHANGES, REACHES
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TRAITS
from pages.components.address import asked_texts, write
from pages.components.message import show_error
from pages.components.results import choice_texts

WHAT_IF = "what_if"
# What a ticket is when it comes in; its status and source are not.
_DIMENSIONS = tuple(name for name in TRAITS if name not in ("status", "source"))
_FIRST = "category"


def changes_asked() -> tuple[Change, ...]:
    """The changes in the address; what is none is left out."""
    found = [change for text in asked_texts(WHAT_IF) if (change := from_link(text))]
    return tuple(found[:MOST_CHANGES])


def write_changes(changes: tuple[Change, ...]) -> None:
    """Put these in place of those in the address."""
    write(WHAT_IF, [linked(change) for change in changes])


def add_change(engine: Engine, present: Forecast) -> None:
    """A popover with the fields of one kind of change, and a button that adds it; days up to a year ahead."""
    with st.popover("Add a change", icon=":material/add:", type="primary"):
        kind = st.selectbox("What changes?", list(_KINDS), key="what_if_kind")
        build = _KINDS[kind](engine, present)
        if len(changes_asked()) >= MOST_CHANGES:
            st.caption(f"A scenario holds at most {MOST_CHANGES} changes.")
        elif st.button("Add", icon=":material/add:", key="what_if_add"):
            _add(build)


def list_changes(changes: tuple[Change, ...], reading: tuple[str, ...], not_counted: tuple[str, ...]) -> None:
    """Each change with what it was taken to be and a button that takes it away; the words quote the export."""
    for place, change in enumerate(changes):
        said = next((line for line in (*reading, *not_counted) if line.startswith(change.sentence)), change.sentence)
        words, button = st.columns([6, 1], vertical_alignment="center")
        words.text(f"{'Not counted: ' if said in not_counted else ''}{said}")
        with button:
            st.button(
                "Remove", key=f"what_if_remove_{place}", type="tertiary", icon=":material/delete:", on_click=_remove,
                args=(change,),
            )  # fmt: skip


def _add(build: Callable[[], Change | None]) -> None:
    try:
        change = build()
    except BacklightError as error:
        show_error(error)
        return
    if change is not None:
        write_changes((*changes_asked(), change))


def _remove(change: Change) -> None:
    write_changes(tuple(kept for kept in changes_asked() if kept != change))


def _inflow(engine: Engine, present: Forecast) -> Callable[[], Change | None]:
    told = [name for name in _DIMENSIONS if len(choice_texts(engine, engine.snapshot, name)) > 1]
    if not told:
        st.caption("No dimension tells tickets apart in this export.")
        return lambda: None
    first = told.index(_FIRST) if _FIRST in told else 0
    dimension = st.selectbox("Of which", told, first, _words, key="what_if_dimension")
    value = st.selectbox("Value", choice_texts(engine, engine.snapshot, dimension), key=f"what_if_value_{dimension}")
    percent = st.number_input("Change in %", -100.0, 1_000.0, -25.0, 5.0, "%.0f", key="what_if_percent")
    start = _start(present)
    return lambda: InflowChange(dimension, read_value(dimension, value), percent, start)


def _people(engine: Engine, present: Forecast) -> Callable[[], Change | None]:
    groups = [name for name in choice_texts(engine, engine.snapshot, "assignment_group") if read_value("site", name)]
    if not groups:
        st.caption("The export has no assignment groups.")
        return lambda: None
    group = st.selectbox("Group", groups, key="what_if_group")
    people = st.number_input("People more, or fewer (below 0)", -100, 100, 2, key="what_if_people")
    each = st.number_input(
        "Tickets a week one person ends", 0.0, 10_000.0, None, 0.5, "%.1f", placeholder="as measured",
        key="what_if_each",
    )  # fmt: skip
    start = _start(present)
    return lambda: PeopleChange(group, float(people), start, each)


def _freeze(_: Engine, present: Forecast) -> Callable[[], Change | None]:
    first, last = _reach(present)
    days = st.date_input(
        "First and last day", (first, min(first.fromordinal(first.toordinal() + 13), last)), first, last,
        format="YYYY-MM-DD", key="what_if_freeze",
    )  # fmt: skip
    share = st.number_input("Usual closures that go on, in %", 0, 100, 0, 10, key="what_if_freeze_share")
    if not isinstance(days, tuple) or len(days) != 2:
        st.caption("Choose the last day too.")
        return lambda: None
    return lambda: Freeze(days[0], days[1], share / 100)


def _automation(_: Engine, present: Forecast) -> Callable[[], Change | None]:
    share = st.number_input("Of their arrivals no longer come, in %", 0, 100, 50, 5, key="what_if_share")
    start = _start(present)
    return lambda: Automation(share / 100, start)


def _start(present: Forecast) -> date | None:
    first, last = _reach(present)
    day = st.date_input(
        "From (empty: now)", None, first, last, format="YYYY-MM-DD", key="what_if_start", help="The first day it holds"
    )
    return day if isinstance(day, date) else None


def _reach(present: Forecast) -> tuple[date, date]:
    """The first and the last day on which a change can begin."""
    if present.history is None:
        return present.last_day, present.last_day
    return present.history.ends, present.history.last_day + timedelta(weeks=REACHES[-1])


def _words(dimension: str) -> str:
    return dimension.replace("_", " ").capitalize()


_KINDS: dict[str, Callable[[Engine, Forecast], Callable[[], Change | None]]] = {
    "Inflow of a value": _inflow,
    "People in a group": _people,
    "A freeze": _freeze,
    "The most frequent simple types automated": _automation,
}
