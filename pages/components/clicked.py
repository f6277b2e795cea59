"""A point of a Plotly chart just clicked: charts keep their selection over reruns, so it is compared with the last."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.components.address import asked_texts


@dataclass(frozen=True)
class _Seen:
    """What was selected in a run of the page, and where the page stood when it was clicked."""

    points: list[Any]
    address: dict[str, list[str]]
    run: int


def clicked(event: Any, key: str) -> dict[str, Any] | None:
    """The first point of `event`, what `st.plotly_chart(..., on_select="rerun")` returned, if it is new; else None.

    A click on the point that is selected takes it out of the selection: it is that point clicked again. Points that
    are gone because the chart was not shown, or shows something else by now, are not.

    A point has `customdata`, `x`, `y`, `label`, `curve_number` and `point_index`, as far as its trace has them.
    """
    points, name = list(event.selection.points), f"seen_{key}"
    before: _Seen = st.session_state.get(name, _Seen([], {}, 0))
    address = {parameter: asked_texts(parameter) for parameter in st.query_params}
    run = int(st.session_state.get("page_runs", 0))
    is_same = bool(points) and points == before.points
    st.session_state[name] = _Seen(points, before.address if is_same else address, run)
    if points:
        return None if is_same else dict(points[0])
    is_again = before.points and before.address == address and before.run == run - 1
    return dict(before.points[0]) if is_again else None
