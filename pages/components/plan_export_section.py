"""Print and export: the plan as a page to print, a table and a calendar, with a look at what they hold."""

import streamlit as st

from analytics.plan.plan_calendar import plan_calendar
from analytics.plan.plan_document import plan_document
from analytics.plan.plan_state import Plan, plan_of, plan_sentence
from analytics.plan.plan_table import actions_table, plan_csv, problems_table, works_table
from analytics.plan.today import today
from analytics.warehouse.engine import Engine
from pages.components.results import asked
from pages.components.view import View
from pages.components.warehouse import store

_ACTIONS = {
    "no": "No.", "what": "What", "who": "Who", "status": "Status", "due_on": "Due", "overdue": "Overdue",
    "follow_up_on": "Look again", "verdict": "Did it work?",
}  # fmt: skip
_PROBLEMS = {
    "no": "No.", "title": "Problem", "owner": "Owner", "status": "Status", "root_cause_due_on": "Root cause due",
}  # fmt: skip
_WORKS = {
    "no": "No.", "title": "What", "who": "Who", "unit": "Business unit", "step": "Step", "due_on": "Due",
    "follow_up_on": "Look again",
}  # fmt: skip


def plan_export_section(view: View, engine: Engine) -> None:
    """Draw the downloads and the preview; effects are by the data up to the end of the view's period."""
    plan = plan_of(engine, store(), today(), view.filters.end, asked)
    st.markdown(_sentence(plan))
    _downloads(plan)
    _preview(plan)


def _sentence(plan: Plan) -> str:
    if not plan.actions and not plan.problems and not plan.works:
        return "The plan is still empty: add an action under 'Who does what?', and it can be printed from here."
    problems = len(plan.problems)
    noun = "problem record" if problems == 1 else "problem records"
    pieces = "piece" if len(plan.works) == 1 else "pieces"
    works = f" and {len(plan.works)} {pieces} of work in the hands of the business" if plan.works else ""
    return f"{plan_sentence([one.kept for one in plan.actions], plan.today)} {problems} {noun}{works}."


def _downloads(plan: Plan) -> None:
    name = f"plan-{plan.today.isoformat()}"
    files = (
        ("Page to print", plan_document(plan).encode(), f"{name}.html", "text/html", ":material/print:"),
        ("Table (CSV)", plan_csv(plan), f"{name}.csv", "text/csv", ":material/table:"),
        ("Calendar (iCalendar)", plan_calendar(plan), f"{name}.ics", "text/calendar", ":material/event:"),
    )
    with st.container(horizontal=True, gap="small"):
        for label, content, file, kind, icon in files:
            st.download_button(label, content, file, kind, key=f"plan_{kind}", icon=icon, on_click="ignore")
    st.caption(
        "The page opens in any browser, without a network, and prints from there; it also holds comments, effects in "
        "words, builders and the minutes of the newest work session. The calendar holds due dates, days to look again "
        "and root cause dates as all-day events; imported again, they are changed, not doubled."
    )


def _preview(plan: Plan) -> None:
    if plan.actions:
        st.subheader("Actions", anchor=False)
        _table(actions_table(plan)[list(_ACTIONS)].rename(columns=_ACTIONS), "The actions of the plan")
    if plan.problems:
        st.subheader("Problem records", anchor=False)
        _table(problems_table(plan)[list(_PROBLEMS)].rename(columns=_PROBLEMS), "The problem records of the plan")
    if plan.works:
        st.subheader("Work of the business", anchor=False)
        _table(works_table(plan)[list(_WORKS)].rename(columns=_WORKS), "The work in the hands of the business")


def _table(frame: object, words: str) -> None:
    day = st.column_config.DateColumn(format="D MMM YYYY")
    st.dataframe(
        frame, hide_index=True, height="content", row_height=32, alt=words, placeholder="",
        column_config={"Due": day, "Look again": day, "Root cause due": day},
    )  # fmt: skip
