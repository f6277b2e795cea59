"""What an export shows: only what has happened by the moment it is taken."""

from dataclasses import dataclass

import numpy as np

from analytics.demo.clock import Bools, Floats, Ints
from analytics.demo.course import NEVER, whole
from analytics.demo.desk import Desk
from analytics.demo.facts import of_kind

NEW, WORKING, HELD, RESOLVED, CLOSED, CANCELLED = range(6)


@dataclass(frozen=True)
class Shown:
    """One value per ticket, as an export shows it; NEVER and -1 are empty cells."""

    state: Ints
    responded: Ints
    resolved: Ints
    closed: Ints
    updated: Ints
    due: Ints
    response_due: Ints
    in_time: Bools
    reopens: Ints
    moves: Ints
    priority: Ints
    agent: Ints

    @property
    def is_open(self) -> Bools:
        """Tickets in the backlog at the export."""
        return self.state <= HELD


def seen(minutes: Ints, horizon: int) -> Ints:
    """`minutes` that lie before `horizon`; NEVER for the others."""
    return np.where(minutes < horizon, minutes, NEVER).astype(np.int32)


def show(desk: Desk) -> Shown:
    """The state of every ticket at the end of the simulated period."""
    course, horizon = desk.course, desk.settings.horizon
    cancelled, resolved, closed = (seen(step, horizon) for step in (course.cancelled, course.resolved, course.closed))
    ended = np.minimum(np.minimum(resolved, cancelled), horizon)
    responded = np.where(course.responded <= ended, course.responded, NEVER).astype(np.int32)
    responded = seen(responded, horizon)
    reopened = course.reopened < horizon
    # Resolved, reopened and not yet solved again: open.
    resolved = np.where(
        (course.reopened > horizon) & (course.first_resolved < horizon), course.first_resolved, resolved
    )
    due = _due(desk, ended)
    state = _state(desk, responded, resolved, closed, cancelled)
    return Shown(
        state=state,
        responded=responded,
        resolved=resolved.astype(np.int32),
        closed=closed,
        updated=_updated(desk, responded, resolved, closed),
        due=due,
        response_due=_response_due(desk),
        in_time=np.minimum(resolved, horizon) <= due,
        reopens=reopened.astype(np.int32),
        moves=_moves_seen(desk, ended),
        priority=_priority(desk, ended),
        agent=_agents(desk, state, responded),
    )


def _state(desk: Desk, responded: Ints, resolved: Ints, closed: Ints, cancelled: Ints) -> Ints:
    course, horizon = desk.course, desk.settings.horizon
    held = (course.held < horizon) & (course.resumed >= horizon)
    # Answered, but nobody in the team has begun: still new to those who get their work directly.
    waits = (course.moves == 0) & (course.started >= horizon)
    state = np.where(held, HELD, np.where((responded < NEVER) & ~waits, WORKING, NEW))
    state = np.where(resolved < NEVER, np.where(closed < NEVER, CLOSED, RESOLVED), state)
    return np.where(cancelled < NEVER, CANCELLED, state).astype(np.int32)


def _updated(desk: Desk, responded: Ints, resolved: Ints, closed: Ints) -> Ints:
    course = desk.course
    latest = np.maximum(course.opened, np.where(responded < NEVER, responded, 0))
    steps = (
        course.moved,
        course.arrived,
        course.started,
        course.held,
        course.resumed,
        course.reopened,
        resolved,
        closed,
    )
    ended = np.minimum(np.minimum(closed, course.cancelled), desk.settings.horizon - 1)
    for step in steps:
        latest = np.where((step <= ended) & (step < NEVER), np.maximum(latest, step), latest)
    return latest.astype(np.int32)


def _targets(desk: Desk) -> Floats:
    table = desk.settings.targets
    per_kind = np.array([table[work.type] for work in desk.settings.work], dtype=float)
    return np.asarray(per_kind[desk.kind, desk.facts.priority - 1] * 60)


def _due(desk: Desk, ended: Ints) -> Ints:
    """The target in business time, or by the clock for priority 1; time on hold does not count; never re-set."""
    course = desk.course
    opened = course.opened.astype(float)
    held = np.where(course.held < ended, course.held, 0)
    until = np.where(course.held < ended, np.minimum(course.resumed, ended), 0)
    allowed = _targets(desk) + desk.clock.at(until) - desk.clock.at(held)
    return whole(np.where(desk.facts.priority == 1, opened + allowed, desk.clock.after(opened, allowed)))


def _response_due(desk: Desk) -> Ints:
    allowed = np.array(desk.settings.targets["response"])[desk.facts.priority - 1] * 60
    opened = desk.course.opened.astype(float)
    return whole(np.where(desk.facts.priority == 1, opened + allowed, desk.clock.after(opened, allowed)))


def _moves_seen(desk: Desk, ended: Ints) -> Ints:
    """Moves so far: those of a ticket that was withdrawn or is still on its way are fewer than its course has."""
    course = desk.course
    moves = np.zeros(len(ended), dtype=np.int32)
    for step in range(1, int(course.moves.max(initial=0)) + 1):
        moves += (course.moves >= step) & (move_minute(desk, step) < np.minimum(ended, desk.settings.horizon))
    return moves


def move_minute(desk: Desk, step: int) -> Ints:
    """When the ticket moved for the `step`-th time: first on leaving the desk, last on arrival, evenly between."""
    course = desk.course
    fraction = np.where(course.moves > 1, (step - 1) / np.maximum(course.moves - 1, 1), 0.0)
    begun, arrived = desk.clock.at(course.moved), desk.clock.at(course.arrived)
    between = np.floor(desk.clock.back(begun + fraction * (arrived - begun)))
    minute = np.where(step == 1, course.moved, np.clip(between, course.moved, course.arrived))
    return np.where(course.moves >= step, minute, NEVER).astype(np.int32)


def _priority(desk: Desk, ended: Ints) -> Ints:
    later = desk.reprioritised
    priority = np.where(later.first_at < ended, later.first, desk.facts.priority)
    return np.where(later.second_at < ended, later.second, priority).astype(np.int32)


def _agents(desk: Desk, state: Ints, responded: Ints) -> Ints:
    """Who holds the ticket: nobody before the first answer, and nobody, by habit, on some that wait in their group."""
    course, said = desk.course, desk.facts
    agent = np.where(course.fixed_at_desk, said.desk_agent, said.agent)
    loose = said.unowned & ~course.fixed_at_desk & (state <= HELD)
    return np.where((responded >= NEVER) | loose, -1, agent).astype(np.int32)


def is_kind(desk: Desk, key: str) -> Bools:
    """Tickets of the kind of work with this key."""
    return np.asarray(of_kind(desk.settings, "key", desk.kind) == key)
