"""Work in the hands of the business: where each piece stands, its risk, and who does what, how and when."""

from datetime import date

import streamlit as st

from analytics.flow.open_tickets import open_tickets, selected
from analytics.formatting import day_text
from analytics.plan.action_filters import filters_of
from analytics.plan.risk import FACTS, QUESTIONS, Fact, RiskFacts, facts_of, triage
from analytics.plan.work_session import step_text
from analytics.store.handed_work import STEPS, HandedWork
from analytics.store.names import LONGEST_NOTE, LONGEST_TEXT
from analytics.store.record_door import KeptRecord
from analytics.warehouse.engine import Engine
from pages.components.record_editing import close_button, edit_button, save_record, seen_version, tried
from pages.components.record_history import history_popover
from pages.components.selection import selection_button
from pages.components.warehouse import store

_KIND = "handed_work"
_RISK_ICONS = {
    "low": ":green[:material/shield:]", "medium": ":orange[:material/shield:]", "high": ":red[:material/gpp_maybe:]",
}  # fmt: skip
# How its tickets are found, and the answers behind the risk, which stands there in words.
_NOT_TOLD = ("filters", "risk_reasons")
_DONE, _TODO = "●", "○"


def handed_items_part(today: date, engine: Engine) -> None:
    """A box for each piece; `today` is the day by which a follow-up is due."""
    kept = store().handed_work.all()
    if not kept:
        st.caption("Nothing is in the hands of the business yet: take a candidate on, or add something of your own.")
    for one in kept:
        with st.container(border=True, gap="xxsmall", key=f"handed_{one.id}"):
            _row(one, today, engine)
            seen = seen_version(_KIND, one.id)
            if seen is not None:
                _editor(one, seen)
    _own()


def _row(one: KeptRecord[HandedWork], today: date, engine: Engine) -> None:
    work, facts = one.entered, facts_of(one.entered.risk_reasons)
    place = STEPS.index(work.step) + 1
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_RISK_ICONS[triage(facts).level], width="content")
        st.text(work.title, width="stretch")
        about = filters_of(work.filters)
        if about.where:
            waiting = selected(open_tickets(engine, about), "")
            selection_button("Open tickets", "Open tickets of this work", waiting, engine, f"handed_tickets_{one.id}")
        edit_button(_KIND, one.id, one.version)
        history_popover(store().handed_work.changes(one.id), _NOT_TOLD)
    st.text(f"{_DONE * place}{_TODO * (len(STEPS) - place)}  {step_text(work)}")
    st.text(triage(facts).sentence)
    due = f"by {day_text(work.due_on)}" if work.due_on else ""
    said = {"Who": work.who, "Unit": work.unit, "How": work.how, "When": due, "What": work.what}
    told = "\n".join(f"{word}: {text}" for word, text in said.items() if text)
    st.text(told or "Who, how, when and what are still open.")
    if work.follow_up_on:
        late = "To be looked at again since" if work.follow_up_on <= today else "Looked at again on"
        st.text(f"{late} {day_text(work.follow_up_on)}")


def _editor(one: KeptRecord[HandedWork], seen: int) -> None:
    work, facts = one.entered, facts_of(one.entered.risk_reasons)
    with st.form(f"handed_form_{one.id}", border=False):
        step = st.selectbox("Step", STEPS, STEPS.index(work.step), key=f"handed_step_{one.id}")
        entered = _facts(facts, one.id)
        sure = st.checkbox(
            "These answers are ours, no longer guesses", value=not facts.guessed, key=f"handed_sure_{one.id}"
        )
        left, right = st.columns(2)
        texts = {
            "who": left.text_input("Who", work.who, LONGEST_NOTE, key=f"handed_who_{one.id}"),
            "unit": right.text_input("Business unit", work.unit, LONGEST_NOTE, key=f"handed_unit_{one.id}"),
            "how": st.text_area("How", work.how, max_chars=LONGEST_TEXT, key=f"handed_how_{one.id}", height=80),
            "what": st.text_area("What comes of it", work.what, max_chars=LONGEST_TEXT, key=f"handed_what_{one.id}",
                                 height=80),
        }  # fmt: skip
        left, right = st.columns(2)
        due = left.date_input("When", work.due_on, key=f"handed_due_{one.id}", format="YYYY-MM-DD")
        again = right.date_input(
            "Looked at again on", work.follow_up_on, key=f"handed_again_{one.id}", format="YYYY-MM-DD"
        )
        sent = st.form_submit_button("Save", icon=":material/save:")
    if sent:
        answered = facts.answered(entered)
        answered = answered.confirmed() if sure else answered
        values = {**texts, "step": step, "due_on": due, "follow_up_on": again, "risk_reasons": answered.json,
                  "risk": triage(answered).level}  # fmt: skip
        save_record(
            _KIND, one.id, lambda: store().handed_work.change(one.id, seen, **values),
            lambda: store().handed_work.one(one.id).version,
        )  # fmt: skip
    close_button(_KIND, one.id)


def _facts(facts: RiskFacts, number: int) -> dict[str, Fact]:
    """The questions in two columns."""
    columns, entered = st.columns(2), {}
    for place, name in enumerate(QUESTIONS):
        with columns[place % 2]:
            entered[name] = _fact(name, facts, number)
    return entered


def _fact(name: str, facts: RiskFacts, number: int) -> Fact:
    """One question; that its answer is a guess is said beside it."""
    known = dict(facts.answers)[name]
    guess = " (a guess so far)" if name in facts.guessed else ""
    return st.selectbox(f"{QUESTIONS[name]}{guess}", FACTS, FACTS.index(known), key=f"handed_{name}_{number}")


def _own() -> None:
    with st.popover("Add something of your own", icon=":material/add:", type="tertiary"):
        with st.form("handed_own", border=False, clear_on_submit=True):
            title = st.text_input("What is it about?", max_chars=LONGEST_NOTE)
            sent = st.form_submit_button("Add", icon=":material/add:")
        facts = facts_of("")
        work = HandedWork(title, triage(facts).level, risk_reasons=facts.json)
        if sent and tried(lambda: store().handed_work.add(work)):
            st.rerun()
