"""Where does it lie? The backlog by two dimensions, and the tickets behind each cell."""

from typing import Any

import streamlit as st

from analytics.filters import NOT_RECORDED, Value
from analytics.flow.accumulation import Accumulation, Axis, accumulation, accumulation_sentence
from analytics.flow.bridge_tickets import step_tickets
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine
from analytics.warehouse.schema import TRAITS
from pages.charts.accumulation import MEASURES, heat_map, treemap
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, write
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked, choice_texts
from pages.components.selection import selection_button, show_selection
from pages.components.view import View

ROWS, COLUMNS, MEASURE, PICTURE = "map_rows", "map_columns", "map_measure", "map_picture"
# The first that the export fills become rows and columns.
_PREFERRED_ROWS = ("service", "category", "assignment_group")
_PREFERRED_COLUMNS = ("ticket_type", "priority", "assignment_group", "category")
_PICTURES = ("Heat map", "Treemap")


def accumulation_section(view: View, engine: Engine) -> None:
    """Draw the map at the end of the view's window; a click on a cell narrows the filter bar to it."""
    filled = [name for name in TRAITS if len(choice_texts(engine, engine.snapshot, name)) > 1]
    if len(filled) < 2:
        st.caption("A map needs two dimensions, such as service and ticket type, and the export fills fewer.")
        return
    words = st.container()
    rows, columns, measure, picture = _choices(filled)
    if rows == columns:
        st.caption("Choose two different dimensions.")
        return
    found = asked(accumulation, engine, view.filters, rows, columns)
    with words:
        st.text(accumulation_sentence(found))
    if len(found.frame) <= 1:
        if found.tickets:
            show_selection(step_tickets(found.filters, "end"), engine)
        basis_line("Where the backlog lies", found.basis, "accumulation")
        return
    with st.container(gap="xxsmall"):
        _draw(found, measure, picture)
        st.caption("Click a cell to narrow the page to it; the filter bar or the browser's way back widens it again.")
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            basis_line("Where the backlog lies", found.basis, "accumulation")
            selection_button(
                f"List {_all_tickets(found.tickets)}", "Tickets open at the end of the period",
                step_tickets(found.filters, "end"), engine, "map_tickets",
            )  # fmt: skip


def _all_tickets(count: int) -> str:
    return "the open ticket" if count == 1 else f"the {count_text(count)} open tickets"


def _choices(filled: list[str]) -> tuple[str, str, str, str]:
    """Rows, columns, measure and picture, as the address asks for them."""
    rows = next((name for name in _PREFERRED_ROWS if name in filled), filled[0])
    others = [name for name in (*_PREFERRED_COLUMNS, *filled) if name in filled and name != rows]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        return (
            _dimension("Rows", ROWS, filled, rows),
            _dimension("Columns", COLUMNS, filled, others[0]),
            _control("Measure", MEASURE, tuple(MEASURES), "tickets"),
            _control("Picture", PICTURE, _PICTURES, _PICTURES[0]),
        )


def _dimension(label: str, key: str, filled: list[str], default: str) -> str:
    st.session_state[key] = asked_one(key, filled, default)
    st.selectbox(
        label, filled, key=key, on_change=_keep, args=(key, default), width=240, label_visibility="collapsed",
        format_func=lambda name: f"{label}: {name.replace('_', ' ')}",
    )  # fmt: skip
    return str(st.session_state[key])


def _control(label: str, key: str, options: tuple[str, ...], default: str) -> str:
    st.session_state[key] = asked_one(key, options, default)
    st.segmented_control(
        label, options, key=key, required=True, on_change=_keep, args=(key, default), label_visibility="collapsed",
        format_func=lambda name: MEASURES.get(name, name),
    )  # fmt: skip
    return str(st.session_state[key] or default)


def _keep(key: str, default: str) -> None:
    write(key, [st.session_state[key] or default], [default])


def _draw(found: Accumulation, measure: str, picture: str) -> None:
    if picture == "Treemap" and not found.tickets:
        st.caption("Nothing is open at the end: a treemap has no areas to show.")
        return
    draw = treemap if picture == "Treemap" else heat_map
    figure = draw(found, measure, st.context.theme.type == "dark")
    key = f"map_{picture}_{found.rows.dimension}_{found.columns.dimension}_{measure}"
    event: Any = st.plotly_chart(
        figure, config=CONFIG, key=key, on_select="rerun", selection_mode="points", alt=accumulation_sentence(found)
    )
    point = clicked(event, key)
    if point:
        _narrow(found, _places(point))


def _places(point: dict[str, Any]) -> tuple[int, int | None] | None:
    """Row and column of what was clicked; a row alone in a treemap has no column."""
    if point.get("customdata"):
        row, column = point["customdata"]
        return int(row), int(column)
    row, _, column = str(point.get("id") or "").partition(":")
    return (int(row), int(column) if column else None) if row else None


def _narrow(found: Accumulation, places: tuple[int, int | None] | None) -> None:
    """Write the values into the address, which the filter bar follows; all others together are no filter."""
    if places is None:
        return
    chosen = [(found.rows, places[0]), *([(found.columns, places[1])] if places[1] is not None else [])]
    named = [(axis, place) for axis, place in chosen if place < len(axis.values)]
    if named:
        # At once, so that they are one entry in the browser's history.
        st.query_params.update({axis.dimension: [_text(axis, place)] for axis, place in named})
        st.rerun()


def _text(axis: Axis, place: int) -> str:
    """A value as the filter bar's widgets name it."""
    value: Value = axis.values[place]
    return NOT_RECORDED if value is None else str(value)
