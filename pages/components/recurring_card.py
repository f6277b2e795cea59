"""One recurring group: its tickets, a problem record for it, or a reason to put it aside."""

import streamlit as st

from analytics.diagnostic.recurrence.recurring_group import RecurringGroup
from analytics.formatting import count_text, day_text
from analytics.plan.named_person import checked_person
from analytics.plan.root_cause_due import BUSINESS_DAYS, root_cause_due
from analytics.plan.today import today
from analytics.store.names import LONGEST_NOTE
from analytics.store.problem_records import ProblemRecord
from analytics.warehouse.engine import Engine
from pages.components.record_editing import tried
from pages.components.selection import selection_button
from pages.components.warehouse import store

_STATES = {
    "emerging": "emerging: new, or more in the last 30 days than before",
    "active": "active",
    "gone": "gone: nothing came for longer than its usual pauses",
    "dismissed": "dismissed",
}


def recurring_card(group: RecurringGroup, engine: Engine) -> None:
    """What is known of the group, and what can be done about it."""
    with st.container(border=True, gap="small"):
        st.text(group.name)
        if group.typical_title and group.typical_title != group.name:
            st.text(f"Such as: {group.typical_title}")
        st.caption(_facts(group))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            selection_button("Its tickets", "Tickets of a recurring group", group.found.selection(), engine,
                             f"group_tickets_{group.key}")  # fmt: skip
            if group.state == "dismissed":
                _bring_back(group)
            else:
                _dismiss(group)
            if group.is_kept_here:
                st.page_link(
                    "pages/plan.py", label="To its problem record", icon=":material/assignment_ind:",
                    query_params={"show": "Problem records"},
                )  # fmt: skip
        if not group.is_kept_here and group.state != "dismissed":
            _open_record(group, engine)


def _facts(group: RecurringGroup) -> str:
    """In our own words, without a value of the export."""
    returned = f"{count_text(group.returned)} of them opened after an earlier one had been resolved"
    fixed = f", {count_text(group.after_fix)} after its problem record was resolved" if group.after_fix else ""
    return (
        f"{group.definition.words}. {_STATES[group.state].capitalize()}. {count_text(group.tickets)} tickets in the "
        f"window, {returned}{fixed}; {count_text(group.before)} earlier in the year. First seen "
        f"{day_text(group.first_seen)}, last {day_text(group.last_seen)}. Problem record: {group.record}."
    )


def _open_record(group: RecurringGroup, engine: Engine) -> None:
    day = today()
    with st.form(f"open_problem_{group.key}", border=False):
        st.markdown("**Open a problem record.** Its owner is one person, who finds the root cause by the date.")
        owner = st.text_input("Owner, a named person", max_chars=LONGEST_NOTE, key=f"problem_owner_{group.key}")
        title = st.text_input(
            "What is the problem?", value=(group.typical_title or group.name)[:LONGEST_NOTE], max_chars=LONGEST_NOTE,
            key=f"problem_title_{group.key}",
        )  # fmt: skip
        due = st.date_input(
            f"Root cause due (proposed: {BUSINESS_DAYS} business days)", root_cause_due(engine, day),
            format="YYYY-MM-DD", key=f"problem_due_{group.key}",
        )  # fmt: skip
        sent = st.form_submit_button("Open the record", icon=":material/assignment_add:")

    def add() -> None:
        person = checked_person(engine, owner)
        record = ProblemRecord(group.key, title, person, day, due, group.definition.json)
        store().problems.add(record)

    if sent and tried(add):
        st.rerun()


def _dismiss(group: RecurringGroup) -> None:
    with (
        st.popover("Dismiss", icon=":material/visibility_off:", type="tertiary"),
        st.form(f"dismiss_{group.key}", border=False),
    ):
        st.caption("It is no longer counted. You can bring it back at any time.")
        reason = st.text_input("Why does it not count?", max_chars=LONGEST_NOTE, key=f"dismiss_reason_{group.key}")
        sent = st.form_submit_button("Dismiss it", icon=":material/visibility_off:")
        if sent and tried(lambda: store().problems.dismiss(group.key, reason, today())):
            st.rerun()


def _bring_back(group: RecurringGroup) -> None:
    why = next((one for one in store().problems.dismissed() if one.group_key == group.key), None)
    if why is not None:
        st.text(f"Dismissed on {day_text(why.dismissed_on)}: {why.reason}")
    if st.button("Bring it back", key=f"bring_back_{group.key}", type="tertiary", icon=":material/undo:"):
        store().problems.bring_back(group.key)
        st.rerun()
