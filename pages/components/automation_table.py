"""The candidates for automation as a table, and a row each with its tickets and the way to an action."""

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import pandas as pd
import streamlit as st

from analytics.forecast.outcome import Mark
from analytics.formatting import hours_text
from analytics.plan.automation import Candidate, Candidates, automation_numbers
from analytics.plan.inflow_check import origin_of
from analytics.plan.today import today
from analytics.warehouse.engine import Engine
from pages.components.plan_link import plan_button
from pages.components.selection import selection_button
from pages.components.view import View

_LONGEST_WHAT = 120


def automation_table(found: Candidates, marks: Sequence[Mark | None]) -> None:
    """A row a type; values of the export stand only here, as text."""
    booked = found.types.measured_by == "handle_hours"
    hours = "Median hours booked" if booked else "Median hours"
    columns = {
        found.types.dimension.capitalize(): [str(one.value) for one in found.candidates],
        "Tickets a week": [one.per_week for one in found.candidates],
        hours: [one.median_hours for one in found.candidates],
        "Backlog in 30 days": [_difference(mark) for mark in marks],
        "Steady?": [one.why for one in found.candidates],
        "Middle half of times": [_middle_half(one) for one in found.candidates],
        "Volume spread": [one.volume_spread for one in found.candidates],
        "Time spread": [one.time_spread for one in found.candidates],
    }
    if any(one.booked_per_week is not None for one in found.candidates):
        columns["Booked a week, h"] = [_booked(one) for one in found.candidates]
    number = st.column_config.NumberColumn
    st.dataframe(
        pd.DataFrame(columns), hide_index=True, height="content", row_height=32, key="automation_types",
        alt="The candidates for automation with volume, effort and how steady they are",
        column_config={
            found.types.dimension.capitalize(): st.column_config.TextColumn(pinned=True),
            "Tickets a week": number(format="%.1f"),
            hours: number(format="%.1f"),
            "Volume spread": number(format="%.2f", help="Of weekly volume, beyond chance, as a share of its mean"),
            "Time spread": number(format="%.2f", help="Of the time, by its middle half, as a share of its median"),
            "Backlog in 30 days": st.column_config.TextColumn(
                help="Against the present course, if this type alone were automated; 80 % interval"
            ),
        },
    )  # fmt: skip
    effort = (
        "hours of work booked" if booked else "the time to resolve, which is more than work: most have no hours booked"
    )
    limits = automation_numbers()
    st.caption(
        f"Effort is {effort}. Stabilise before automating: a type varies from a volume spread of "
        f"{limits.most_volume_spread:g} beyond chance or a time spread of {limits.most_time_spread:g} on."
    )


def candidate_rows(found: Candidates, view: View, engine: Engine) -> None:
    """A row a type with its tickets and a button that makes it an action, looked at again after 30 days."""
    for place, one in enumerate(found.candidates):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"automation_row_{place}"):
            st.text(str(one.value), width="stretch")
            selection_button(
                "Tickets", "Tickets of one type in the last 13 weeks", found.selection(view.filters, one.value), engine,
                f"automation_tickets_{place}",
            )  # fmt: skip
            _action(found, one, place)


def _action(found: Candidates, one: Candidate, place: int) -> None:
    again = today() + timedelta(days=automation_numbers().check_after_days)
    first = "Stabilise, then automate" if one.steadiness == "varies" else "Automate or self-serve"
    plan_button(
        f"automation_action_{place}", f"{first}: {str(one.value)[:_LONGEST_WHAT]}",
        origin_of(found.types.dimension, one.value), again, kpi="inflow", statement="backlog_stands_still",
    )  # fmt: skip


def _difference(mark: Mark | None) -> str:
    if mark is None:
        return "not known"
    if not np.isfinite(mark.difference_lo80):
        return f"{mark.difference:+,.0f}"
    ends = sorted((mark.difference_lo80, mark.difference_hi80))
    return f"{mark.difference:+,.0f} ({ends[0]:+,.0f} to {ends[1]:+,.0f})"


def _booked(one: Candidate) -> str:
    return "not booked" if one.booked_per_week is None else f"{one.booked_per_week:,.1f}"


def _middle_half(one: Candidate) -> str:
    if one.middle_half is None:
        return "too few"
    return " to ".join(hours_text(hours) for hours in one.middle_half)
