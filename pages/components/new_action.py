"""A new action, begun with what the address knows of it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

import streamlit as st

from analytics.filters import Filters, read_value
from analytics.kpis import KPIS
from analytics.plan.action_filters import filters_json, filters_words
from analytics.plan.promised import statement_of
from analytics.store.actions import Action
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT
from analytics.warehouse.engine import Engine
from pages.components.action_fields import action_fields, forget_fields
from pages.components.address import asked_dates, asked_texts, write
from pages.components.plan_link import FOLLOW_UP, KPI, ORIGIN, STATEMENT, WHAT
from pages.components.record_editing import tried
from pages.components.results import choice_texts
from pages.components.view import View
from pages.components.warehouse import store

_TEAM = "team"
_NAMES = (WHAT, ORIGIN, FOLLOW_UP, KPI, STATEMENT, _TEAM)
_AGAIN = timedelta(days=30)
_OPEN, _ADDED = "action_new", "action_added"


@dataclass(frozen=True)
class _Begun:
    """What the form begins with, and the tickets that it is about."""

    action: Action
    filters: Filters


def new_action(view: View, engine: Engine, today: date, is_first: bool) -> None:
    """An expander with the form; open where the address brings something, or where there is no action yet."""
    asked = any(asked_texts(name) for name in _NAMES)
    begun = _begun(view, engine, today)
    key = f"new_action_{sha256(repr(begun).encode()).hexdigest()[:12]}"
    if number := st.session_state.pop(_ADDED, None):
        st.caption(f":material/check: Added as number {number}, under 'Planned'.")
    with st.expander("New action", expanded=asked or is_first, icon=":material/add_task:", key=f"{_OPEN}_{asked}"):
        with st.form(key, border=False):
            entered = action_fields(key, begun.action, with_status=False)
            st.text(f"Its KPI is measured on {filters_words(begun.filters)}. Filter the page for others.")
            sent = st.form_submit_button("Add it", icon=":material/add_task:", type="primary")
        if sent and tried(lambda: _add(replace(begun.action, **entered))):
            forget_fields(key)
            for name in _NAMES:
                write(name, [])
            st.rerun()


def _add(action: Action) -> None:
    st.session_state[_ADDED] = store().actions.add(action)


def _begun(view: View, engine: Engine, today: date) -> _Begun:
    statement = statement_of(_asked(STATEMENT))
    kpi = _asked(KPI) or (statement.kpi if statement else "")
    days = asked_dates(FOLLOW_UP)
    after = today + (timedelta(days=statement.check_after_days) if statement else _AGAIN)
    team = _asked(_TEAM)
    filters = view.filters.between(None, None)
    if team and team in choice_texts(engine, engine.snapshot, "assignment_group"):
        filters = filters.only("assignment_group", read_value("assignment_group", team))
    action = Action(
        what=_asked(WHAT)[:LONGEST_TEXT] or (statement.remedy if statement else ""),
        statement=statement.id if statement else "",
        kpi=kpi if kpi in {one.name for one in KPIS} else "",
        filters=filters_json(filters),
        follow_up_on=days[0] if days else after,
        origin=_asked(ORIGIN)[:LONGEST_NOTE],
    )
    return _Begun(action, filters)


def _asked(name: str) -> str:
    return next(iter(asked_texts(name)), "")
