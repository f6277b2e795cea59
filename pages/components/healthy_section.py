"""Healthy or broken? The seven signs as the tickets show them, what they cost, and which gap to close first."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from analytics.diagnostic.cost import Cost
from analytics.diagnostic.finding_words import cost_text, interval_of
from analytics.diagnostic.gaps import Gaps, gaps
from analytics.diagnostic.questionnaire import find_questionnaire
from analytics.diagnostic.signs import Sign, sign_of, states_sentence
from analytics.warehouse.engine import Engine
from pages.charts.gaps import gaps_figure
from pages.charts.theme import CONFIG
from pages.components.finding_details import action_link
from pages.components.hourly_cost import cost_per_hour, hourly_cost_form
from pages.components.judged import judged, own_days
from pages.components.view import View

_SHEET = "diagnostic"
_CHIPS = {"broken": "✖ broken", "in between": "◐ in between", "healthy": "✔ healthy", "cannot tell": "? cannot tell"}
_CHIP_COLORS = ["red", "orange", "green", "gray"]
_ROW_HEIGHT = 40


def healthy_section(view: View, engine: Engine) -> None:
    """Draw the table of signs, then the gaps in order of cost."""
    signs = [sign_of(statement, finding) for statement, finding in judged(find_questionnaire(_SHEET), view, engine)]
    rate = cost_per_hour()
    st.markdown(states_sentence(signs))
    _table(signs, rate)
    st.caption(
        f"{own_days(view, engine)} Lines run from a sign's lowest number to its highest; better or worse is said only "
        "beyond chance. Rules, tickets and thresholds stand under Evidence. Hours are estimates, with an interval."
    )
    _order(gaps(signs), view, rate)


def _table(signs: Sequence[Sign], rate: float | None) -> None:
    money = (
        {"Money a month": ["no gap" if sign.state == "healthy" else _money(_cost(sign), rate) for sign in signs]}
        if rate
        else {}
    )
    table = pd.DataFrame(
        {
            "Sign": [sign.statement.sign for sign in signs],
            "State": [[_CHIPS[sign.state]] for sign in signs],
            "What is so": [sign.words for sign in signs],
            "Over time": [list(sign.course.values) for sign in signs],
            "Course": [sign.course.sentence for sign in signs],
            "Hours a month": [_hours(sign) for sign in signs],
            "Whose": [_whose(sign) for sign in signs],
        }
        | money
    )
    said = ". ".join(f"{sign.statement.sign}: {sign.state}, {sign.course.sentence}" for sign in signs)
    st.dataframe(
        table, hide_index=True, height="content", row_height=_ROW_HEIGHT, key="signs", alt=f"{said}.",
        column_config={
            "Sign": st.column_config.TextColumn(pinned=True),
            "State": st.column_config.MultiselectColumn(options=list(_CHIPS.values()), color=_CHIP_COLORS),
            "What is so": st.column_config.TextColumn(width="medium"),
            "Over time": st.column_config.LineChartColumn(width="small"),
        },
    )  # fmt: skip


def _cost(sign: Sign) -> Cost | None:
    return sign.finding.cost if sign.finding else None


def _hours(sign: Sign) -> str:
    """What the sign costs; a healthy one is no gap, and what is not known is said so."""
    if sign.state == "healthy":
        return "no gap"
    found = interval_of(_cost(sign))
    return found.text if found else "not known"


def _whose(sign: Sign) -> str:
    cost = _cost(sign)
    return cost.whose if cost and sign.is_gap and interval_of(cost) else ""


def _money(cost: Cost | None, rate: float | None) -> str:
    found = cost.money(rate) if cost else None
    if found is None:
        return "not known"
    low, likely, high = found
    return f"{likely:,.0f} ({low:,.0f} to {high:,.0f})"


def _order(found: Gaps, view: View, rate: float | None) -> None:
    st.subheader("Which gap first?", anchor=False)
    st.markdown(found.sentence)
    if found.costed:
        st.plotly_chart(gaps_figure(found), config=CONFIG, key="gaps", alt=found.sentence)
    _rate(rate)
    for gap in found.costed:
        _gap(gap.sign, f"{cost_text(gap.cost)}\nHow that is worked out: {gap.cost.formula}", view)
    if found.uncosted:
        st.markdown("**Gaps whose cost cannot be told**")
        for sign in found.uncosted:
            _gap(sign, cost_text(_cost(sign)), view)


def _gap(sign: Sign, words: str, view: View) -> None:
    """The gap, what it costs or why that is not known, and the way to an action."""
    told, to_do = st.columns([5, 1], vertical_alignment="center")
    with told:
        st.text(f"{sign.statement.sign}. {words}")
    with to_do:
        action_link(sign.statement, view)


def _rate(rate: float | None) -> None:
    label = f"An hour of work costs {rate:,.2f}" if rate else "Set what an hour of work costs"
    with st.popover(label, type="tertiary", icon=":material/payments:", width="content"):
        st.caption("Users' hours are taken at the same rate. 0 shows nothing in money.")
        hourly_cost_form()
