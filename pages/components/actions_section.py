"""Who does what? The actions by status, a new one, and what is overdue in words."""

import streamlit as st

from analytics.plan.plan_state import plan_sentence
from analytics.plan.today import today
from analytics.warehouse.engine import Engine
from pages.components.action_card import action_card
from pages.components.new_action import new_action
from pages.components.view import View
from pages.components.warehouse import store

_HEADINGS = {"under way": "Under way", "planned": "Planned", "done": "Done", "dropped": "Dropped"}


def actions_section(view: View, engine: Engine) -> None:
    """Draw all actions, whatever the filters: those only say what a new one is about."""
    every, now = store().actions.all(), today()
    st.markdown(plan_sentence(every, now))
    new_action(view, engine, now, not every)
    for status, heading in _HEADINGS.items():
        found = [one for one in every if one.entered.status == status]
        if found:
            st.subheader(f"{heading} ({len(found)})", anchor=False)
        # What is due first stands first; what has no day comes last.
        for one in sorted(found, key=lambda each: (each.entered.due_on is None, each.entered.due_on or now, each.id)):
            action_card(one, now)
