"""Recurring: what returns, whether anyone owns it, and what to do about it."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.diagnostic.evidence.problems_return import found_groups, problems_return
from analytics.diagnostic.gathered import known, numbers
from analytics.diagnostic.known import Known
from analytics.diagnostic.recurrence.group_state import STATES
from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.diagnostic.recurrence.recurring_groups import Recurring
from analytics.diagnostic.recurrence.recurring_table import groups_table, weekly_tickets
from analytics.formatting import count_text
from analytics.warehouse.engine import Engine
from pages.charts.recurring import ASIDE, OWNED, UNOWNED, recurring_figure
from pages.charts.theme import CONFIG
from pages.components.address import asked_one, asked_texts, write
from pages.components.basis import basis_line
from pages.components.recurring_card import recurring_card
from pages.components.results import asked
from pages.components.table_height import table_height
from pages.components.view import View
from pages.components.warehouse import store

_STATE, _GROUP, _ALL = "group_state", "group", "all"
_NUMBERS = ("Tickets", "Earlier in the year", "After one was resolved")


def recurring_section(view: View, engine: Engine) -> None:
    """Draw the groups up to the end of the view's window."""
    entered, limits = known(store()), numbers(store())
    # What else is known changes with every answer, and plays no part here.
    kept = Known(owned=entered.owned, dismissed=entered.dismissed, fixed=entered.fixed)
    filters = view.filters.between(None, view.filters.end)
    finding = asked(problems_return, engine, filters, limits, kept)
    found: Recurring = asked(found_groups, engine, filters, limits, kept)
    st.markdown(f"**{finding.sentence or f'It cannot be told. {finding.reason}'}**")
    shown = _of_state(found) if found.groups else ()
    if shown:
        _picture(found, shown)
    basis_line("What returns", finding.basis, "recurring")
    if shown:
        recurring_card(_chosen(shown), engine)
    elif not found.groups:
        st.caption(_what_helps(found))
    _frequent(found)
    _alerts(found)


def _of_state(found: Recurring) -> tuple[RecurringGroup, ...]:
    """The groups of the state that is asked for."""
    states = [state for state in STATES if any(group.state == state for group in found.groups)]
    if len(states) < 2:
        return found.groups
    st.session_state[_STATE] = asked_one(_STATE, [_ALL, *states], _ALL)
    st.segmented_control("State", [_ALL, *states], key=_STATE, on_change=_keep_state, required=True)
    wanted = st.session_state[_STATE]
    return tuple(group for group in found.groups if wanted in (_ALL, group.state))


def _keep_state() -> None:
    write(_STATE, [st.session_state[_STATE]], [_ALL])


def _picture(found: Recurring, shown: tuple[RecurringGroup, ...]) -> None:
    if found.span is None:
        return
    drawn = shown[:12]
    kinds = [ASIDE if not group.counts else OWNED if group.is_owned else UNOWNED for group in drawn]
    figure = recurring_figure(weekly_tickets(drawn, found.span), [group.name for group in drawn], kinds)
    alt = f"Tickets a week of {len(drawn)} recurring groups over a year, a row each."
    st.plotly_chart(figure, config=CONFIG, key="recurring_weeks", alt=alt)


def _chosen(shown: tuple[RecurringGroup, ...]) -> RecurringGroup:
    """The table, and the group of the row that was ticked; else the one the address names, else the first."""
    table = groups_table(shown)
    event: Any = st.dataframe(
        table.rename(columns=_titles(table)), hide_index=True, height=table_height(shown), row_height=32,
        key="recurring_groups", on_select="rerun", selection_mode="single-row", placeholder="",
        column_config={name: st.column_config.NumberColumn(format="localized") for name in _NUMBERS},
        alt=f"{len(shown)} recurring groups",
    )  # fmt: skip
    rows: list[int] = [row for row in event.selection.rows if row < len(shown)]
    if rows:
        write(_GROUP, [shown[rows[0]].key])
        return shown[rows[0]]
    wanted = asked_texts(_GROUP)
    return next((group for group in shown if group.key in wanted), shown[0])


def _what_helps(found: Recurring) -> str:
    if found.candidates.told:
        return "Look again after the next import, or choose another end of the period."
    return "What would help: an export with the configuration item or the short description of each ticket."


def _frequent(found: Recurring) -> None:
    if not found.frequent_total:
        return
    with st.expander("Frequent demand, which is no fault that returns", icon=":material/category:"):
        st.markdown(
            f"{count_text(found.frequent_total)} {'kind' if found.frequent_total == 1 else 'kinds'} came more than "
            f"{found.more_than} times, but no more often than like things do. What helps there is on the Plan page: "
            "What to automate?"
        )
        _table(found.frequent, "Frequent demand", {"name": "What"})


def _alerts(found: Recurring) -> None:
    if not found.alerts.tickets:
        return
    with st.expander("Machine alerts, kept apart", icon=":material/notifications:"):
        st.markdown(
            f"{count_text(found.alerts.tickets)} tickets of the window came from machines: by their channel, by who "
            "raised them, or as evenly as a clock. They are not counted above."
        )
        _table(found.alerts.frame, "Machine alerts", {})


def _table(frame: pd.DataFrame, alt: str, titles: dict[str, str]) -> None:
    named = _titles(frame) | titles
    st.dataframe(frame.rename(columns=named), hide_index=True, height=table_height(frame), row_height=32, alt=alt,
                 placeholder="")  # fmt: skip


def _titles(frame: pd.DataFrame) -> dict[str, str]:
    """How the columns are headed."""
    return {str(name): str(name).replace("_", " ").capitalize() for name in frame.columns}
