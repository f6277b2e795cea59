"""The whole simulated desk: every ticket, change and problem from the first day to the export."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from analytics.demo.chasers import chase, nudges
from analytics.demo.clock import Floats, Ints, WorkingClock, working_clock
from analytics.demo.course import NEVER, Course, course
from analytics.demo.demand import arrivals, hourly_rate
from analytics.demo.facts import Facts, facts, of_kind
from analytics.demo.onboarding import book
from analytics.demo.people import People, people
from analytics.demo.records import Changes, Problems, caused_by, changes, linked_problem, problems
from analytics.demo.settings import Settings, Source

SOURCES: tuple[Source, ...] = ("incidents", "requests", "applications")


@dataclass(frozen=True)
class Reprioritised:
    """First and later changes of priority: the minute (NEVER: none) and the priority from then on."""

    first_at: Ints
    first: Ints
    second_at: Ints
    second: Ints


@dataclass(frozen=True)
class Desk:
    """One value per ticket in every array of `kind`, `facts` and `course`; positions refer to the other parts."""

    settings: Settings
    seed: int
    clock: WorkingClock
    people: People
    kind: Ints
    facts: Facts
    course: Course
    needed: Ints
    parent: Ints
    nudges: Ints
    reprioritised: Reprioritised
    changes: Changes
    problems: Problems
    cause: Ints
    problem: Ints
    number: Ints

    def of(self, source: Source) -> Ints:
        """Positions of one source's tickets, in order of opening, which is the order of their numbers."""
        mine = np.flatnonzero(of_kind(self.settings, "source", self.kind) == source)
        return mine[np.argsort(self.course.opened[mine], kind="stable")].astype(np.int32)


def simulate(settings: Settings, tickets: int, seed: int, say: Callable[[str], None]) -> Desk:
    """Simulates the desk; the same settings, number and seed give the same desk."""
    rng = np.random.default_rng(seed)
    clock = working_clock(settings, settings.opens, settings.closes)
    crowd = people(settings, tickets, rng)
    demand = arrivals(settings, tickets, rng)
    said = facts(settings, demand, crowd, rng)
    say(f"Sending {len(demand.kind):,} tickets through the queues")
    went = course(settings, demand, said, rng)
    behaviour, source = of_kind(settings, "behaviour", demand.kind), of_kind(settings, "source", demand.kind)
    went, needed = book(settings, clock, crowd, said, behaviour == "booked", went, rng)
    chases = behaviour == "chases"
    went, parent = chase(settings, clock, chases, (source == "incidents") & ~chases, went, rng)
    said = replace(said, requester=np.where(chases, said.requester[parent], said.requester))
    rate = hourly_rate(settings)
    altered = changes(settings, clock, crowd, rate, demand.changes, rng)
    known = problems(settings, clock, crowd, rate, demand.problems, rng)
    incident = np.where((source == "incidents") & ~chases, went.opened, NEVER)
    desk = Desk(
        settings=settings,
        seed=seed,
        clock=clock,
        people=crowd,
        kind=demand.kind,
        facts=said,
        course=went,
        needed=needed,
        parent=parent,
        nudges=nudges(settings, went, chases, rng),
        reprioritised=_reprioritise(settings, said, went, rng),
        changes=altered,
        problems=known,
        cause=_causes(settings, demand.kind, altered, incident, went, rng),
        problem=linked_problem(settings, known, np.where(_kinds(settings, demand.kind, "recurring"), NEVER, incident), rng),
        number=np.zeros(len(demand.kind), dtype=np.int32),
    )
    return replace(desk, number=_numbers(desk))


def _kinds(settings: Settings, kind: Ints, key: str) -> np.ndarray:
    return np.asarray(of_kind(settings, "key", kind) == key)


def _causes(
    settings: Settings, kind: Ints, altered: Changes, incident: Ints, went: Course, rng: np.random.Generator
) -> Ints:
    outage = _kinds(settings, kind, "outage")
    named = rng.random(len(kind)) < settings.bad_change["linked"]
    others = caused_by(altered, np.where(outage, NEVER, incident), went.group, rng)
    return np.where(outage, np.where(named, altered.planted, -1), others).astype(np.int32)


def _reprioritise(settings: Settings, said: Facts, went: Course, rng: np.random.Generator) -> Reprioritised:
    """Tickets whose priority somebody changed while they waited: mostly up, and a third of those down again."""
    count = len(said.priority)
    habit = np.array([group.reprioritises for group in settings.groups])[went.group]
    ended = np.minimum(np.minimum(went.first_resolved, went.cancelled), settings.horizon).astype(float)
    span = ended - went.responded
    changed = (rng.random(count) < habit * 1.15) & (span > 60) & ~went.cleared & ~went.fixed_at_desk
    up = (rng.random(count) < 0.8) & (said.priority > 2)
    first = np.clip(np.where(up, said.priority - 1, said.priority + 1), 1, 4)
    changed &= first != said.priority
    again = changed & (rng.random(count) < 0.35)
    return Reprioritised(
        first_at=_at(changed, went.responded + (0.1 + 0.4 * rng.random(count)) * span),
        first=np.where(changed, first, said.priority).astype(np.int32),
        second_at=_at(again, went.responded + (0.6 + 0.3 * rng.random(count)) * span),
        second=np.where(again, said.priority, np.where(changed, first, said.priority)).astype(np.int32),
    )


def _at(chosen: np.ndarray, minutes: Floats) -> Ints:
    return np.where(chosen, np.floor(minutes), NEVER).astype(np.int32)


def _numbers(desk: Desk) -> Ints:
    number = np.zeros(len(desk.kind), dtype=np.int32)
    for source in SOURCES:
        mine = desk.of(source)
        number[mine] = np.arange(1, len(mine) + 1)
    return number
