"""A point of a Plotly chart just clicked: charts keep their selection over reruns, so it is compared with the last."""

from typing import Any

import streamlit as st


def clicked(event: Any, key: str) -> dict[str, Any] | None:
    """The first point of `event`, what `st.plotly_chart(..., on_select="rerun")` returned, if it is new; else None.

    A point has `customdata`, `x`, `y`, `label`, `curve_number` and `point_index`, as far as its trace has them.
    """
    points = list(event.selection.points)
    seen, st.session_state[f"seen_{key}"] = st.session_state.get(f"seen_{key}", []), points
    return dict(points[0]) if points and points != seen else None
