"""The parts of the printed plan on what is automated, what the business builds, who builds, and the last session."""

from collections.abc import Iterable
from html import escape

from analytics.formatting import day_text
from analytics.plan.plan_markup import paragraph, table
from analytics.plan.plan_state import Plan, again_words, late_words
from analytics.plan.risk import facts_of, triage
from analytics.plan.work_session import step_text
from analytics.store.handed_work import HandedWork
from analytics.store.record_door import KeptRecord

_HEADS = ("No.", "What", "Who", "How", "When", "Step")


def automated(plan: Plan) -> Iterable[str]:
    """The actions that automate a type, with its inflow before and after; nothing where there are none."""
    if not plan.automated:
        return
    yield "<h2>What is automated?</h2>"
    for one in plan.automated:
        yield f'<div class="whole"><h3>{one.kept.id}. {escape(one.kept.entered.what)}</h3>'
        yield paragraph(one.sentence)
        yield "</div>"


def built_by_business(plan: Plan) -> Iterable[str]:
    """What is in the hands of the business, its builders with their boundaries, and the newest session's minutes."""
    if not (plan.works or plan.builders or plan.sessions):
        return
    yield "<h2>What does the business build?</h2>"
    if plan.works:
        yield table(_HEADS, [_work_row(one, plan) for one in plan.works])
    if plan.builders:
        rows = [(one.entered.unit, one.entered.builder, one.entered.boundaries) for one in plan.builders]
        yield '<div class="builders">'
        yield table(("Business unit", "Builder", "Boundaries"), rows)
        yield "</div>"
    if plan.sessions:
        session = max(plan.sessions, key=lambda kept: (kept.entered.held_on, kept.id)).entered
        yield f"<h3>Minutes of the session of {day_text(session.held_on)}</h3>"
        if session.follow_up_on:
            yield paragraph(again_words(session.follow_up_on, plan.today), "quiet")
        yield paragraph(session.minutes or "No minutes yet.", "text")


def _work_row(one: KeptRecord[HandedWork], plan: Plan) -> tuple[str, ...]:
    work = one.entered
    due = f"Due {day_text(work.due_on)}{late_words(work.due_on, plan.today)}." if work.due_on else ""
    again = again_words(work.follow_up_on, plan.today) if work.follow_up_on else ""
    step = step_text(work)
    return (
        str(one.id), _joined("\n", work.title, work.what), _joined(", ", work.who, work.unit), work.how,
        _joined(" ", due, again), f"{step[0].upper()}{step[1:]}\n{triage(facts_of(work.risk_reasons)).level} risk",
    )  # fmt: skip


def _joined(by: str, *texts: str) -> str:
    return by.join(text for text in texts if text)
