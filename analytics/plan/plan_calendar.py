"""The plan as an iCalendar file: what is due, when to look again, and when root causes should be known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event

from analytics.formatting import day_text
from analytics.plan.plan_state import OPEN, Plan
from analytics.store.actions import KeptAction
from analytics.store.problem_records import KeptProblem
from analytics.store.record_door import KeptRecord

_PRODUCT = "-//Backlight//Plan//EN"


def plan_calendar(plan: Plan) -> bytes:
    """All-day events of what is not finished; the same event has the same UID whenever the file is made again.

    It names nobody but whom people entered as doing it.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    for event in (*_action_events(plan), *_problem_events(plan), *_business_events(plan)):
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _action_events(plan: Plan) -> Iterator[Event]:
    for one in plan.actions:
        kept, action = one.kept, one.kept.entered
        if action.due_on and action.status in OPEN:
            yield _event(f"action-{kept.id}-due", action.due_on, f"Due: {action.what}", _details(kept), kept)
        if action.follow_up_on and action.status != "dropped":
            name, title = f"action-{kept.id}-follow-up", f"Look again: {action.what}"
            yield _event(name, action.follow_up_on, title, _details(kept), kept)


def _problem_events(plan: Plan) -> Iterator[Event]:
    for kept in plan.problems:
        problem = kept.entered
        if problem.status == "open":
            name, title = f"problem-{kept.id}-root-cause", f"Root cause due: {problem.title}"
            yield _event(name, problem.root_cause_due_on, title, f"Owner: {problem.owner}", kept)


def _business_events(plan: Plan) -> Iterator[Event]:
    for kept in plan.works:
        work, who = kept.entered, f"Who: {kept.entered.who}" if kept.entered.who else ""
        if work.due_on:
            yield _event(f"business-{kept.id}-due", work.due_on, f"Due: {work.title}", who, kept)
        if work.follow_up_on:
            yield _event(f"business-{kept.id}-follow-up", work.follow_up_on, f"Look again: {work.title}", who, kept)
    for session in plan.sessions:
        again = session.entered.follow_up_on
        if again:
            title = f"Look again: work session of {day_text(session.entered.held_on)}"
            yield _event(f"session-{session.id}-follow-up", again, title, "", session)


def _details(kept: KeptAction) -> str:
    said = {"Who": kept.entered.who, "How": kept.entered.how, "Status": kept.entered.status}
    return "\n".join(f"{word}: {text}" for word, text in said.items() if text)


def _event(name: str, on: date, title: str, details: str, kept: KeptAction | KeptProblem | KeptRecord[Any]) -> Event:
    event = Event()
    event.add("uid", f"{name}-{int(kept.created_at.timestamp())}@backlight")
    event.add("summary", " ".join(title.split()))
    event.add("description", details)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("dtstamp", _seconds(kept.changed_at))
    event.add("sequence", kept.version)
    event.add("transp", "TRANSPARENT")
    return event


def _seconds(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
