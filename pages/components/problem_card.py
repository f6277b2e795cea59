"""One problem record: owner, dates, whether it stayed gone, its history, and a form to change it."""

from datetime import date
from typing import Any

import streamlit as st

from analytics.formatting import day_text
from analytics.plan.named_person import checked_person
from analytics.plan.problem_counts import is_overdue
from analytics.plan.problem_group import ProblemGroup
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT
from analytics.store.problem_records import PROBLEM_STATUSES, KeptProblem
from analytics.warehouse.engine import Engine
from pages.components.record_editing import close_button, edit_button, save_record, seen_version
from pages.components.record_history import history_popover
from pages.components.selection import selection_button
from pages.components.warehouse import store

_KIND = "problem"
# How its tickets are found is no news to people.
_NOT_TOLD = ("group_key", "filters")
_ICONS = {"stayed gone": ":green[:material/check_circle:]", "fewer than before": ":orange[:material/trending_down:]",
          "came back": ":red[:material/replay:]", "too early to tell": ":gray[:material/hourglass_empty:]"}  # fmt: skip


def problem_card(kept: KeptProblem, group: ProblemGroup, today: date, engine: Engine) -> None:
    """Draw the record, and the form while it is open for editing."""
    problem = kept.entered
    with st.container(border=True, gap="xxsmall"):
        st.text(problem.title)
        st.text(f"Owner: {problem.owner}")
        st.markdown(_dates(kept, today))
        if problem.root_cause:
            st.text(f"Root cause: {problem.root_cause}")
        if group.gone is not None:
            st.markdown(f"{_ICONS[group.gone.verdict]} {group.gone.sentence}")
        elif group.reason:
            st.caption(group.reason)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if group.found is not None:
                selection_button("Its tickets", "Tickets of a problem", group.found.selection(), engine,
                                 f"problem_tickets_{kept.id}")  # fmt: skip
            if group.gone is not None and group.gone.after:
                selection_button("Since the fix", "Tickets opened after the fix", group.gone.selection, engine,
                                 f"problem_after_{kept.id}")  # fmt: skip
            edit_button(_KIND, kept.id, kept.version)
            history_popover(store().problems.changes(kept.id), _NOT_TOLD)
        seen = seen_version(_KIND, kept.id)
        if seen is not None:
            _form(kept, seen, today, engine)


def _dates(kept: KeptProblem, today: date) -> str:
    problem = kept.entered
    due = f"root cause due {day_text(problem.root_cause_due_on)}"
    if is_overdue(kept, today):
        late = (today - problem.root_cause_due_on).days
        due = f":red[:material/schedule: {due}, overdue by {late} {'day' if late == 1 else 'days'}]"
    fixed = f" · fixed on {day_text(problem.fixed_on)}" if problem.fixed_on else ""
    return f"{problem.status.capitalize()} · opened {day_text(problem.opened_on)} · {due}{fixed}"


def _form(kept: KeptProblem, seen: int, today: date, engine: Engine) -> None:
    """What was entered stays in the form until it is saved, also where somebody else was first."""
    problem, key = kept.entered, f"problem_{kept.id}"
    with st.form(key, border=False):
        owner = st.text_input("Owner, a named person", problem.owner, max_chars=LONGEST_NOTE, key=f"{key}_owner")
        cause = st.text_area("Root cause", problem.root_cause, max_chars=LONGEST_TEXT, key=f"{key}_cause")
        left, middle, right = st.columns(3)
        status = left.selectbox(
            "Status", PROBLEM_STATUSES, PROBLEM_STATUSES.index(problem.status), key=f"{key}_status"
        )  # fmt: skip
        due = middle.date_input("Root cause due", problem.root_cause_due_on, format="YYYY-MM-DD", key=f"{key}_due")
        fixed = right.date_input("Fixed on", problem.fixed_on, format="YYYY-MM-DD", key=f"{key}_fixed")
        sent = st.form_submit_button("Save", icon=":material/save:")
    close_button(_KIND, kept.id)
    if not sent:
        return

    def save() -> int:
        fields: dict[str, Any] = {"root_cause": cause, "status": status, "root_cause_due_on": due, "fixed_on": fixed}
        if status == "fixed" and fixed is None:
            fields["fixed_on"] = today
        # A name that stays is not asked about again: the group may have been named after the person since.
        if owner != problem.owner:
            fields["owner"] = checked_person(engine, owner)
        return store().problems.change(kept.id, seen, **fields)

    save_record(_KIND, kept.id, save, lambda: store().problems.one(kept.id).version)
