"""Steps: where the open time goes, by status and by group, and the share on hold."""

import pandas as pd
import streamlit as st

from analytics.flow.steps import GROUP, STATUS, Steps, step_selection, steps
from analytics.warehouse.engine import Engine
from pages.charts.steps import MOST_BARS, steps_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.clicked import clicked
from pages.components.results import asked
from pages.components.selection import open_selection
from pages.components.view import View


def steps_section(view: View, engine: Engine) -> None:
    """Draw the steps of the view."""
    found = asked(steps, engine, view.filters)
    with st.container(gap="small"):
        st.text(found.sentence)
        st.markdown(found.pending_sentence)
        if found.reason:
            st.caption(
                "An export with one row an update, a change log or an audit history tells when a status or group began "
                "and ended. A list with one row a ticket has only the last of them."
            )
        else:
            _pictures(found, view, engine)
            st.caption(
                "Share of the open time of stays that began in the period, and the median of a single stay. A click on "
                "a bar opens its tickets."
            )
        basis_line("Where tickets wait", found.basis, "steps")


def _pictures(found: Steps, view: View, engine: Engine) -> None:
    """Beside each other, one below the other on a phone."""
    drawn = {"By status": (found.statuses, found.status_field), "By group": (found.groups, GROUP)}
    drawn = {title: (frame, field) for title, (frame, field) in drawn.items() if len(frame)}
    for column, (title, (frame, field)) in zip(st.columns(len(drawn), gap="medium"), drawn.items(), strict=True):
        with column:
            _bars(title, frame, field, found, view, engine)


def _bars(title: str, frame: pd.DataFrame, field: str, found: Steps, view: View, engine: Engine) -> None:
    st.subheader(title, anchor=False)
    key = f"steps_{field}"
    alt = found.sentence if field == found.status_field else f"Share of open time in each of {len(frame)} groups"
    event = st.plotly_chart(
        steps_figure(frame, ours=field == STATUS), config=CONFIG, key=key, alt=alt, on_select="rerun"
    )
    if len(frame) > MOST_BARS:
        rest = frame["share"].iloc[MOST_BARS:].sum()
        share = f"{rest * 100:.0f} %" if rest >= 0.01 else "under 1 %"
        st.caption(f"The {MOST_BARS} largest of {len(frame):,}; the others hold {share} together.")
    point = clicked(event, key)
    if point is not None:
        selection = step_selection(view.filters, field, str(point["customdata"][0]))
        open_selection("Tickets that stayed here", selection, engine)
