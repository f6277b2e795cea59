"""What is about to breach? Open tickets by the probability of missing their due time, and how good that was before."""

import streamlit as st

from analytics.flow.breach_risk import BreachRisk, breach_risk
from analytics.flow.calibration import Calibration
from analytics.formatting import count_text
from analytics.selection import Selection
from analytics.warehouse.engine import Engine
from pages.charts.breach_risk import calibration_figure
from pages.charts.theme import CONFIG
from pages.components.basis import basis_line
from pages.components.results import asked
from pages.components.selection import selection_button
from pages.components.view import View

_ORDER = (
    "probability", "hours_left", "due_at", "ticket_id", "title", "priority", "assignment_group", "category",
    "ticket_type", "source", "comparable", "comparable_tickets",
)  # fmt: skip


def breach_risk_section(view: View, engine: Engine) -> None:
    """Draw the ranked list and its calibration."""
    found = asked(breach_risk, engine, view.filters)
    with st.container(gap="xsmall"):
        st.markdown(found.sentence)
        if not found.not_yet_due:
            st.caption(_missing_words(found))
        else:
            _ranked(found)
        with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
            basis_line("About to breach", found.basis, "breach_risk")
            if found.not_yet_due:
                _behind(found, engine)
    if found.calibration.predictions:
        with st.container(gap="xsmall"):
            _calibrated(found.calibration)


def _missing_words(found: BreachRisk) -> str:
    if found.without_due:
        tickets = "ticket is" if found.without_due == 1 else "tickets are"
        return f"{count_text(found.without_due)} {tickets} open without a due time; an export with due times would do."
    return "Nothing here is open with its due time still ahead."


def _ranked(found: BreachRisk) -> None:
    """The list as inert text; the probability as a bar, where it stood its test."""
    shown = found.frame.drop(columns=["opened_at"]).assign(probability=found.frame["probability"] * 100)
    if not found.trusted:
        shown = shown.drop(columns=["probability", "comparable", "comparable_tickets"])
    st.dataframe(
        shown,
        hide_index=True,
        height=min(35 * (len(shown) + 1) + 3, 388),
        placeholder="",
        column_order=[name for name in _ORDER if name in shown],
        column_config={
            "probability": st.column_config.ProgressColumn(
                "Risk",
                min_value=0,
                max_value=100,
                format="%.0f %%",
                width=110,
                help="Probability of missing the due time, going by comparable tickets",
            ),
            "hours_left": st.column_config.NumberColumn("Hours left", format="%.1f"),
            "ticket_id": "Ticket",
            "source": "Source",
            "title": st.column_config.Column("Title", width="medium"),
            "ticket_type": "Type",
            "priority": "Priority",
            "category": "Category",
            "assignment_group": "Group",
            "due_at": st.column_config.DatetimeColumn("Due", format="D MMM YYYY, HH:mm"),
            "comparable": "Compared by",
            "comparable_tickets": st.column_config.NumberColumn("Compared with", format="localized"),
        },
        alt=found.sentence,
    )
    if found.not_yet_due > len(shown):
        st.caption(f"The first {count_text(len(shown))} of {count_text(found.not_yet_due)} are shown.")


def _behind(found: BreachRisk, engine: Engine) -> None:
    keys = {f"key_{i}": key for i, key in enumerate(found.keys)}
    named = ", ".join(f":{name}" for name in keys)
    selection = Selection("tickets, the next due first", f"ticket_key IN ({named})", keys, "due_at, ticket_id")
    selection_button("These tickets in full", "Open tickets not yet due", selection, engine, "breach_risk_tickets")


def _calibrated(checked: Calibration) -> None:
    st.subheader("How good was it in the weeks before?", anchor=False)
    words = _score_words(checked)
    st.markdown(words)
    st.plotly_chart(calibration_figure(checked.frame), config=CONFIG, key="calibration", alt=words)


def _score_words(checked: Calibration) -> str:
    """The score in words; lower is better."""
    count = f"{count_text(checked.predictions)} predictions made at the end of each of the last eight weeks"
    if checked.brier is None or checked.climatology is None:
        return f"{count} could be checked."
    verdict = "The prediction is shown." if checked.trusted else f"The prediction is withheld: {checked.reason}."
    return (
        f"{count} can be checked by now. Their Brier score is {checked.brier:.3f}, against "
        f"{checked.climatology:.3f} for saying the average for every ticket; lower is better. {verdict}"
    )
