"""The plan: its actions with comments and effects, and its problem records, as they stand on a day."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from analytics.filters import Filters
from analytics.formatting import day_text
from analytics.kpis import KPIS
from analytics.plan.action_filters import filters_of
from analytics.plan.effect import Effect, effect
from analytics.plan.inflow_check import inflow_check, type_of
from analytics.plan.overlap import Overlap, overlap, overlapping
from analytics.plan.promised import Promised, promised
from analytics.store import Store
from analytics.store.actions import ActionComment, KeptAction
from analytics.store.handed_work import Builder, HandedWork, WorkSession
from analytics.store.problem_records import KeptProblem
from analytics.store.record_door import KeptRecord
from analytics.warehouse.engine import Engine

OPEN = ("planned", "under way")
# `ask(function, engine, ...)` calls it, perhaps from a cache.
Ask = Callable[..., Any]


@dataclass(frozen=True)
class PlannedAction:
    """An action with what is known of it; `effect` and `overlap` are None without a known KPI or a start."""

    kept: KeptAction
    comments: tuple[ActionComment, ...]
    effect: Effect | None
    overlap: Overlap | None
    promised: Promised


@dataclass(frozen=True)
class AutomatedType:
    """An action that automates a type of ticket, and what its inflow did since."""

    kept: KeptAction
    sentence: str


@dataclass(frozen=True)
class Plan:
    """`as_of` is the data's time, `today` the day on which what is due is judged."""

    actions: tuple[PlannedAction, ...]
    problems: tuple[KeptProblem, ...]
    as_of: datetime | None
    today: date
    automated: tuple[AutomatedType, ...] = ()
    works: tuple[KeptRecord[HandedWork], ...] = ()
    builders: tuple[KeptRecord[Builder], ...] = ()
    sessions: tuple[KeptRecord[WorkSession], ...] = ()


def plan_of(engine: Engine, store: Store, today: date, end: date | None = None, ask: Ask | None = None) -> Plan:
    """The plan with effects by the data up to `end`."""
    every = store.actions.all()
    asked = ask or (lambda function, *arguments: function(*arguments))
    actions = tuple(_planned(engine, store, every, one, end, asked) for one in every)
    return Plan(
        actions, store.problems.all(), engine.as_of, today, tuple(_automated(engine, every, asked)),
        store.handed_work.all(), store.builders.all(), store.work_sessions.all(),
    )  # fmt: skip


def action_effect(
    engine: Engine, every: Sequence[KeptAction], one: KeptAction, end: date | None, ask: Ask
) -> tuple[Effect, Overlap] | None:
    """The effect of one action and what overlaps with it; None without a known KPI or a start."""
    action = one.entered
    if action.started_on is None or action.kpi not in {kpi.name for kpi in KPIS}:
        return None
    filters: Filters = filters_of(action.filters).between(None, end)
    found = ask(effect, engine, action.kpi, filters, action.started_on, action.promised_percent)
    return found, ask(overlap, engine, filters, action.started_on, overlapping(every, one))


def due_words(one: KeptAction, today: date) -> str:
    """`Due 3 Jul 2026, overdue by 5 days. Look again on 1 Aug 2026.`; empty where no day is set."""
    action = one.entered
    said = []
    if action.due_on and action.status in OPEN:
        said.append(f"Due {day_text(action.due_on)}{late_words(action.due_on, today)}.")
    if action.done_on and action.status == "done":
        said.append(f"Done {day_text(action.done_on)}.")
    if action.follow_up_on and action.status != "dropped":
        said.append(again_words(action.follow_up_on, today))
    return " ".join(said)


def again_words(follow_up_on: date, today: date) -> str:
    """`Look again on 1 Aug 2026.`, or that this day has come."""
    since = follow_up_on <= today
    return f"{'To be looked at again since' if since else 'Look again on'} {day_text(follow_up_on)}."


def late_words(due_on: date, today: date) -> str:
    """`, overdue by 1 day`, or nothing where the day is not past."""
    days = (today - due_on).days
    return f", overdue by {days} {'day' if days == 1 else 'days'}" if days > 0 else ""


def is_overdue(one: KeptAction, today: date) -> bool:
    """Whether it should be done by now and is not."""
    return one.entered.status in OPEN and one.entered.due_on is not None and one.entered.due_on < today


def plan_sentence(actions: Sequence[KeptAction], today: date) -> str:
    """`4 actions: 1 under way, 2 planned and 1 done; 1 is overdue.`."""
    if not actions:
        return "Nobody has been asked to do anything yet: begin with one action."
    counts = [(sum(one.entered.status == status for one in actions), status) for status in _ORDER]
    parts = [f"{count} {status}" for count, status in counts if count]
    listed = parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
    late = sum(is_overdue(one, today) for one in actions)
    again = sum(_to_look_at(one, today) for one in actions)
    noun = "action" if len(actions) == 1 else "actions"
    overdue = f"{late} {'is' if late == 1 else 'are'} overdue" if late else "nothing is overdue"
    look = f", {again} to be looked at again" if again else ""
    return f"{len(actions)} {noun}: {listed}; {overdue}{look}."


_ORDER = ("under way", "planned", "done", "dropped")


def _to_look_at(one: KeptAction, today: date) -> bool:
    again = one.entered.follow_up_on
    return again is not None and again <= today and one.entered.status != "dropped"


def _automated(engine: Engine, every: Sequence[KeptAction], ask: Ask) -> Iterator[AutomatedType]:
    for one in every:
        named = type_of(one.entered.origin)
        if named is None or one.entered.status == "dropped":
            continue
        started = one.entered.started_on
        said = ask(inflow_check, engine, *named, started).sentence if started else "Not started yet."
        yield AutomatedType(one, said)


def _planned(
    engine: Engine, store: Store, every: Sequence[KeptAction], one: KeptAction, end: date | None, ask: Ask
) -> PlannedAction:
    found, beside = action_effect(engine, every, one, end, ask) or (None, None)
    return PlannedAction(
        one, store.actions.comments(one.id), found, beside, promised(one.entered.promised_percent, found)
    )
